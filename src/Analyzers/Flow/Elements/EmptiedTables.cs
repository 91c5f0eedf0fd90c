using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary>
/// Arrays and collections of which a loop has released every element. Who goes over the same elements after that, without
/// anything having been put in, meets released ones. That a loop comes to every element is read from its form.
/// </summary>
internal sealed class EmptiedTables
{
    private readonly Dictionary<object, (StatementSyntax Loop, string Name, IOperation Release)> _emptied = new();
    private readonly Dictionary<Sym, EmptiedInput> _inputs = new();

    /// <summary>The parameters of which a loop releases the elements.</summary>
    public IEnumerable<EmptiedInput> Inputs => _inputs.Values;

    /// <summary>An element has been released: all of them, when a loop or call does that to each.</summary>
    public void Note(TableElement element, IOperation release, Family? family)
    {
        if (element.IsCursor || LoopOver(element, out var name) is not { } loop || (element.EveryOf is null && !IsInEachRound(release.Syntax, loop, element)))
        {
            return;
        }

        var stays = IsVariable(name, loop) && (element.EveryOf is not null || MentionsOf(name, loop).All(IsOnlyRead));
        if (stays)
        {
            _emptied[element.Table] = (loop, name, release);
        }

        if (element.Table is Sym { Kind: SymKind.Input, Place: { Kind: PlaceKind.Parameter } place } input && place.DisplayName == name)
        {
            _inputs[input] = new EmptiedInput(input, release, family, IsWhole: stays && IsToTheEnd(loop, name) && IsAlwaysRun(loop, name));
        }
    }

    /// <summary>What has released the element; null when it is not known to be released.</summary>
    public IOperation? ReleaseOf(TableElement element)
    {
        if (!_emptied.TryGetValue(element.Table, out var emptied) || emptied.Loop.Parent is not BlockSyntax block || LoopOver(element, out var name) is not { } later || name != emptied.Name)
        {
            return null;
        }

        // the statements up to the one that reads, and nothing else that could put something in
        var isAfter = false;
        var at = element.At;
        foreach (var statement in block.Statements)
        {
            var isHere = statement.Span.Contains(at.Syntax.Span) && statement.SyntaxTree == at.Syntax.SyntaxTree;
            if (isAfter && !(isHere && element.EveryOf is not null && statement == later) && MentionsOf(name, statement).Any(static mention => !IsOnlyRead(mention)))
            {
                return null;
            }

            if (isHere)
            {
                return isAfter && (element.Table is Sym { Kind: SymKind.NewObject } or Block || !CallsAnything(block, emptied.Loop.Span.End, later.SpanStart)) ? emptied.Release : null;
            }

            isAfter |= statement == emptied.Loop;
        }

        return null;
    }

    /// <summary>Others know what the body was handed: whatever runs in between may have filled it again.</summary>
    private static bool CallsAnything(BlockSyntax block, int start, int end) =>
        block.DescendantNodes().Any(node => node is InvocationExpressionSyntax or AwaitExpressionSyntax or BaseObjectCreationExpressionSyntax && node.SpanStart >= start && node.Span.End <= end);

    /// <summary>The loop that comes to every element of a variable, when the element is read in one, or the statement whose call does.</summary>
    private static StatementSyntax? LoopOver(TableElement read, out string name)
    {
        name = read.EveryOf ?? "";
        var element = read.At.Syntax;
        if (read.EveryOf is not null)
        {
            return name.Length > 0 && element.Parent is ExpressionStatementSyntax statement ? statement : null;
        }

        var loop = element.FirstAncestorOrSelf<StatementSyntax>(static statement => Loops.Is(statement));
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
    private static bool IsInEachRound(SyntaxNode release, StatementSyntax loop, TableElement element)
    {
        if (!loop.Span.Contains(release.Span) || loop.SyntaxTree != release.SyntaxTree)
        {
            return false;
        }

        for (var node = release; node != loop; node = node.Parent!)
        {
            if (node is IfStatementSyntax { Else: null } asked && IsNullTest(asked.Condition, element))
            {
                continue;
            }

            if (node is IfStatementSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or CatchClauseSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or
                WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax || node is BinaryExpressionSyntax)
            {
                return false;
            }
        }

        return !loop.DescendantNodes().Any(static node => node is BreakStatementSyntax or ContinueStatementSyntax or ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax);
    }

    /// <summary>Whether an element is there: <c>item != 0</c>, <c>items[i] is not null</c>.</summary>
    private static bool IsNullTest(ExpressionSyntax condition, TableElement element)
    {
        var tested = condition switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression, Left: var left, Right: var right } when TypeShapes.IsNothing(right) => left,
            IsPatternExpressionSyntax { Expression: var matched, Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression: var constant } } } when TypeShapes.IsNothing(constant) => matched,
            _ => null,
        };
        return tested is not null && (tested.IsEquivalentTo(element.At.Syntax) || (tested is IdentifierNameSyntax { Identifier.ValueText: var name } &&
            element.At.Syntax.FirstAncestorOrSelf<StatementSyntax>() is ForEachStatementSyntax { Identifier.ValueText: var item } && item == name));
    }

    /// <summary>The loop ends where the table does.</summary>
    private static bool IsToTheEnd(StatementSyntax loop, string name) =>
        loop is not ForStatementSyntax each ||
        each.Condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression, Right: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var table }, Name.Identifier.ValueText: "Length" or "Count" } } && table == name;

    /// <summary>Whoever calls the member and gets something to release into it has the loop run, and finds everything where it was.</summary>
    private static bool IsAlwaysRun(StatementSyntax loop, string name)
    {
        if (loop.Parent is not BlockSyntax { Parent: (BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax) and var member } block)
        {
            return false;
        }

        foreach (var statement in block.Statements)
        {
            if (statement == loop)
            {
                return MentionsOf(name, member).All(mention => loop.Span.Contains(mention.Span) || IsOnlyRead(mention));
            }

            if (!IsGuard(statement, name) && statement.DescendantNodesAndSelf().Any(static node => node is ReturnStatementSyntax or GotoStatementSyntax))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary><c>if (items is null || items.Length == 0) return;</c>.</summary>
    private static bool IsGuard(StatementSyntax statement, string name) =>
        statement is IfStatementSyntax { Condition: var condition } && condition.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or ElementAccessExpressionSyntax) && (node is not IdentifierNameSyntax { Identifier.ValueText: var mentioned } || mentioned == name || mentioned is "Length" or "Count"));

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
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax => true,
        ElementAccessExpressionSyntax element => element.Expression == mention && element.Parent is not (AssignmentExpressionSyntax or PrefixUnaryExpressionSyntax or RefExpressionSyntax) && element.Parent is not ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None },
        _ => false,
    };
}
