using System.Collections.Concurrent;
using LifetimeAnalyzers.Contexts.Tables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>
/// Tells the loops that run as long as the process, or a long-lived connection, from those that end. Remembers its
/// judgements; thread-safe.
/// </summary>
internal sealed class PersistentLoops
{
    private static readonly ILookup<string, LoopSign> s_signsByMember =
        LoopTable.Signs.SelectMany(sign => sign.Members.Split('|').Select(name => (name, sign))).ToLookup(pair => pair.name.TrimEnd('*'), pair => pair.sign);

    private readonly ConcurrentDictionary<SyntaxNode, PersistentLoop?> _judged = new();

    /// <summary><paramref name="loop"/> as a persistent loop; null when it ends, or is no loop.</summary>
    public PersistentLoop? Judge(SyntaxNode loop, SemanticModel model, CancellationToken cancellationToken)
    {
        if (loop is not StatementSyntax statement || Body(loop) is not { } body)
        {
            return null;
        }

        if (_judged.TryGetValue(loop, out PersistentLoop? known))
        {
            return known;
        }

        string? words = Words(statement, body, model, cancellationToken);
        int line = loop.SyntaxTree.GetLineSpan(loop.Span, cancellationToken).StartLinePosition.Line + 1;
        return _judged.GetOrAdd(loop, words is null ? null : new PersistentLoop(statement, body, $"{words} on line {line}"));
    }

    /// <summary>The body of a loop statement; null for anything else.</summary>
    public static StatementSyntax? Body(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax @while => @while.Statement,
        DoStatementSyntax @do => @do.Statement,
        ForStatementSyntax @for => @for.Statement,
        CommonForEachStatementSyntax @foreach => @foreach.Statement,
        _ => null,
    };

    /// <summary>Whether a loop has no end in its head; what is in its body may still leave it.</summary>
    public static bool IsOpen(SyntaxNode loop, SemanticModel model, CancellationToken cancellationToken) => loop switch
    {
        CommonForEachStatementSyntax @foreach => @foreach.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
        WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax => LoopConditions.Of((StatementSyntax)loop, model, cancellationToken) != LoopCondition.Ends,
        _ => false,
    };

    private static string? Words(StatementSyntax loop, StatementSyntax body, SemanticModel model, CancellationToken cancellationToken)
    {
        if (loop is CommonForEachStatementSyntax @foreach)
        {
            return Sign(@foreach.Expression, LoopPart.Source, model, cancellationToken) ?? ClientStream(@foreach, model, cancellationToken);
        }

        if (LoopConditions.Expression(loop) is { } condition && Sign(condition, LoopPart.Condition, model, cancellationToken) is { } awaited)
        {
            return awaited;
        }

        LoopCondition kept = LoopConditions.Of(loop, model, cancellationToken);
        if (kept == LoopCondition.Ends || IsLazySequence(loop))
        {
            return null;
        }

        if (Sign(body, LoopPart.Body, model, cancellationToken) is { } waits && !LoopExits.GiveResult(loop, model, cancellationToken))
        {
            return waits;
        }

        if (LoopExits.EndByItself(loop, model, cancellationToken))
        {
            return null;
        }

        return kept == LoopCondition.Flag ? Sign(body, LoopPart.Wait, model, cancellationToken)
            : kept == LoopCondition.Token ? "the loop until cancellation"
            : "the endless loop";
    }

    /// <summary>What a member in <paramref name="root"/> tells of the loop that it stands in, in words; null when it tells nothing.</summary>
    public static string? Sign(SyntaxNode root, LoopPart part, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (SyntaxNode node in new[] { root }.Concat(LoopExits.WithoutFunctions(root)))
        {
            if (node is not SimpleNameSyntax name || !CouldBeSign(name.Identifier.ValueText))
            {
                continue;
            }

            ISymbol? member = model.GetSymbolInfo(name, cancellationToken).Symbol;
            ITypeSymbol? type = member?.ContainingType;
            foreach (LoopSign sign in LoopTable.Signs)
            {
                if (sign.Part == part && sign.Names(name.Identifier.ValueText) && TypeNames.IsOrDerivesFrom(type, sign.Type) &&
                    !IsOfLocalChannel(name, model, cancellationToken))
                {
                    return sign.Words;
                }
            }
        }

        return null;
    }

    private static bool CouldBeSign(string name) =>
        s_signsByMember.Contains(name) || name.StartsWith("Accept", StringComparison.Ordinal);

    /// <summary>A channel or queue that the same body made is a way to run things in parallel, and ends.</summary>
    private static bool IsOfLocalChannel(SimpleNameSyntax name, SemanticModel model, CancellationToken cancellationToken)
    {
        SyntaxNode? receiver = (name.Parent as MemberAccessExpressionSyntax)?.Expression;
        while (receiver is MemberAccessExpressionSyntax outer)
        {
            receiver = outer.Expression;
        }

        if (receiver is null || model.GetSymbolInfo(receiver, cancellationToken).Symbol is not ILocalSymbol local ||
            local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } value })
        {
            return false;
        }

        return value is BaseObjectCreationExpressionSyntax { } creation
            ? TypeNames.IsOrDerivesFrom(model.GetTypeInfo(creation, cancellationToken).Type, "System.Collections.Concurrent.BlockingCollection`1")
            : value is InvocationExpressionSyntax call && TypeNames.Is(model.GetSymbolInfo(call, cancellationToken).Symbol?.ContainingType, "System.Threading.Channels.Channel");
    }

    /// <summary>A stream that a client sends to a hub.</summary>
    private static string? ClientStream(CommonForEachStatementSyntax loop, SemanticModel model, CancellationToken cancellationToken)
    {
        ExpressionSyntax source = loop.Expression;
        while (source is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WithCancellation" or "ConfigureAwait" } wrapper })
        {
            source = wrapper.Expression;
        }

        return loop.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword) &&
            model.GetSymbolInfo(source, cancellationToken).Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { DeclaredAccessibility: Accessibility.Public } method } parameter &&
            TypeNames.Is(parameter.Type, "System.Collections.Generic.IAsyncEnumerable`1") &&
            TypeNames.IsOrDerivesFrom(method.ContainingType, "Microsoft.AspNetCore.SignalR.Hub")
            ? "the stream loop"
            : null;
    }

    /// <summary>An endless iterator ends when its consumer stops asking.</summary>
    private static bool IsLazySequence(StatementSyntax loop) =>
        LoopExits.WithoutFunctions(loop).Any(node => node.IsKind(SyntaxKind.YieldReturnStatement)) &&
        !LoopExits.WithoutFunctions(loop).Any(node => node is AwaitExpressionSyntax);
}
