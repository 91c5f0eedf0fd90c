using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Releases in a <c>finally</c> a block that a call has put somewhere else than into its result: <c>Fill(&amp;p)</c>,
/// <c>(var block, var size) = Make()</c>, <c>Pair pair = Make()</c>.
/// </summary>
internal sealed class ReleaseHeld : Repair
{
    public override string Name => "ReleaseHeld";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || OwnedBlock.Find(site) is not { Statement: LocalDeclarationStatementSyntax or ExpressionStatementSyntax or IfStatementSyntax } block || !IsHeldBehind(block.Statement, block.Allocation))
        {
            return [];
        }

        return HeldPath.TakenOut(site, block) is var (path, declaration) ? TakenOut(site, block, path, declaration)
            : HeldPath.WholeOf(site, block.Allocation) is { } whole ? Plans(site, block, whole)
            : HeldPath.Of(site, block.Allocation) is { } held ? Plans(site, block, held)
            : HeldPath.PartsOf(site, block).SelectMany(part => Plans(site, block, part));
    }

    private static IEnumerable<Plan?> TakenOut(FixSite site, OwnedBlock block, HeldPath path, LocalDeclarationStatementSyntax declaration)
    {
        if (!site.Finding.PlacesOf(FixData.Release).Any() && StatementList.Around(declaration.Parent is GlobalStatementSyntax ? declaration.Parent : declaration).FirstOrDefault() is { } list)
        {
            yield return ToTheEnd(site, list, list.IndexOf(declaration), path, block, mayBeNothing: false, $"Release '{path.Text}' in a finally block");
        }
    }

    private static IEnumerable<Plan?> Plans(FixSite site, OwnedBlock block, HeldPath held)
    {
        if (held.Root.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(site.CancellationToken) is not { } declared)
        {
            yield break;
        }

        var statement = block.Statement!;
        if (StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).FirstOrDefault(list => list.Container.Span.Contains(declared.Span)) is not { } list
            || list.IndexOf(statement) is not (>= 0 and var index))
        {
            yield break;
        }

        if (list.Statements[index] != statement)
        {
            // Any turn of a loop may be the first to allocate: before, there is nothing.
            if (!site.ReleaseTakesNull || declared is not VariableDeclaratorSyntax { Initializer.Value: DefaultExpressionSyntax or LiteralExpressionSyntax or BaseObjectCreationExpressionSyntax } || held.Root.Type.TypeKind != TypeKind.Struct)
            {
                yield break;
            }

            index = list.IndexOf(declared);
        }

        var title = $"Release '{held.Text}' in a finally block";
        var releases = site.Finding.PlacesOf(FixData.Release).ToList();
        if (releases.Count == 0)
        {
            foreach (var mayBeNothing in new[] { false, true })
            {
                yield return ToTheEnd(site, list, index, held, block, mayBeNothing, title);
            }
        }
        else if (releases.Count == 1 && WholeOf(site, list, releases[0]) is { } release && list.IndexOf(release) is var end && end > index + 1)
        {
            var edits = new TryFinallyEdits(site, list, index + 1);
            if (!list.UsesLater(index + 1, end))
            {
                yield return edits.Guard(end, reuse: true, null, []) ? Plan.Of(title, edits.Edits) : null;
            }
            else if (release is ExpressionStatementSyntax)
            {
                // What is computed before is used behind: all of it is guarded.
                StatementRemoval.Remove(site, edits.Edits, release);
                yield return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, [release.ToString()], []) ? Plan.Of(title, edits.Edits) : null;
            }
        }
    }

    /// <summary>Behind the statement the block is there: of a test, when the branch of the failure leaves.</summary>
    public static bool IsHeldBehind(StatementSyntax statement, ExpressionSyntax allocation) => statement is not IfStatementSyntax test
        || (test.Else is null && test.Condition.Span.Contains(allocation.Span) && (test.Statement is BlockSyntax { Statements: { Count: > 0 } statements } ? statements.Last() : test.Statement) is ReturnStatementSyntax or ThrowStatementSyntax);

    private static Plan? ToTheEnd(FixSite site, StatementList list, int index, HeldPath held, OwnedBlock block, bool mayBeNothing, string title)
    {
        var unit = site.Layout.UnitAt(list.Container);
        var end = list.CountWithoutTrailingFunctions();
        if (held.ReleaseLines(site, block.Allocation, list.Container, mayBeNothing, unit) is not { } lines)
        {
            return null;
        }

        if (index + 1 < end)
        {
            var edits = new TryFinallyEdits(site, list, index + 1);
            Prepare(site, held.Root, list.Statements[index], edits.Edits);
            return edits.Guard(end, reuse: false, lines, []) ? Plan.Of(title, edits.Edits) : null;
        }

        var statement = list.Statements[index];
        if (!site.Layout.StartsLine(statement.SpanStart))
        {
            return null;
        }

        var after = new TextEdits();
        Prepare(site, held.Root, statement, after);
        after.Insert(site.Layout.NextLine(statement.Span.End), string.Concat(lines.Select(line => site.Layout.IndentAt(statement.SpanStart) + line + site.Layout.NewLine)));
        return Plan.Of($"Release '{held.Text}'", after);
    }

    /// <summary>Whoever is handed the address of a variable that nobody has given a value may leave it as it is: then there is nothing to release.</summary>
    public static void Prepare(FixSite site, ILocalSymbol root, StatementSyntax statement, TextEdits edits)
    {
        if (root is { Type.TypeKind: TypeKind.Struct or TypeKind.Pointer or TypeKind.Enum } local && local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer: null, Identifier: var name }
            && statement.DescendantNodes().OfType<PrefixUnaryExpressionSyntax>().Any(address => address.IsKind(SyntaxKind.AddressOfExpression) && address.Operand is IdentifierNameSyntax operand && operand.Identifier.ValueText == local.Name))
        {
            edits.Insert(name.Span.End, local.Type.TypeKind == TypeKind.Pointer ? " = null" : " = default");
        }
    }

    /// <summary>The statement of the list that is the release, or a test around it and nothing else.</summary>
    public static StatementSyntax? WholeOf(FixSite site, StatementList list, Microsoft.CodeAnalysis.Text.TextSpan release)
    {
        if (site.NodeAt<ExpressionSyntax>(release)?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement)
        {
            return null;
        }

        SyntaxNode inner = statement.Parent is BlockSyntax { Statements.Count: 1 } only ? only : statement;
        var whole = inner.Parent is IfStatementSyntax { Else: null, Condition: IdentifierNameSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax } test && test.Condition.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or AssignmentExpressionSyntax)) ? test : (StatementSyntax)statement;
        return list.Statements.Contains(whole) ? whole : null;
    }
}
