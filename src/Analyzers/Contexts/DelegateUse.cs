using LifetimeAnalyzers.Contexts.Tables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>What becomes of a lambda, or of a method that is handed over by name.</summary>
/// <param name="Context">Where it runs, when the receiver tells; otherwise unknown.</param>
/// <param name="KeptIn">The local, parameter or field that it is kept in, whose uses decide.</param>
/// <param name="Around">It runs where it stands.</param>
/// <param name="Loose">It may well run elsewhere or later, so that the place it stands in proves no start-up code.</param>
internal readonly record struct DelegateFate(ExecutionContext Context, ISymbol? KeptIn, bool Around, bool Loose)
{
    /// <summary>Nothing is known.</summary>
    public static readonly DelegateFate Unknown = new(ExecutionContext.Unknown, null, false, true);
}

/// <summary>Follows lambdas and method groups to what runs them. Thread-safe.</summary>
internal sealed class DelegateUse(SingletonTypes lifetimes, MvcPresence presence)
{
    private static readonly ILookup<string, ContextRule> s_types = DelegateTable.Types.ToLookup(rule => rule.Type);
    private static readonly ILookup<string, ContextRule> s_callees = DelegateTable.Callees.ToLookup(rule => rule.Type);
    private static readonly ILookup<string, ContextRule> s_scopedFactories = DelegateTable.ScopedFactories.ToLookup(rule => rule.Type);
    private static readonly ILookup<string, ContextRule> s_events = DelegateTable.Events.ToLookup(rule => rule.Type);

    /// <summary>What becomes of <paramref name="expression"/>, a lambda or the name of a method.</summary>
    public DelegateFate Of(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        ITypeSymbol? type = model.GetTypeInfo(expression, cancellationToken).ConvertedType;
        ExpressionSyntax whole = Whole(expression, model, ref type, cancellationToken);
        DelegateFate fate = Fits(expression, type) && ByType(type, whole) is { Kind: not ExecutionContextKind.Unknown } typed
            ? new(typed, null, false, false)
            : ByReceiver(whole, model, cancellationToken);
        return fate.Context.Kind == ExecutionContextKind.Unknown ? fate : fate with { Context = fate.Context with { Origin = expression.GetLocation() } };
    }

