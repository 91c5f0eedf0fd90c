using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A table of the body is given a block under a key that it may have already, <c>map[key] = Alloc()</c>: the one that is there is released before.</summary>
internal sealed class ReleaseReplacedEntry : Repair
{
    public override string Name => "ReleaseReplacedEntry";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || OwnedBlock.Find(site) is not { } block
            || OwnedBlock.Dressed(block.Allocation).Parent is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax table, ArgumentList.Arguments: { Count: 1 } keys }, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement }
            || !site.Layout.StartsLine(statement.SpanStart) || !keys[0].DescendantNodes().All(node => node is NameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax)
            || site.Model.GetTypeInfo(table, site.CancellationToken).Type is not INamedTypeSymbol { Name: "Dictionary" or "ConcurrentDictionary", TypeArguments: { Length: 2 } types } type)
        {
            yield break;
        }

        var unit = site.Layout.UnitAt(statement);
        var name = NewName.For(site, statement.SpanStart, types[1]);
        if (ReleaseText.Call(site, site.ReleaseTemplate, name, types[1], statement.SpanStart, statement) is not { NeedsUnsafe: false } release)
        {
            yield break;
        }

        var declared = LocalType.Of(site, types[1].IsReferenceType && site.Model.GetNullableContext(statement.SpanStart).AnnotationsEnabled() ? types[1].WithNullableAnnotation(NullableAnnotation.Annotated) : types[1], statement.SpanStart);
        var take = type.Name == "Dictionary" ? "Remove" : "TryRemove";
        var lines = site.Layout.Styled([$"if ({table}.{take}({keys[0]}, out {declared} {name}))", "{", unit + release.Text + ";", "}"], statement);
        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.Indented([.. lines, string.Empty], site.Layout.IndentAt(statement.SpanStart)));
        yield return Plan.Of($"Release what '{table}' has under the key", edits);
    }
}
