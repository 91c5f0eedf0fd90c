using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow;

/// <summary>
/// Arrays and collections of which a loop has released every element. Who goes over the same elements after that, without
/// anything having been put in, meets released ones. That a loop comes to every element is read from its form.
/// </summary>
internal sealed class EmptiedTables
{
    private readonly Dictionary<object, (StatementSyntax Loop, string Name, IOperation Release)> _emptied = new();

    /// <summary>An element has been released: all of them, when a loop does that to each.</summary>
    public void Note(TableElement element, IOperation release)
    {
        if (!element.IsCursor && LoopOver(element.At.Syntax, out var name) is { } loop && IsInEachRound(release.Syntax, loop) && IsVariable(name, loop) && MentionsOf(name, loop).All(IsOnlyRead))
        {
            _emptied[element.Table] = (loop, name, release);
        }
    }

    /// <summary>What has released the element that is read at <paramref name="at"/>; null when it is not known to be released.</summary>
    public IOperation? ReleaseOf(object table, IOperation at)
    {
        if (!_emptied.TryGetValue(table, out var emptied) || emptied.Loop.Parent is not BlockSyntax block || LoopOver(at.Syntax, out var name) is not { } later || name != emptied.Name)
        {
            return null;
        }

        // the statements up to the one that reads, and nothing else that could put something in
        var isAfter = false;
        foreach (var statement in block.Statements)
        {
            if (isAfter && MentionsOf(name, statement).Any(static mention => !IsOnlyRead(mention)))
            {
                return null;
            }

            if (statement.Span.Contains(at.Syntax.Span) && statement.SyntaxTree == at.Syntax.SyntaxTree)
            {
                return isAfter && (table is Sym { Kind: SymKind.NewObject } or Block || !CallsAnything(block, emptied.Loop.Span.End, later.SpanStart)) ? emptied.Release : null;
            }

            isAfter |= statement == emptied.Loop;
        }

        return null;
    }

    /// <summary>Others know what the body was handed: whatever runs in between may have filled it again.</summary>
    private static bool CallsAnything(BlockSyntax block, int start, int end) =>
        block.DescendantNodes().Any(node => node is InvocationExpressionSyntax or AwaitExpressionSyntax or BaseObjectCreationExpressionSyntax && node.SpanStart >= start && node.Span.End <= end);

    /// <summary>The loop that comes to every element of a variable, when the element is read in one.</summary>
    private static StatementSyntax? LoopOver(SyntaxNode element, out string name)
    {
        name = "";
        var loop = element.FirstAncestorOrSelf<StatementSyntax>(static statement => statement is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax);
        switch (loop)
        {
            case CommonForEachStatementSyntax { Expression: IdentifierNameSyntax variable } each when !each.Statement.Span.Contains(element.Span):
                name = variable.Identifier.ValueText;
                return loop;
            case ForStatementSyntax { Declaration.Variables: { Count: 1 } declared, Incrementors: { Count: 1 } step } when
                declared[0] is { Initializer.Value: LiteralExpressionSyntax { Token.Value: 0 }, Identifier.ValueText: var index } && step[0].RawKind is (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PreIncrementExpression &&
                element is ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax table, ArgumentList.Arguments: { Count: 1 } arguments } && arguments[0].Expression is IdentifierNameSyntax { Identifier.ValueText: var at } && at == index:
                name = table.Identifier.ValueText;
                return loop;
            default:
                return null;
        }
    }

    /// <summary>No round of the loop goes past the release.</summary>
    private static bool IsInEachRound(SyntaxNode release, StatementSyntax loop)
    {
        if (!loop.Span.Contains(release.Span) || loop.SyntaxTree != release.SyntaxTree)
        {
            return false;
        }

        for (var node = release; node != loop; node = node.Parent!)
        {
            if (node is IfStatementSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or CatchClauseSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or
                WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax || node is BinaryExpressionSyntax)
            {
                return false;
            }
        }

        return !loop.DescendantNodes().Any(static node => node is BreakStatementSyntax or ContinueStatementSyntax or ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax);
    }

    /// <summary>A variable of the member that no lambda or local function sees: nothing else can change what is in it.</summary>
    private static bool IsVariable(string name, SyntaxNode loop)
    {
        var member = loop.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is not null &&
            member.DescendantNodes().Any(node => node is VariableDeclaratorSyntax { Identifier.ValueText: var local } && local == name || node is ParameterSyntax { Identifier.ValueText: var parameter } && parameter == name) &&
            !member.DescendantNodes().Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax && MentionsOf(name, node).Any());
    }

    private static IEnumerable<IdentifierNameSyntax> MentionsOf(string name, SyntaxNode within) =>
        within.DescendantNodes().OfType<IdentifierNameSyntax>().Where(identifier => identifier.Identifier.ValueText == name);

    /// <summary><c>foreach (... in items)</c>, <c>items.Count</c>, <c>items[i]</c> that is not written.</summary>
    private static bool IsOnlyRead(IdentifierNameSyntax mention) => mention.Parent switch
    {
        CommonForEachStatementSyntax loop => loop.Expression == mention,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" or "Length" } access => access.Expression == mention,
        ElementAccessExpressionSyntax element => element.Expression == mention && element.Parent is not (AssignmentExpressionSyntax or PrefixUnaryExpressionSyntax or RefExpressionSyntax) && element.Parent is not ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None },
        _ => false,
    };
}
