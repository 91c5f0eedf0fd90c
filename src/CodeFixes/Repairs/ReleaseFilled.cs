using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A function fills a structure of the body by its address, <c>Init(&amp;buffer)</c>, and the body forgets what lies in it:
/// the project's function that takes such a structure apart, <c>Release(&amp;buffer)</c>, does so.
/// </summary>
internal sealed class ReleaseFilled : Repair
{
    public override string Name => "ReleaseFilled";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (OwnedBlock.Find(site) is not { Allocation: InvocationExpressionSyntax call, Statement: { } statement } block || FilledBy(site, call) is not { } filled || ReleaseOf(site, call, filled) is not { } release
            || StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).FirstOrDefault(list => list.Container.Span.Contains(filled.DeclaringSyntaxReferences[0].Span)) is not { } list)
        {
            yield break;
        }

        var line = release + "(&" + filled.Name + ");";
        var title = $"Release what is in '{filled.Name}'";
        if (site.Finding.Reason == FixData.ReasonNever && !site.Finding.LeavesBody && !site.Finding.PlacesOf(FixData.Release).Any())
        {
            yield return ToTheEnd(site, list, statement, call, filled, line, title);
        }

        if (site.Finding.Reason == FixData.ReasonPath)
        {
            var exits = Exits(site, list).Distinct().ToList();
            var edits = new TextEdits();
            if (exits.Count > 0 && exits.TrueForAll(exit => !ReleaseBeforeExit.IsTakenBefore(site, exit) && !IsMentioned(exit, filled.Name) && ReleaseBeforeExit.Release(block, edits, exit, [line])))
            {
                yield return Plan.Of(title + " before the exit", edits) is { } plan ? plan with { IsOnePath = true } : null;
            }
        }
    }

    private static Plan? ToTheEnd(FixSite site, StatementList list, StatementSyntax statement, InvocationExpressionSyntax call, ILocalSymbol filled, string line, string title)
    {
        var index = list.IndexOf(statement);
        if (list.Statements[index] != statement || !site.Layout.StartsLine(statement.SpanStart))
        {
            return null;
        }

        if (statement is ReturnStatementSyntax { Expression: { } value } && OwnedBlock.Bare(value) == call)
        {
            var name = NewName.Free(site, statement.SpanStart, "result");
            var outcome = new TextEdits();
            ReleaseHeld.Prepare(site, filled, statement, outcome);
            var between = site.Layout.NewLine + site.Layout.IndentAt(statement.SpanStart);
            outcome.Replace(TextSpan.FromBounds(statement.SpanStart, value.SpanStart), $"{LocalType.Of(site, value, site.Model.GetTypeInfo(value, site.CancellationToken).ConvertedType)} {name} = ");
            outcome.Insert(statement.Span.End, $"{between}{line}{between}return {name};");
            return Plan.Of(title, outcome);
        }

        if (!ReleaseHeld.IsHeldBehind(statement, call) || index + 1 >= list.CountWithoutTrailingFunctions())
        {
            return null;
        }

        var edits = new TryFinallyEdits(site, list, index + 1);
        ReleaseHeld.Prepare(site, filled, statement, edits.Edits);
        return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, [line], []) ? Plan.Of(title + " in a finally block", edits.Edits) : null;
    }

    /// <summary>The ways out on which it is lost; where none is named, the branch that is taken.</summary>
    private static IEnumerable<StatementSyntax> Exits(FixSite site, StatementList list)
    {
        var places = site.Finding.PlacesOf(FixData.Exit).ToList();
        foreach (var place in places.Count > 0 ? places : [.. site.Finding.Places.Where(place => place.Role == FixData.Branch).Take(1).Select(place => place.Span)])
        {
            var jump = site.Root.FindToken(place.Start).Parent?.FirstAncestorOrSelf<StatementSyntax>() switch
            {
                IfStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } then } test when test.Condition.Span.Contains(place) => then.Statements.Last(),
                IfStatementSyntax test when test.Condition.Span.Contains(place) => test.Statement,
                var other => other,
            };
            if (jump is not null && list.Container.Span.Contains(jump.Span) && BodyExits.Leaves(jump, list.Container))
            {
                yield return jump;
            }
        }
    }

    private static bool IsMentioned(SyntaxNode node, string name) => node.DescendantNodes().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.ValueText == name);

    /// <summary>The structure of the body whose address the call gets and in which the block lies.</summary>
    private static ILocalSymbol? FilledBy(FixSite site, InvocationExpressionSyntax call)
    {
        var root = site.Finding.Property(FixData.HeldKey).Split('.')[0];
        return call.ArgumentList.Arguments.Select(argument => OwnedBlock.Bare(argument.Expression)).OfType<PrefixUnaryExpressionSyntax>().Where(address => address.IsKind(SyntaxKind.AddressOfExpression)).Select(address => address.Operand).OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == root).Select(name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol).OfType<ILocalSymbol>()
            .FirstOrDefault(local => local is { IsRef: false, IsUsing: false, IsFixed: false, Type: INamedTypeSymbol { TypeKind: TypeKind.Struct }, DeclaringSyntaxReferences.Length: 1 });
    }

    /// <summary>The one function that takes such a structure apart, as the body calls it, or else as the class of the function that fills it has it.</summary>
    private static string? ReleaseOf(FixSite site, InvocationExpressionSyntax call, ILocalSymbol filled)
    {
        var body = call.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax);
        if (site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is not IMethodSymbol { IsStatic: true, IsExtern: false } filling || body is null)
        {
            return null;
        }

        var called = body.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(other => other.Parent is ExpressionStatementSyntax).Select(other => site.Model.GetSymbolInfo(other, site.CancellationToken).Symbol).OfType<IMethodSymbol>();
        foreach (var methods in new[] { called, filling.ContainingType.GetMembers().OfType<IMethodSymbol>() })
        {
            var found = methods.Where(method => Releases(site, method, filled.Type)).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default).ToList();
            if (found.Count > 0)
            {
                // Of several the one that is named for nothing but the release: Free, and not FreeTail.
                found = found.Count == 1 ? found : found.FindAll(method => OwnPair.IsReleaseWord(method.Name) || method.Name is "Clear");
                var only = found.Count == 1 && site.Model.IsAccessible(call.SpanStart, found[0]) ? found[0] : null;
                return only is null ? null : SymbolEqualityComparer.Default.Equals(only.ContainingType, site.Model.GetEnclosingSymbol(call.SpanStart, site.CancellationToken)?.ContainingType) ? only.Name
                    : ReleaseText.Shorten(site, $"{only.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}.{only.Name}(", call.SpanStart).TrimEnd('(');
            }
        }

        return null;
    }

    /// <summary>By its name the function releases what lies in a structure of the <paramref name="type"/>, or it clears that and calls what does.</summary>
    private static bool Releases(FixSite site, IMethodSymbol method, ITypeSymbol type) =>
        method is { IsStatic: true, IsExtern: false, ReturnsVoid: true, IsGenericMethod: false, Parameters: { Length: 1 } parameters, DeclaringSyntaxReferences: { Length: 1 } declared }
        && parameters[0].Type is IPointerTypeSymbol { PointedAtType: var pointed } && SymbolEqualityComparer.Default.Equals(pointed, type)
        && (OwnPair.IsReleaseName(method.Name) || method.Name is "Clear" or "Fini" or "Deinit")

        // What is released is in the structure, and not the structure.
        && declared[0].GetSyntax(site.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>().ToList() is { Count: > 0 } calls
        && calls.Exists(inner => inner.ArgumentList.Arguments.Any(argument => OwnedBlock.Bare(argument.Expression) is MemberAccessExpressionSyntax))
        && !calls.Exists(inner => inner.ArgumentList.Arguments.Any(argument => OwnedBlock.Bare(argument.Expression) is IdentifierNameSyntax name && name.Identifier.ValueText == parameters[0].Name));
}
