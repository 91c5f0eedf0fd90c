using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A function that goes out asks an object for something when that is gone, <c>return () => row.Sum();</c>: it is asked before, and the function gives the answer.</summary>
internal sealed class TakeBeforeFunction : Repair
{
    /// <summary>So deep calls are followed.</summary>
    private const int MostCalls = 3;

    public override string Name => "TakeBeforeFunction";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.NodeAt<ReturnStatementSyntax>(site.Finding.Span) is not { Expression: { } returned, Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement || !site.Layout.StartsLine(statement.SpanStart)
            || OwnedBlock.Bare(returned) is not AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: 0 } function || OwnedBlock.Find(site) is not { Owner: ILocalSymbol or IParameterSymbol } block)
        {
            yield break;
        }

        var asked = block.References(function).Select(Whole).ToList();
        if (asked.Count == 0 || asked.Exists(value => value.ToString() != asked[0].ToString() || !IsRead(value)) || !MoveReleaseAfterLastUse.IsPlainValue(site.Model.GetTypeInfo(asked[0], site.CancellationToken).Type) || !IsTheSameBefore(site, asked[0], function))
        {
            yield break;
        }

        var type = site.Model.GetTypeInfo(asked[0], site.CancellationToken).Type!;
        var name = NewName.Free(site, statement.SpanStart, NameOf(asked[0]));
        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.IndentAt(statement.SpanStart) + $"{LocalType.Of(site, type, statement.SpanStart)} {name} = {asked[0]};" + site.Layout.NewLine);
        foreach (var value in asked)
        {
            edits.Replace(value.Span, name);
        }

        yield return Plan.Of($"Read '{asked[0]}' before the release", edits);
    }

    /// <summary>What is asked of the object, to the end: <c>row.First.Length</c>.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax name)
    {
        while (name.Parent is MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax && name.Parent.ChildNodes().First() == name)
        {
            name = (ExpressionSyntax)name.Parent;
        }

        return name;
    }

    private static bool IsRead(ExpressionSyntax value) => value is not IdentifierNameSyntax && value.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Right == value,
        ArgumentSyntax argument => argument.RefKindKeyword.RawKind == 0,
        PostfixUnaryExpressionSyntax or RefExpressionSyntax or ExpressionStatementSyntax => false,
        PrefixUnaryExpressionSyntax prefix => prefix.Kind() is not (SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression),
        _ => true,
    };

    /// <summary>Whenever it is asked the answer is the same, and to ask does nothing.</summary>
    private static bool IsTheSameBefore(FixSite site, ExpressionSyntax value, AnonymousFunctionExpressionSyntax function) => value.DescendantNodesAndSelf().All(node => node switch
    {
        InvocationExpressionSyntax call => site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol method && OnlyReads(site, method, MostCalls),
        IdentifierNameSyntax name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol switch
        {
            IPropertySymbol property => property.GetMethod is { } get && (property.DeclaringSyntaxReferences.IsEmpty || OnlyReads(site, get, MostCalls)),
            ILocalSymbol or IParameterSymbol => !name.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<IdentifierNameSyntax>().Any(other => other.Identifier.ValueText == name.Identifier.ValueText && IsWritten(other))
                && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol!.DeclaringSyntaxReferences.All(place => !function.Span.Contains(place.Span)),
            _ => true,
        },
        MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ArgumentSyntax or BaseArgumentListSyntax or LiteralExpressionSyntax or BinaryExpressionSyntax or CastExpressionSyntax or TypeSyntax or ThisExpressionSyntax => true,
        _ => false,
    });

    private static bool IsWritten(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
        PostfixUnaryExpressionSyntax => true,
        PrefixUnaryExpressionSyntax prefix => prefix.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression,
        _ => false,
    };

    /// <summary>The source of the method writes nothing but its own variables, and calls nothing else.</summary>
    private static bool OnlyReads(FixSite site, IMethodSymbol method, int depth)
    {
        if (depth == 0 || method.IsVirtual || method.IsOverride || method.IsAbstract || method.IsAsync || method.DeclaringSyntaxReferences.Length != 1)
        {
            return false;
        }

        var body = method.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken);
        var model = body.SyntaxTree == site.Root.SyntaxTree ? site.Model : site.Model.Compilation.GetSemanticModel(body.SyntaxTree);
        bool IsOwn(ExpressionSyntax target) => model.GetSymbolInfo(target, site.CancellationToken).Symbol is ILocalSymbol { IsRef: false } or IParameterSymbol { RefKind: RefKind.None };
        return body.DescendantNodes().All(node => node switch
        {
            AssignmentExpressionSyntax assignment => IsOwn(assignment.Left),
            PostfixUnaryExpressionSyntax step => step.IsKind(SyntaxKind.SuppressNullableWarningExpression) || IsOwn(step.Operand),
            PrefixUnaryExpressionSyntax step => step.Kind() is not (SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression) || IsOwn(step.Operand),
            InvocationExpressionSyntax call => model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol called && (called.ContainingType is { Name: "Math" or "MathF", ContainingNamespace.Name: "System" } || OnlyReads(site, called, depth - 1)),
            AwaitExpressionSyntax or YieldStatementSyntax or AnonymousFunctionExpressionSyntax or BaseObjectCreationExpressionSyntax => false,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind == 0,
            _ => true,
        });
    }

    /// <summary><c>sum</c> for what <c>row.Sum()</c> or <c>row.GetSum()</c> gives.</summary>
    private static string NameOf(ExpressionSyntax value)
    {
        var asked = value switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            _ => "value",
        };
        asked = asked.Length > 3 && asked.StartsWith("Get", StringComparison.Ordinal) && char.IsUpper(asked[3]) ? asked.Substring(3) : asked;
        asked = char.ToLowerInvariant(asked[0]) + asked.Substring(1);
        return SyntaxFacts.GetKeywordKind(asked) == SyntaxKind.None ? asked : "value";
    }
}
