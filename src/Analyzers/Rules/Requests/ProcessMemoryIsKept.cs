using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Requests;

/// <summary>
/// LIFE001 for a block that is not lost but kept: every request puts one into a static, a singleton or a cache, and
/// nothing takes it out again. What is made once and kept for all requests is right.
/// </summary>
internal static class ProcessMemoryIsKept
{
    /// <summary>Members by which something leaves a collection, or is looked up before a new one is made.</summary>
    private static readonly HashSet<string> s_exits = new(MemberNames.Removals.Union(MemberNames.Takings), StringComparer.Ordinal)
    {
        "Take", "Exchange", "CompareExchange",
        "TryGetValue", "ContainsKey", "Contains", "GetOrAdd", "GetOrCreate", "AddOrUpdate", "ReadAllAsync", "TryRead", "ReadAsync", "GetConsumingEnumerable", "RegisterPostEvictionCallback",
    };

    public static Diagnostic? Judge(Block block, JudgedBody body, FieldOwnership ownership)
    {
        if (block.Family is not { Lifetime: Lifetime.Process, MayStayUnreleased: false } || RequestScopes.IsScope(block.Family) || body.ReleasesOf(block).Any())
        {
            return null;
        }

        foreach (var keeper in Keepers.Of(block, body))
        {
            if (keeper.Member is { } member && ContextOf(keeper, member, block, body, ownership) is { Kind: ExecutionContextKind.RequestHandler } context)
            {
                var evidence = Evidence.ForEscape(block, body.Result, keeper.Escape);
                return Diagnostic.Create(Descriptors.OutlivesRequest, block.Site!.Syntax.GetLocation(), evidence.Locations, evidence.Properties,
                    Wording.Subject(block), block.AllocatedBy, context.Reason, $"is kept in {keeper.Words} by every request" + Wording.Growth(block),
                    $"call {block.Family.ReleaseText} when the request ends, or keep one block for all requests");
            }
        }

        return null;
    }

    /// <summary>In which context the block is kept for ever; null when it is not. Who calls is asked last, because that costs the most.</summary>
    private static Contexts.ExecutionContext? ContextOf(Keeper keeper, ISymbol member, Block block, JudgedBody body, FieldOwnership ownership) =>
        IsKeptForEver(member, block, body, ownership) ? body.ContextAt(block.Site!.Syntax)
        : !keeper.IsCollection && body.ContextNear(block.Site!.Syntax) is var context && IsReplacedUnseen(member, context, block, body) ? context
        : null;

    /// <summary>
    /// Whether every request puts its block in the place of the one before without a look at it: the handler writes the static
    /// field, and neither it nor what it calls has to do with the field before that.
    /// </summary>
    private static bool IsReplacedUnseen(ISymbol member, Contexts.ExecutionContext context, Block block, JudgedBody body)
    {
        var site = block.Site!.Syntax;
        return member is IFieldSymbol { IsStatic: true, IsReadOnly: false } field && field.GetAttributes().IsEmpty &&
            context.Origin is { } origin && body.Unit.Member.Locations.Contains(origin) &&
            site.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment, Parent: BlockSyntax { Parent: MemberDeclarationSyntax } } &&
            NameOf(assignment.Left) == member.Name &&
            !body.Unit.Syntax.DescendantNodes().Any(node => node.SpanStart < assignment.SpanStart && node is IdentifierNameSyntax mention && mention.Identifier.ValueText == member.Name) &&
            !body.Unit.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => Touches(call, member, body));
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>A method of the project that mentions the member, or calls on to others that may.</summary>
    private static bool Touches(InvocationExpressionSyntax call, ISymbol member, JudgedBody body) =>
        body.Model.GetSymbolInfo(call, body.CancellationToken).Symbol is not IMethodSymbol method ||
        method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(body.CancellationToken).DescendantNodes().Any(node =>
            node is InvocationExpressionSyntax || (node is IdentifierNameSyntax mention && mention.Identifier.ValueText == member.Name)));

    /// <summary>Whether nothing looks at the member before it is given the block, and nothing takes a block out of it.</summary>
    private static bool IsKeptForEver(ISymbol member, Block block, JudgedBody body, FieldOwnership ownership)
    {
        if (member is IFieldSymbol field && ownership.Of(field, body.CancellationToken) is var use && (!use.ReleasedBy.IsEmpty || use.IsHandedOn))
        {
            return false;
        }

        var name = member is IFieldSymbol { AssociatedSymbol: { } property } ? property.Name : member.Name;
        foreach (var tree in TreesThatMention(member, body))
        {
            foreach (var mention in tree.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (mention.Identifier.ValueText == name && MayTakeOut(mention, block, body))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>A private member is mentioned in its type only; another one anywhere.</summary>
    private static IEnumerable<SyntaxNode> TreesThatMention(ISymbol member, JudgedBody body) =>
        member is IParameterSymbol
            ? (member.ContainingType?.DeclaringSyntaxReferences ?? member.ContainingSymbol.DeclaringSyntaxReferences).Select(reference => reference.GetSyntax(body.CancellationToken))
            : member.DeclaredAccessibility == Accessibility.Private
            ? member.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(body.CancellationToken))
            : body.Model.Compilation.SyntaxTrees.Where(tree => TreeWords.Of(tree, body.CancellationToken).Mentions(member.Name)).Select(tree => tree.GetRoot(body.CancellationToken));

    private static bool MayTakeOut(IdentifierNameSyntax mention, Block block, JudgedBody body)
    {
        SyntaxNode expression = mention.Parent is MemberAccessExpressionSyntax own && own.Name == mention ? own : mention;
        switch (expression.Parent)
        {
            case MemberAccessExpressionSyntax access when access.Expression == expression:
                return s_exits.Contains(access.Name.Identifier.ValueText);
            case LockStatementSyntax:
                return false;
            case ConditionalAccessExpressionSyntax:
                return true;
            case AssignmentExpressionSyntax assignment when assignment.Left == expression:
                // '??=' makes it once; another assignment may put away what was there
                return !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) || (assignment.Right.IsKind(SyntaxKind.NullLiteralExpression) || assignment.Right.IsKind(SyntaxKind.DefaultLiteralExpression));
            case ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax { Left: var left } } element when element == left:
                return false;
            case ElementAccessExpressionSyntax or ForEachStatementSyntax:
                return true;
        }

        // A look at it before the block is made: a guard, a lock, a release of the one before.
        return mention.SyntaxTree == block.Site!.Syntax.SyntaxTree && body.Unit.Syntax.Span.Contains(mention.Span) ? mention.SpanStart < block.Site.Syntax.SpanStart : IsHandedOn(expression);
    }

    /// <summary>Another body gives the value, or a reference to it, to something that may release it.</summary>
    private static bool IsHandedOn(SyntaxNode expression)
    {
        while (expression.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax)
        {
            expression = expression.Parent;
        }

        return expression.Parent is ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or AssignmentExpressionSyntax;
    }
}
