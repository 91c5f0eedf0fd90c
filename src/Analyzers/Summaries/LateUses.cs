using System.Collections.Concurrent;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// Tells what an asynchronous body does after it has given its caller the task: which of its parameters and captured
/// variables it uses behind its first await, or hands to something that does. Bounded; thread-safe.
/// </summary>
internal sealed class LateUses(KnownMembers known, BodyStore bodies)
{
    /// <summary>So many calls are followed from one method to the next.</summary>
    private const int MaximumDepth = 6;

    private readonly ConcurrentDictionary<ISymbol, bool> _parameters = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the method of <paramref name="parameter"/> has source, and uses the parameter late.</summary>
    public bool Of(IParameterSymbol parameter, CancellationToken cancellationToken) => Of(parameter, MaximumDepth, cancellationToken);

    /// <summary>Whether <paramref name="function"/>, a local function or lambda, uses the captured <paramref name="variable"/> late.</summary>
    public bool Of(ISymbol variable, SyntaxNode function, CancellationToken cancellationToken) =>
        BodyOf(function) is { } body && IsUsedLate(variable, body, IsAsync(function), MaximumDepth, cancellationToken);

    /// <summary>Whether a name is written in <paramref name="code"/>.</summary>
    public static bool Mentions(SyntaxNode code, string name) => MentionsOf(code, name).Any();

    private bool Of(IParameterSymbol parameter, int depth, CancellationToken cancellationToken)
    {
        parameter = parameter.OriginalDefinition;
        if (_parameters.TryGetValue(parameter, out var judged))
        {
            return judged;
        }

        if (depth == 0 || parameter.ContainingSymbol is not IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } method)
        {
            return false;
        }

        var declaration = (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        var late = BodyOf(declaration) is { } body && IsUsedLate(parameter, body, IsAsync(declaration), depth, cancellationToken);
        return depth == MaximumDepth ? _parameters.GetOrAdd(parameter, late) : late;
    }

