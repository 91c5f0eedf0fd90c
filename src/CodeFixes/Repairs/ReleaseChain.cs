using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A loop hangs each new node before the ones that are there, <c>node-&gt;Next = head; head = node;</c>, and nobody releases
/// the list: a loop that walks it does, in a <c>finally</c>.
/// </summary>
internal sealed class ReleaseChain : Repair
{
    public override string Name => "ReleaseChain";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || site.Finding.PlacesOf(FixData.Release).Any() || OwnedBlock.Find(site) is not { Owner: ILocalSymbol { Type: IPointerTypeSymbol } owner, Statement: { Parent: BlockSyntax turn } }
            || HungInto(site, turn, owner) is not var (link, head) || head.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } first, Parent.Parent: LocalDeclarationStatementSyntax declaration }
            || !ReleaseCall.IsNothing(first) || turn.Span.Contains(declaration.Span) || StatementList.Around(declaration.Parent is GlobalStatementSyntax ? declaration.Parent : declaration).FirstOrDefault() is not { } list
            || Assignments(site, list, head) != 1 || ReleaseText.Call(site, site.ReleaseTemplate, head.Name, head.Type, declaration.Span.End, list.Container) is not { NeedsUnsafe: false } release)
        {
            yield break;
        }

        var unit = site.Layout.UnitAt(list.Container);
        var next = NewName.Free(site, declaration.SpanStart, "next");
        var lines = site.Layout.Styled([$"while ({head.Name} != null)", "{", $"{unit}{LocalType.Of(site, head.Type, declaration.SpanStart)} {next} = {head.Name}->{link};", $"{unit}{release.Text};", $"{unit}{head.Name} = {next};", "}"], list.Container);
        var edits = new TryFinallyEdits(site, list, list.IndexOf(declaration) + 1);
        yield return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, lines, []) ? Plan.Of($"Release the list of '{head.Name}' in a finally block", edits.Edits) : null;
    }

    /// <summary>The member by which the new node holds the ones before, and the variable that holds the first.</summary>
    private static (string Link, ILocalSymbol Head)? HungInto(FixSite site, BlockSyntax turn, ILocalSymbol owner)
    {
        var assignments = turn.Statements.OfType<ExpressionStatementSyntax>().Select(statement => statement.Expression).OfType<AssignmentExpressionSyntax>().Where(assignment => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)).ToList();
        foreach (var (link, head) in assignments.SelectMany(assignment => LinksOf(site, assignment, owner)))
        {
            if (site.Model.GetSymbolInfo(head, site.CancellationToken).Symbol is ILocalSymbol list && SymbolEqualityComparer.Default.Equals(list.Type, owner.Type)
                && assignments.Exists(assignment => assignment.Left is IdentifierNameSyntax left && Is(site, left, list) && assignment.Right is IdentifierNameSyntax right && Is(site, right, owner)))
            {
                return (link, list);
            }
        }

        return null;
    }

    /// <summary>What the node is given by a member, <c>node-&gt;Next = head</c> or <c>*node = new Node { Next = head }</c>.</summary>
    private static IEnumerable<(string Link, IdentifierNameSyntax Head)> LinksOf(FixSite site, AssignmentExpressionSyntax assignment, ILocalSymbol owner) => assignment switch
    {
        { Left: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression, Expression: IdentifierNameSyntax node, Name.Identifier.Text: var link }, Right: IdentifierNameSyntax head } when Is(site, node, owner) => [(link, head)],
        { Left: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression, Operand: IdentifierNameSyntax node }, Right: BaseObjectCreationExpressionSyntax { Initializer: { } members } } when Is(site, node, owner) =>
            members.Expressions.OfType<AssignmentExpressionSyntax>().Where(member => member is { Left: IdentifierNameSyntax, Right: IdentifierNameSyntax }).Select(member => (((IdentifierNameSyntax)member.Left).Identifier.Text, (IdentifierNameSyntax)member.Right)),
        _ => [],
    };

    private static bool Is(FixSite site, IdentifierNameSyntax name, ILocalSymbol local) => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol, local);

    /// <summary>How often the variable is given something, or its address: a list that is walked by it is lost on the way.</summary>
    private static int Assignments(FixSite site, StatementList list, ILocalSymbol head) => list.Statements.SelectMany(statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>()
        .Count(name => Is(site, name, head) && name.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == name,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression or (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } or PostfixUnaryExpressionSyntax => true,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
            ReturnStatementSyntax => true,
            _ => false,
        });
}
