using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Repairs an allocation whose result is dropped: a reallocation is stored in the variable that it came from; what
/// nobody can ever use is not allocated at all, or is released at once when its arguments do something.
/// </summary>
internal sealed class KeepOrDropResult : Repair
{
    public override string Name => "Result";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (OwnedBlock.Find(site) is not { Statement: ExpressionStatementSyntax statement } block || block.Owner is not null && statement.Expression is AssignmentExpressionSyntax)
        {
            yield break;
        }

        var expression = statement.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discard ? discard.Right : statement.Expression;
        if (OwnedBlock.Bare(expression) != block.Allocation || block.Allocation is not InvocationExpressionSyntax call)
        {
            yield break;
        }

        var edits = new TextEdits();
        if (site.Finding.PlacesOf(FixData.Reallocation).Contains(block.Allocation.Span) || IsReallocation(call))
        {
            yield return Keep(site, statement, expression);
            yield return KeepAndRelease(site, statement, expression);
            yield break;
        }

        if (!IsLibraryCode(site, call) && IsRenewal(site, call))
        {
            // The project's own function for it takes the old block and gives the new one.
            yield return Keep(site, statement, expression);
        }

        if (IsLibraryCode(site, call) && call.ArgumentList.Arguments.All(argument => argument.RefKindKeyword.RawKind == 0 && IsSilent(argument.Expression)))
        {
            StatementRemoval.Remove(site, edits, statement);
            yield return Plan.Of("Remove the allocation that nobody uses", edits);
            yield break;
        }

        var type = site.Model.GetTypeInfo(block.Allocation).Type;
        if (call.ArgumentList.Arguments.All(argument => argument.RefKindKeyword.RawKind == 0) && ReleaseText.Call(site, site.ReleaseTemplate, expression.ToString(), type, statement.SpanStart, statement) is { NeedsUnsafe: false } release)
        {
            edits.Replace(statement.Expression.Span, release.Text);
            yield return Plan.Of("Release the block at once", edits);
        }
    }

    /// <summary>Stores the result of a reallocation, <paramref name="value"/>, in the variable that it came from.</summary>
    public static Plan? Keep(FixSite site, ExpressionStatementSyntax statement, ExpressionSyntax value)
    {
        if (((InvocationExpressionSyntax)OwnedBlock.Bare(value)).ArgumentList.Arguments.FirstOrDefault()?.Expression is not { } old || OwnedBlock.Bare(old) is not (IdentifierNameSyntax or MemberAccessExpressionSyntax))
        {
            return null;
        }

        var target = OwnedBlock.Bare(old);
        var edits = new TextEdits();
        edits.Insert(value.SpanStart, target + " = " + CastTo(site, value, site.Model.GetTypeInfo(target).Type));
        if (value != statement.Expression)
        {
            edits.Delete(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(statement.SpanStart, value.SpanStart));
        }

        return Plan.Of($"Store the result in '{target}'", edits);
    }

    /// <summary>The same, where nobody releases what the variable holds: it is released in a <c>finally</c> of what follows.</summary>
    private static Plan? KeepAndRelease(FixSite site, ExpressionStatementSyntax statement, ExpressionSyntax value)
    {
        var arguments = ((InvocationExpressionSyntax)OwnedBlock.Bare(value)).ArgumentList.Arguments;
        if (value != statement.Expression || site.Finding.PlacesOf(FixData.Release).Any() || arguments.Count == 0 || OwnedBlock.Bare(arguments[0].Expression) is not IdentifierNameSyntax target || site.Model.GetSymbolInfo(target, site.CancellationToken).Symbol is not ILocalSymbol { Type: { } type }
            || StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).FirstOrDefault() is not { } list || list.IndexOf(statement) + 1 is var start && start >= list.CountWithoutTrailingFunctions()
            || ReleaseText.Call(site, site.ReleaseTemplate, target.Identifier.Text, type, statement.Span.End, list.Container) is not { NeedsUnsafe: false } release)
        {
            return null;
        }

        var edits = new TryFinallyEdits(site, list, start);
        edits.Edits.Insert(value.SpanStart, target + " = " + CastTo(site, value, type));
        return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, [release.Text + ";"], []) ? Plan.Of($"Store the result in '{target}' and release it", edits.Edits) : null;
    }

    /// <summary>The first argument is a variable of the type of the result.</summary>
    private static bool IsRenewal(FixSite site, InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.FirstOrDefault() is { RefKindKeyword.RawKind: 0, Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } first
        && SymbolEqualityComparer.Default.Equals(site.Model.GetTypeInfo(first.Expression, site.CancellationToken).Type, site.Model.GetTypeInfo(call, site.CancellationToken).Type);

    /// <summary>A function without source does nothing but allocate; one of the project's own may do more.</summary>
    private static bool IsLibraryCode(FixSite site, InvocationExpressionSyntax call) =>
        site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol method && (method.IsExtern || method.DeclaringSyntaxReferences.IsEmpty);

    public static bool IsReallocation(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && name.IndexOf("realloc", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>The same by the function that is called, however the code names it: imported ones are named at will.</summary>
    public static bool IsReallocation(FixSite site, InvocationExpressionSyntax call) =>
        site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol method && method.Name.IndexOf("realloc", StringComparison.OrdinalIgnoreCase) >= 0;

    private static string CastTo(FixSite site, ExpressionSyntax value, ITypeSymbol? type)
    {
        var from = site.Model.GetTypeInfo(value).Type;
        return type is null || from is null || site.Model.Compilation.ClassifyCommonConversion(from, type).IsImplicit || SymbolEqualityComparer.Default.Equals(from, type)
            ? string.Empty
            : "(" + type.ToMinimalDisplayString(site.Model, value.SpanStart) + ")";
    }

    private static bool IsSilent(ExpressionSyntax value) =>
        value.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or ObjectCreationExpressionSyntax or PostfixUnaryExpressionSyntax or ElementAccessExpressionSyntax)
            && !node.IsKind(SyntaxKind.PreIncrementExpression) && !node.IsKind(SyntaxKind.PreDecrementExpression));
}