    private bool IsUsedLate(ISymbol variable, SyntaxNode body, bool isAsync, int depth, CancellationToken cancellationToken)
    {
        var model = bodies.ModelOf(body.SyntaxTree);
        var waits = isAsync ? WithoutFunctions(body).Where(IsWait).ToArray() : [];
        var firstWait = waits.Length == 0 ? int.MaxValue : waits.Min(wait => wait.Span.End);
        foreach (var name in NamesOf(variable, body))
        {
            foreach (var mention in MentionsOf(body, name))
            {
                if (IsLate(mention, body, waits, firstWait, model, depth, cancellationToken) && IsMeant(mention, variable, name, model, cancellationToken))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsLate(IdentifierNameSyntax mention, SyntaxNode body, SyntaxNode[] waits, int firstWait, SemanticModel model, int depth, CancellationToken cancellationToken)
    {
        if (mention.SpanStart >= firstWait && !IsInNameOf(mention))
        {
            return true;
        }

        SyntaxNode child = mention;
        for (var node = mention.Parent; node is not null; child = node, node = node.Parent)
        {
            switch (node)
            {
                case ArgumentSyntax { Parent.Parent: ExpressionSyntax call } argument when IsLateCall(call, argument, child is AnonymousFunctionExpressionSyntax, waits, model, depth, cancellationToken):
                    return true;
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == child && IsExtensionThatIsLate(call, model, depth, cancellationToken):
                    return true;
                case WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax when waits.Any(wait => node.Span.Contains(wait.Span)):
                    return true;
            }

            if (node == body)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Whether what is handed to <paramref name="call"/> is used after the call has come back.</summary>
    private bool IsLateCall(ExpressionSyntax call, ArgumentSyntax argument, bool isFunction, SyntaxNode[] waits, SemanticModel model, int depth, CancellationToken cancellationToken)
    {
        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method || IsWaitedFor(call))
        {
            return false;
        }

        if (LongLivedWork.Defers(method))
        {
            return true;
        }

        if (isFunction || ParameterOf(argument, method) is not { } parameter || !RunningWork.IsAsynchronous(method))
        {
            return false;
        }

        // what an asynchronous body awaits right here, and nobody can look into, is asynchronous
        return RunningWork.IsUsedByTask(known, method, parameter) || Of(parameter, depth - 1, cancellationToken) ||
            ((method.IsAbstract || method.DeclaringSyntaxReferences.IsEmpty) && IsMemory(parameter.Type) && waits.Any(wait => wait.Span.Contains(call.Span)));
    }

    private bool IsExtensionThatIsLate(InvocationExpressionSyntax call, SemanticModel model, int depth, CancellationToken cancellationToken) =>
        model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { ReducedFrom: { Parameters: { IsEmpty: false } parameters } method } &&
        RunningWork.IsAsynchronous(method) && !IsWaitedFor(call) && Of(parameters[0], depth - 1, cancellationToken);

    private static bool IsMemory(ITypeSymbol type) => type is IArrayTypeSymbol or IPointerTypeSymbol || type.MetadataName is "Memory`1" or "ReadOnlyMemory`1" or "ArraySegment`1" or "IntPtr" or "ReadOnlySequence`1";

    /// <summary><c>call.Wait()</c>, <c>call.Result</c>, <c>call.GetAwaiter()</c>.</summary>
    private static bool IsWaitedFor(ExpressionSyntax call)
    {
        SyntaxNode node = call;
        while (node.Parent is MemberAccessExpressionSyntax access && access.Expression == node)
        {
            if (access.Name.Identifier.ValueText is "Wait" or "Result" or "GetAwaiter" or "GetResult")
            {
                return true;
            }

            node = access.Parent is InvocationExpressionSyntax outer ? outer : access;
        }

        return false;
    }

    private static IParameterSymbol? ParameterOf(ArgumentSyntax argument, IMethodSymbol method)
    {
        if (argument.NameColon is { Name.Identifier.ValueText: var name })
        {
            return method.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        }

        var index = argument.Parent is ArgumentListSyntax list ? list.Arguments.IndexOf(argument) : -1;
        return index >= 0 && index < method.Parameters.Length ? method.Parameters[index] : null;
    }

    /// <summary>The variable's own name, and those of locals that are made of it: a span, a memory, a copy of the pointer.</summary>
    private static HashSet<string> NamesOf(ISymbol variable, SyntaxNode body)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { variable.Name };
        foreach (var declarator in WithoutFunctions(body).OfType<VariableDeclaratorSyntax>())
        {
            if (declarator.Initializer?.Value is { } value and not AwaitExpressionSyntax && IsViewOf(value, names))
            {
                names.Add(declarator.Identifier.ValueText);
            }
        }

        return names;
    }

    private static bool IsViewOf(ExpressionSyntax value, HashSet<string> names) => value switch
    {
        IdentifierNameSyntax name => names.Contains(name.Identifier.ValueText),
        CastExpressionSyntax cast => IsViewOf(cast.Expression, names),
        ParenthesizedExpressionSyntax inner => IsViewOf(inner.Expression, names),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Memory" or "Span" } access => IsViewOf(access.Expression, names),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsMemory" or "AsSpan" or "Slice" } access } => IsViewOf(access.Expression, names),
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } => IsViewOf(arguments[0].Expression, names),
        _ => false,
    };

    private static bool IsMeant(IdentifierNameSyntax mention, ISymbol variable, string name, SemanticModel model, CancellationToken cancellationToken) =>
        name != variable.Name || SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(mention, cancellationToken).Symbol?.OriginalDefinition, variable.OriginalDefinition);

    private static bool IsInNameOf(SyntaxNode mention) =>
        mention.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } };

    /// <summary>The mentions of a variable in <paramref name="code"/>, members of the same name left out.</summary>
    public static IEnumerable<IdentifierNameSyntax> MentionsOf(SyntaxNode code, string name) =>
        code.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(mention => mention.Identifier.ValueText == name && mention.Parent is not NameColonSyntax && !(mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention));

    /// <summary>What may give control back to the caller; a task that is done already does not.</summary>
    private static bool IsWait(SyntaxNode node) => node switch
    {
        AwaitExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } } => false,
        AwaitExpressionSyntax => true,
        CommonForEachStatementSyntax loop => loop.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
        _ => false,
    };

    private static IEnumerable<SyntaxNode> WithoutFunctions(SyntaxNode body) =>
        body.DescendantNodesAndSelf(node => node == body || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    private static SyntaxNode? BodyOf(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax method => method.Body ?? (SyntaxNode?)method.ExpressionBody?.Expression,
        LocalFunctionStatementSyntax function => function.Body ?? (SyntaxNode?)function.ExpressionBody?.Expression,
        AnonymousFunctionExpressionSyntax lambda => lambda.Body,
        _ => null,
    };

    private static bool IsAsync(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        _ => false,
    };
}
