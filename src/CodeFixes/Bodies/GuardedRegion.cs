using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>The statements in which a block is alive: where a <c>try</c> has to begin, and what is known of its end.</summary>
internal sealed class GuardedRegion
{
    private GuardedRegion(OwnedBlock block, StatementList list, int start, bool mayBeNothing, IReadOnlyList<ReleaseCall> releases)
    {
        Block = block;
        List = list;
        Start = start;
        MayBeNothing = mayBeNothing;
        Releases = releases;
    }

    public OwnedBlock Block { get; }

    /// <summary>The innermost list that holds the allocation and every use of the owner.</summary>
    public StatementList List { get; }

    /// <summary>The first statement that has to be guarded.</summary>
    public int Start { get; }

    /// <summary>The owner may hold no block where the region ends.</summary>
    public bool MayBeNothing { get; }

    /// <summary>The releases that are there already, all of them statements.</summary>
    public IReadOnlyList<ReleaseCall> Releases { get; }

    /// <summary>The last statement that mentions the owner.</summary>
    public int LastReference
    {
        get
        {
            var last = Start - 1;
            for (var i = Start; i < List.Statements.Count; i++)
            {
                if (Block.References(List.Statements[i]).Any())
                {
                    last = i;
                }
            }

            return last;
        }
    }