    private DelegateFate ByReceiver(ExpressionSyntax whole, SemanticModel model, CancellationToken cancellationToken)
    {
        switch (whole.Parent)
        {
            case ArgumentSyntax { Parent.Parent: { } call } argument:
                return HandedTo(call, argument, model, cancellationToken);
            case AssignmentExpressionSyntax assignment when assignment.Right == whole:
                return AssignedTo(assignment, model, cancellationToken);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }:
                return new(ExecutionContext.Unknown, model.GetDeclaredSymbol(declarator, cancellationToken), false, true);
            case InvocationExpressionSyntax:
                return new(ExecutionContext.Unknown, null, true, false);
            default:
                return new(ExecutionContext.Unknown, null, true, true);
        }
    }

    /// <summary>Passes parentheses, casts, <c>new Delegate(...)</c> and conditional expressions.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax expression, SemanticModel model, ref ITypeSymbol? type, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (expression.Parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or ConditionalExpressionSyntax or PostfixUnaryExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression }:
                    expression = (ExpressionSyntax)expression.Parent;
                    break;
                case ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creation } when model.GetTypeInfo(creation, cancellationToken).Type is { TypeKind: TypeKind.Delegate }:
                    expression = creation;
                    break;
                default:
                    return expression;
            }

            type = model.GetTypeInfo(expression, cancellationToken) is var info && (info.ConvertedType ?? info.Type) is { TypeKind: TypeKind.Delegate } @delegate ? @delegate : type;
        }
    }

    /// <summary>In broken code the compiler guesses a type: one with other parameters says nothing.</summary>
    private static bool Fits(ExpressionSyntax expression, ITypeSymbol? type) =>
        type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } && expression switch
        {
            ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.Parameters.Count == invoke.Parameters.Length,
            SimpleLambdaExpressionSyntax => invoke.Parameters.Length == 1,
            _ => true,
        };

    private static ExecutionContext ByType(ITypeSymbol? type, ExpressionSyntax whole)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Delegate, DelegateInvokeMethod: { } invoke } named)
        {
            return ExecutionContext.Unknown;
        }

        foreach (ContextRule rule in s_types[TypeNames.Of(named)])
        {
            return new(rule.Kind, $"{rule.Words} on line {Line(whole)}");
        }

        if (invoke.ReturnType is INamedTypeSymbol { TypeKind: TypeKind.Delegate } result && s_types[TypeNames.Of(result)].Any())
        {
            // A factory of handlers: app.Use(next => context => ...).
            return new(ExecutionContextKind.StartUp, $"the pipeline that is built on line {Line(whole)}");
        }

        return MemberContexts.ByParameters(invoke.Parameters, $"the delegate on line {Line(whole)}");
    }

    private DelegateFate HandedTo(SyntaxNode call, ArgumentSyntax argument, SemanticModel model, CancellationToken cancellationToken)
    {
        if (call is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax))
        {
            return new(ExecutionContext.Unknown, null, true, true);
        }

        SymbolInfo info = model.GetSymbolInfo(call, cancellationToken);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol method)
        {
            return new(ExecutionContext.Unknown, null, true, true);
        }

        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        ContextRule? rule = Rule(s_callees, definition) ?? (presence.HasRequests ? Rule(s_scopedFactories, definition) : null);
        if (rule is not null)
        {
            return new(new(rule.Kind, $"{rule.Words} '{Called(call, definition.Name)}' on line {Line(argument)}"), null, false, false);
        }

        if (MapsEndpoint(definition, argument))
        {
            return new(new(ExecutionContextKind.RequestHandler, $"the endpoint '{definition.Name}' on line {Line(argument)}"), null, false, false);
        }

        if (call is InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } &&
            arguments.Where(other => other != argument).Select(other => PersistentLoops.Sign(other.Expression, LoopPart.Source, model, cancellationToken)).FirstOrDefault(words => words is not null) is { } stream)
        {
            return new(new(ExecutionContextKind.PersistentServer, $"{stream} on line {Line(call)}"), null, false, false);
        }

        bool ofPlatform = definition.ContainingNamespace.ToDisplayString() is var space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal)) &&
            !space.StartsWith("System.Threading.Tasks.Dataflow", StringComparison.Ordinal) && !space.StartsWith("System.Reactive", StringComparison.Ordinal);
        return new(ExecutionContext.Unknown, null, true, !ofPlatform);
    }

    private DelegateFate AssignedTo(AssignmentExpressionSyntax assignment, SemanticModel model, CancellationToken cancellationToken)
    {
        ISymbol? target = model.GetSymbolInfo(assignment.Left, cancellationToken).Symbol;
        switch (target)
        {
            case IEventSymbol raised:
                return assignment.IsKind(SyntaxKind.SubtractAssignmentExpression)
                    ? DelegateFate.Unknown
                    : new(OfEvent(raised, assignment, cancellationToken), null, false, true);
            case IPropertySymbol { IsIndexer: true }:
                return new(ExecutionContext.Unknown, null, true, true);
            case IFieldSymbol or IPropertySymbol when target.DeclaringSyntaxReferences.Length == 0:
                return DelegateFate.Unknown;
            case ILocalSymbol or IFieldSymbol or IPropertySymbol:
                return new(ExecutionContext.Unknown, target, false, true);
            case IDiscardSymbol:
                return DelegateFate.Unknown;
            default:
                return new(ExecutionContext.Unknown, null, true, true);
        }
    }

    private ExecutionContext OfEvent(IEventSymbol raised, AssignmentExpressionSyntax assignment, CancellationToken cancellationToken)
    {
        foreach (INamedTypeSymbol ancestor in TypeNames.Ancestry(raised.ContainingType))
        {
            foreach (ContextRule rule in s_events[TypeNames.Of(ancestor)])
            {
                if (rule.Names(raised.Name))
                {
                    return new(rule.Kind, $"{rule.Words} on line {Line(assignment)}");
                }
            }
        }

        return raised.IsStatic || lifetimes.IsSingleton(raised.ContainingType, cancellationToken)
            ? new(ExecutionContextKind.PersistentServer, $"the handler of the event '{raised.Name}'")
            : ExecutionContext.Unknown;
    }

    /// <summary><c>Map...</c> of anything that takes routes: the framework's own, or a project's wrapper in its style.</summary>
    private static bool MapsEndpoint(IMethodSymbol definition, ArgumentSyntax argument) =>
        definition.Name.StartsWith("Map", StringComparison.Ordinal) &&
        definition is { IsExtensionMethod: true, Parameters.Length: > 1 } &&
        TypeNames.IsOrDerivesFrom(definition.Parameters[0].Type, "Microsoft.AspNetCore.Routing.IEndpointRouteBuilder") &&
        definition.Parameters.Any(parameter => parameter.Type.SpecialType == SpecialType.System_Delegate) &&
        argument.Parent is ArgumentListSyntax;

    private static ContextRule? Rule(ILookup<string, ContextRule> table, IMethodSymbol method) =>
        TypeNames.Ancestry(method.ContainingType).SelectMany(ancestor => table[TypeNames.Of(ancestor)]).FirstOrDefault(rule => rule.Names(method.Name));

    private static string Called(SyntaxNode call, string name) =>
        call is InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } invocation &&
        invocation.ArgumentList.Arguments[0].Expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } route
            ? name + " " + route.Token.ValueText
            : name;

    private static int Line(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
}
