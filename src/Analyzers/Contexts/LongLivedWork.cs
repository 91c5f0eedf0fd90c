using LifetimeAnalyzers.Contexts.Tables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>
/// Tells whether a lambda, or a method handed over by name, runs as part of work that the body around it does not wait
/// for: an unawaited task, a thread, a timer, an event. Says nothing where it cannot know. Thread-safe.
/// </summary>
internal static class LongLivedWork
{
    private static readonly ILookup<string, WorkRule> s_rules = WorkTable.Rules.ToLookup(rule => rule.Type);

    /// <summary>What <paramref name="function"/> becomes part of, in words (<c>a task that is not awaited</c>); null when it ends with the body, or nothing is known.</summary>
    /// <param name="function">The lambda, or the name of the method.</param>
    /// <param name="model">The model of its tree.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public static string? Of(ExpressionSyntax function, SemanticModel model, CancellationToken cancellationToken)
    {
        SyntaxNode whole = function;
        while (whole.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax ||
            (whole.Parent is ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax made } && model.GetTypeInfo(made, cancellationToken).Type is { TypeKind: TypeKind.Delegate }))
        {
            whole = whole.Parent is ArgumentSyntax ? whole.Parent.Parent!.Parent! : whole.Parent!;
        }

        switch (whole.Parent)
        {
            case ArgumentSyntax { Parent.Parent: ExpressionSyntax call }:
                return StartedBy(call, model, cancellationToken);
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } subscription when subscription.Right == whole:
                return Subscribed(subscription, model, cancellationToken);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } declarator }:
                return Mentions(declarator, declarator.Identifier.ValueText)
                    .Where(mention => mention.Parent is ArgumentSyntax)
                    .Select(mention => mention.Parent!.Parent!.Parent is ExpressionSyntax call ? StartedBy(call, model, cancellationToken) : null)
                    .FirstOrDefault(found => found is not null);
            default:
                return null;
        }
    }

    /// <summary>Whether the task that <paramref name="call"/> gives is left to itself: neither awaited, nor waited for, nor returned, nor kept for later.</summary>
    /// <param name="call">A call of something that gives a task, or of an <c>async void</c> method.</param>
    /// <param name="model">The model of its tree.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public static bool IsLeftRunning(ExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        SyntaxNode node = call;
        while (true)
        {
            switch (node.Parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax:
                    node = node.Parent;
                    continue;
                case ConditionalAccessExpressionSyntax access when access.WhenNotNull == node:
                    node = access;
                    continue;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "Unwrap" or "ContinueWith" or "AsTask", Parent: InvocationExpressionSyntax wrapped } access when access.Expression == node:
                    node = wrapped;
                    continue;
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WhenAny" } } any } when node == call:
                    // whoever loses goes on, and nobody has kept it
                    return TypeNames.Is(model.GetSymbolInfo(any, cancellationToken).Symbol?.ContainingType, "System.Threading.Tasks.Task");
                case ExpressionStatementSyntax:
                    return model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol { ReturnsVoid: true, IsAsync: false };
                case AssignmentExpressionSyntax assignment when assignment.Right == node:
                    return KeptUnawaited(assignment.Left, assignment, model, cancellationToken);
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } declarator }:
                    return Mentions(declarator, declarator.Identifier.ValueText).All(IsDropped);
                default:
                    return false;
            }
        }
    }

    /// <summary>What a call of the platform starts and leaves to itself with what it is handed, in words; null when it does not, or the body waits for it.</summary>
    /// <param name="call">The call or creation.</param>
    /// <param name="model">The model of its tree.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public static string? StartedBy(ExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        if (IsRegistrationForProcess(method, call, model, cancellationToken))
        {
            return "a callback at the end of the process";
        }

        WorkRule? rule = RuleOf(method);
        var words = rule?.End switch
        {
            WorkEnd.WithItsObject when call is InvocationExpressionSyntax started => IsStartedThreadEnded(started, model, cancellationToken) ? null : rule.Words,
            WorkEnd.Never => rule.Words,
            WorkEnd.WithItsTask when IsLeftRunning(call, model, cancellationToken) => rule.Words,
            WorkEnd.WithItsObject when !IsEndedHere(call) => rule.Words,
            _ => null,
        };

        // the body is searched for a wait by other things last
        return words is null || OtherWaits.Follow(call) ? null : words;
    }

    /// <summary>Whether a method of the platform runs what it is handed later or elsewhere, whoever waits for it.</summary>
    public static bool Defers(IMethodSymbol method) => RuleOf(method) is not null || (method.Name is "Register" or "UnsafeRegister" && TypeNames.Is(method.ContainingType, "System.Threading.CancellationToken"));

    /// <summary><c>lifetime.ApplicationStopping.Register(...)</c>: a token that lives as long as the process.</summary>
    private static bool IsRegistrationForProcess(IMethodSymbol method, ExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        method is { Name: "Register" or "UnsafeRegister" } && TypeNames.Is(method.ContainingType, "System.Threading.CancellationToken") &&
        call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } token } } &&
        model.GetSymbolInfo(token, cancellationToken).Symbol is IPropertySymbol property &&
        property.ContainingType.Name is "IHostApplicationLifetime" or "IApplicationLifetime";

    /// <summary><c>thread.Start(state)</c> on a thread of the body that it joins, or of which it is not known where it comes from.</summary>
    private static bool IsStartedThreadEnded(InvocationExpressionSyntax start, SemanticModel model, CancellationToken cancellationToken) =>
        start.Expression is not MemberAccessExpressionSyntax { Expression: { } thread } ||
        (thread is not BaseObjectCreationExpressionSyntax &&
            (model.GetSymbolInfo(thread, cancellationToken).Symbol is not ILocalSymbol local ||
             local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax creation } ||
             IsEndedHere(creation)));

    private static WorkRule? RuleOf(IMethodSymbol method) =>
        method.ContainingType is { } type ? s_rules[TypeNames.Of(type)].FirstOrDefault(candidate => candidate.Names(method.Name)) : null;

    private static string? Subscribed(AssignmentExpressionSyntax subscription, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetSymbolInfo(subscription.Left, cancellationToken).Symbol is not IEventSymbol raised)
        {
            return null;
        }

        // What the body makes itself, or unsubscribes from, need not outlive it; a timer does, unless it is stopped.
        bool own = subscription.Left is MemberAccessExpressionSyntax { Expression: { } source } &&
            model.GetSymbolInfo(source, cancellationToken).Symbol is ILocalSymbol local && MadeHere(local, cancellationToken) is { } creation &&
            (!WorkTable.SelfRunning.Contains(TypeNames.Of((INamedTypeSymbol)local.Type)) || IsEndedHere(creation));
        bool unsubscribed = BodyOf(subscription)?.DescendantNodes().Any(node =>
            node is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SubtractAssignmentExpression, Left: { } left } && LastName(left) == raised.Name) == true;
        return own || unsubscribed ? null : $"a handler of the event '{raised.Name}'";
    }

    private static BaseObjectCreationExpressionSyntax? MadeHere(ILocalSymbol local, CancellationToken cancellationToken) =>
        local.Type is INamedTypeSymbol ? (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as VariableDeclaratorSyntax)?.Initializer?.Value as BaseObjectCreationExpressionSyntax : null;

    private static bool KeptUnawaited(ExpressionSyntax target, AssignmentExpressionSyntax assignment, SemanticModel model, CancellationToken cancellationToken)
    {
        ISymbol? symbol = model.GetSymbolInfo(target, cancellationToken).Symbol;
        return symbol switch
        {
            IDiscardSymbol => true,
            ILocalSymbol or IFieldSymbol or IPropertySymbol => !Mentions(assignment, symbol.Name).Any(mention => !target.Span.Contains(mention.Span)),
            _ => false,
        };
    }

    /// <summary>A thread that is joined, a timer that is disposed: in the same body.</summary>
    private static bool IsEndedHere(ExpressionSyntax creation)
    {
        if (creation.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: { } statement } declarator })
        {
            return creation.FirstAncestorOrSelf<UsingStatementSyntax>() is { } block && (block.Expression?.Span.Contains(creation.Span) == true);
        }

        return statement is UsingStatementSyntax || (statement is LocalDeclarationStatementSyntax local && local.UsingKeyword.IsKind(SyntaxKind.UsingKeyword)) ||
            Mentions(declarator, declarator.Identifier.ValueText).Any(mention =>
                mention.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Join" or "Dispose" or "DisposeAsync" or "Stop" or "Close" or "WaitForExit" or "WaitForExitAsync" or "Kill" } ||
                mention.Parent is ConditionalAccessExpressionSyntax or ReturnStatementSyntax || (mention.Parent is ArgumentSyntax { Parent.Parent: var taker } && !IsKeepAlive(taker)));
    }

    /// <summary><c>GC.KeepAlive(timer)</c> ends nothing.</summary>
    private static bool IsKeepAlive(SyntaxNode? call) => call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "KeepAlive" } };

    /// <summary>The other places in the same body where a name is written.</summary>
    /// <summary><c>_ = pending;</c>, <c>_ = pending.AsTask();</c></summary>
    private static bool IsDropped(IdentifierNameSyntax mention)
    {
        SyntaxNode node = mention;
        while (node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsTask" or "Preserve" or "ConfigureAwait", Parent: InvocationExpressionSyntax wrapped } access && access.Expression == node)
        {
            node = wrapped;
        }

        return node.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax } assignment && assignment.Right == node;
    }

    private static IEnumerable<IdentifierNameSyntax> Mentions(SyntaxNode declaration, string name) =>
        BodyOf(declaration)?.DescendantNodes().OfType<IdentifierNameSyntax>().Where(mention => mention.Identifier.ValueText == name) ?? [];

    private static SyntaxNode? BodyOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<SyntaxNode>(ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);

    private static string? LastName(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