    /// <summary>
    /// The owner goes in an object or a view that is made of it to somebody who is there behind the region, such as
    /// <c>list.Add(new ArraySegment&lt;byte&gt;(buffer, 0, n))</c> in a loop: the end of the region is not the end of its use.
    /// </summary>
    public bool IsHandedOn => List.Statements.Skip(Start).SelectMany(Block.References).Any(name =>
    {
        ExpressionSyntax value = OwnedBlock.Dressed(name);
        while (value.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax tuple })
        {
            value = OwnedBlock.Dressed(tuple);
        }

        return value.Parent is ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax made } && OwnedBlock.Dressed(made) is { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax taker, Name.Identifier.ValueText: "Add" or "Enqueue" or "Push" or "AddLast" or "AddFirst" or "Insert" or "TryAdd" or "Append" } } } }
            && Block.Site.Model.GetSymbolInfo(taker, Block.Site.CancellationToken).Symbol is { } symbol && !symbol.DeclaringSyntaxReferences.Any(declared => declared.SyntaxTree == List.Container.SyntaxTree && List.Container.Span.Contains(declared.Span));
    });

    /// <summary>Where the name stands its value is put where it is found again: into a collection, an element or a member of something that is there before <paramref name="within"/>.</summary>
    public static bool IsPutAway(FixSite site, IdentifierNameSyntax name, SyntaxNode within)
    {
        var value = OwnedBlock.Dressed(name);
        var taker = value.Parent switch
        {
            AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax or MemberAccessExpressionSyntax } assignment when assignment.Right == value => assignment.Left,
            AssignmentExpressionSyntax { Left: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression, Operand: var place } } assignment when assignment.Right == value => place,
            ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var collection, Name.Identifier.ValueText: "Add" or "Enqueue" or "Push" or "AddLast" or "AddFirst" or "Insert" or "TryAdd" or "Append" } } } => collection,
            _ => null,
        };
        while (taker is ElementAccessExpressionSyntax or MemberAccessExpressionSyntax)
        {
            taker = taker is ElementAccessExpressionSyntax element ? element.Expression : ((MemberAccessExpressionSyntax)taker).Expression;
        }

        return taker is not null && (site.Model.GetSymbolInfo(taker, site.CancellationToken).Symbol is not ILocalSymbol local || !local.DeclaringSyntaxReferences.Any(declared => declared.SyntaxTree == within.SyntaxTree && within.Span.Contains(declared.Span) && !IsFoundElsewhere(declared.GetSyntax(site.CancellationToken))));
    }

    /// <summary>The local is another name of what was there before: <c>Stack&lt;nint> idle = _idle[n];</c></summary>
    private static bool IsFoundElsewhere(SyntaxNode declared) =>
        declared is VariableDeclaratorSyntax { Initializer.Value: var value } && OwnedBlock.Bare(value) is ElementAccessExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax;

    /// <summary>The region of <paramref name="block"/>; null when the body does things with the owner that a guard would break.</summary>
    public static GuardedRegion? Of(OwnedBlock block)
    {
        if (HomeStatement(block) is not { } statement || block.Owner is not (ILocalSymbol { IsRef: false, IsUsing: false } or IParameterSymbol { RefKind: RefKind.None }) || statement is UsingStatementSyntax or FixedStatementSyntax or ForStatementSyntax)
        {
            return null;
        }

        var site = block.Site;
        if (HouseOf(block, statement) is not { } list)
        {
            return null;
        }

        var releases = ReleaseCall.PlacesOf(block, list, statement.SpanStart).Select(span => ReleaseCall.At(site, block, span)).ToList();
        if (releases.Contains(null))
        {
            return null;
        }

        var found = releases.Select(release => release!).ToList();
        var body = BodyOf(statement);
        if (found.Exists(release => BodyOf(release.Statement) != body || !block.References(release.Statement).Any()) || IsRewritten(block, statement, list, found))
        {
            return null;
        }

        var index = list.IndexOf(statement);
        var direct = list.Statements[index] == statement;
        var after = direct || EndsBranch(list.Statements[index], statement);
        var conditional = !direct && !IsPassed(list.Statements[index], statement) || !block.IsWholeStatement && block.Allocation.Ancestors().TakeWhile(node => node != block.Statement).Any(node => node is ConditionalExpressionSyntax or SwitchExpressionSyntax or BinaryExpressionSyntax);
        if (conditional && block.Owner is IParameterSymbol)
        {
            // On the other ways it is still what the caller handed over.
            return null;
        }

        var start = after ? index + 1 : index;
        return new GuardedRegion(block, list, after && direct && !conditional && start + 1 < list.Statements.Count && LeavesWithNothing(block, list.Statements[start]) ? start + 1 : start, conditional, found);
    }

    /// <summary>Whoever got no block leaves, <c>if (p == null) return;</c>: there is nothing to release yet.</summary>
    private static bool LeavesWithNothing(OwnedBlock block, StatementSyntax statement) =>
        statement is IfStatementSyntax { Else: null, Condition: var condition, Statement: var branch }
        && condition switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equal => IsOwner(block, equal.Left) && (ReleaseCall.IsNothing(equal.Right) || IsNoHandle(equal.Right)),
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression: var constant } } pattern => IsOwner(block, pattern.Expression) && (ReleaseCall.IsNothing(constant) || IsNoHandle(constant)),
            _ => false,
        }
        && (branch is BlockSyntax { Statements: { Count: > 0 } statements } ? statements.Last() : branch) is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax
        && !block.References(branch).Any();

    /// <summary>What systems give when they could not open anything: <c>-1</c>.</summary>
    private static bool IsNoHandle(ExpressionSyntax value) => OwnedBlock.Bare(value) switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.ValueText: "1" } } => true,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => IsNoHandle(arguments[0].Expression),
        _ => false,
    };

    private static bool IsOwner(OwnedBlock block, ExpressionSyntax value) => block.References(value).Any(name => name == OwnedBlock.Bare(value));

    /// <summary>The statement from which on the owner holds a block: of its declaration, when the block at hand only takes the place of the one before.</summary>
    private static StatementSyntax? HomeStatement(OwnedBlock block) =>
        block.Renews && block.Declaration is VariableDeclaratorSyntax { Initializer.Value: { } first, Parent.Parent: LocalDeclarationStatementSyntax declared } && !ReleaseCall.IsNothing(first) ? declared : block.Statement;

    private static SyntaxNode? BodyOf(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax);

    private static StatementList? HouseOf(OwnedBlock block, StatementSyntax statement)
    {
        var declaration = block.Declaration;
        foreach (var list in StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement))
        {
            if (declaration is not null && list.Container.Span.Contains(declaration.Span))
            {
                return list;
            }

            if (list.Container.Parent is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)
            {
                // A guard around the loop would release only the block of the last turn.
                var body = list.Container.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? list.Container.SyntaxTree.GetRoot();
                var begins = list.Container == statement.Parent && block.References(list.Container).First().Parent == statement.ChildNodes().FirstOrDefault();
                return begins && block.References(body).All(name => list.Container.Span.Contains(name.Span) || OnlyEnds(block, name)) ? list : null;
            }
        }

        return declaration is null ? StatementList.Around(statement).LastOrDefault() : null;
    }

    /// <summary>The owner is only released there, or set to nothing: neither has anything left to do when each turn releases its block.</summary>
    private static bool OnlyEnds(OwnedBlock block, IdentifierNameSyntax name) =>
        block.Declaration is VariableDeclaratorSyntax { Initializer: var first } && (first is null || ReleaseCall.IsNothing(first.Value)) && name.FirstAncestorOrSelf<StatementSyntax>() is { } statement
        && (ReleaseCall.IsClearing(block, statement) || block.Site.Finding.PlacesOf(FixData.Release).Any(span => ReleaseCall.At(block.Site, block, span)?.Whole.Span.Contains(name.Span) == true));

    /// <summary>Whether <paramref name="statement"/> is the last one of a branch of <paramref name="outer"/>, so that nothing in there follows it.</summary>
    private static bool EndsBranch(StatementSyntax outer, StatementSyntax statement)
    {
        for (SyntaxNode node = statement; node != outer; node = node.Parent!)
        {
            if (node.Parent is BlockSyntax block && block.Statements.Last() != node)
            {
                return false;
            }

            if (node.Parent is not (BlockSyntax or IfStatementSyntax or ElseClauseSyntax or UnsafeStatementSyntax or CheckedStatementSyntax))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Nothing decides whether <paramref name="statement"/> runs once <paramref name="outer"/> does.</summary>
    private static bool IsPassed(StatementSyntax outer, StatementSyntax statement) =>
        statement.AncestorsAndSelf().TakeWhile(node => node != outer).All(node => node.Parent is BlockSyntax or UnsafeStatementSyntax or CheckedStatementSyntax);

    /// <summary>The two stand in branches of which only one runs.</summary>
    private static bool AreExclusive(SyntaxNode one, SyntaxNode other)
    {
        foreach (var node in one.AncestorsAndSelf())
        {
            if (node.Parent is null || !node.Parent.Span.Contains(other.Span))
            {
                continue;
            }

            return node.Parent is IfStatementSyntax or SwitchStatementSyntax or ConditionalExpressionSyntax && !node.Span.Contains(other.Span);
        }

        return false;
    }

    private static bool IsRewritten(OwnedBlock block, StatementSyntax home, StatementList list, List<ReleaseCall> releases)
    {
        var reallocations = block.Site.Finding.PlacesOf(FixData.Reallocation).ToList();
        var allocations = block.Site.Finding.PlacesOf(FixData.Allocation).ToList();
        foreach (var name in block.References(list.Container).Where(name => name.SpanStart > (home == block.Statement ? block.Allocation.SpanStart : home.SpanStart)))
        {
            switch (name.Parent)
            {
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left == name:
                    var right = OwnedBlock.Bare(assignment.Right);
                    var clears = assignment.Parent is StatementSyntax clearing && releases.Exists(release => release.ClearingAfter(block, release.Statement) == clearing || release.ClearingAfter(block, release.Whole) == clearing);
                    if (!clears && !AreExclusive(assignment, block.Allocation) && !reallocations.Contains(right.Span) && !allocations.Contains(right.Span))
                    {
                        return true;
                    }

                    break;
                case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword }:
                case ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax tuple } } when tuple.Left == name.Parent.Parent:
                case AssignmentExpressionSyntax other when other.Left == name:
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }:
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression }:
                    return true;
            }
        }

        return false;
    }
}
