using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A table is offered a block and gives the one that it has, <c>table.GetOrAdd(key, block)</c>: when that is another one,
/// the one that was offered is released.
/// </summary>
internal sealed class ReleaseLoser : Repair
{
    public override string Name => "Loser";

    public override bool FitsWhereNoReleaseDoes => true;

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (OwnedBlock.Find(site) is not { Owner: ILocalSymbol { IsRef: false, IsUsing: false, Type: var type }, Statement.Parent: BlockSyntax body } block || type.TypeKind == TypeKind.Struct && type.SpecialType is not (SpecialType.System_IntPtr or SpecialType.System_UIntPtr))
        {
            yield break;
        }

        foreach (var statement in body.Statements.Where(statement => statement.SpanStart > block.Statement!.SpanStart && site.Layout.StartsLine(statement.SpanStart)))
        {
            var (call, local) = statement switch
            {
                ReturnStatementSyntax { Expression: InvocationExpressionSyntax returned } => (returned, null),
                LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer?.Value is InvocationExpressionSyntax kept => (kept, variables[0].Identifier.Text),
                _ => ((InvocationExpressionSyntax?)null, (string?)null),
            };
            if (call is null || !IsOffered(block, call) || ReleaseText.Lines(block, statement.SpanStart, statement, mayBeNothing: false, site.Layout.UnitAt(statement)) is not { } lines)
            {
                continue;
            }

            var name = local ?? NewName.Free(site, statement.SpanStart, "kept");
            var unit = site.Layout.UnitAt(statement);
            var indent = site.Layout.IndentAt(statement.SpanStart);
            var isOther = type.IsReferenceType ? $"!ReferenceEquals({name}, {block.OwnerText})" : $"{name} != {block.OwnerText}";
            IReadOnlyList<string> test = site.Layout.Styled([$"if ({isOther})", "{", .. lines.Select(line => unit + line), "}"], statement);
            var written = site.Layout.NewLine + indent + string.Join(site.Layout.NewLine + indent, test);
            var edits = new TextEdits();
            if (local is null)
            {
                edits.Replace(statement.Span, $"{LocalType.Of(site, call, null)} {name} = {call};{written}{site.Layout.NewLine}{site.Layout.NewLine}{indent}return {name};");
            }
            else
            {
                edits.Insert(statement.Span.End, written + (site.Layout.IsBlankLine(site.Layout.NextLine(statement.Span.End)) ? string.Empty : site.Layout.NewLine));
            }

            yield return Plan.Of($"Release '{block.OwnerText}' when there is another one", edits);
        }
    }

    private static bool IsOffered(OwnedBlock block, InvocationExpressionSyntax call) =>
        call is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetOrAdd" }, ArgumentList.Arguments: { Count: 2 } arguments } && OwnedBlock.Bare(arguments[1].Expression) is IdentifierNameSyntax offered && block.References(offered).Any();
}
