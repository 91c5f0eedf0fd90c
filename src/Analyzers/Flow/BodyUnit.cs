using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace LifetimeAnalyzers.Flow;

/// <summary>One body to analyse: a method, accessor, constructor, field initializer, local function or lambda, with its graph.</summary>
internal sealed class BodyUnit
{
    // most units are only asked what they call: the rest is found when somebody asks, at worst by two threads at once
    private Dictionary<CaptureId, IFlowCaptureOperation?>? _captures;
    private HashSet<string>? _captured;
    private IReadOnlyList<IFlowAnonymousFunctionOperation>? _lambdas;

    public BodyUnit(ISymbol member, IMethodSymbol? method, ControlFlowGraph graph, SyntaxNode syntax)
    {
        Member = member;
        Method = method;
        Graph = graph;
        Syntax = syntax;
        IsIterator = method is { MethodKind: not MethodKind.LambdaMethod, ReturnType: INamedTypeSymbol { Name: "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator" } } && ContainsYield(syntax);
    }

    /// <summary>The member whose code this is; for a lambda the member around it.</summary>
    public ISymbol Member { get; }

    /// <summary>The method, local function or lambda; null for an initializer.</summary>
    public IMethodSymbol? Method { get; }

    public ControlFlowGraph Graph { get; }

    /// <summary>The declaration, lambda or initializer.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>Whether control leaves and comes back at each <c>yield</c>.</summary>
    public bool IsIterator { get; }

    /// <summary>The lambdas that lie directly in the body.</summary>
    public IReadOnlyList<IFlowAnonymousFunctionOperation> Lambdas => _lambdas ??= Operations().OfType<IFlowAnonymousFunctionOperation>().ToList();

    /// <summary>The type whose instance the body runs on; null in static code.</summary>
    public INamedTypeSymbol? ThisType => Member.IsStatic ? null : Member.ContainingType;

    /// <summary>Whether the body itself declares the variable, so that it ends with the body.</summary>
    public bool Declares(ISymbol variable) =>
        SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, Method ?? Member) ||
        (variable is ILocalSymbol && Method is null) ||
        (variable is ILocalSymbol && variable.ContainingSymbol is IMethodSymbol { MethodKind: not (MethodKind.LambdaMethod or MethodKind.LocalFunction) } && Method?.MethodKind is not (MethodKind.LambdaMethod or MethodKind.LocalFunction)) ||
        (variable is IParameterSymbol { ContainingSymbol: IPropertySymbol }) || IsReceiver(variable);

    /// <summary>Whether the variable is what a C# 14 extension block is declared for: the receiver of its members.</summary>
    public static bool IsReceiver(ISymbol variable) => variable is IParameterSymbol { ContainingSymbol: INamedTypeSymbol };

    /// <summary>Whether a lambda or local function in the body mentions a variable of that name.</summary>
    public bool IsCaptured(string name) => (_captured ??= CapturedIn(Syntax)).Contains(name);

    /// <summary>The reference that a temporary stands for, when it stands for one.</summary>
    public IOperation? ReferenceOf(CaptureId id) => (_captures ??= CapturesIn(Graph)).TryGetValue(id, out var capture) ? capture?.Value : null;

    /// <summary>Every operation of the graph, without those of the functions that lie in the body.</summary>
    public IEnumerable<IOperation> Operations()
    {
        var pending = new Stack<IOperation>();
        foreach (var block in Graph.Blocks)
        {
            foreach (var operation in block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
            {
                pending.Push(operation);
                while (pending.Count > 0)
                {
                    var current = pending.Pop();
                    yield return current;
                    foreach (var child in current.ChildOperations)
                    {
                        pending.Push(child);
                    }
                }
            }
        }
    }

    private static Dictionary<CaptureId, IFlowCaptureOperation?> CapturesIn(ControlFlowGraph graph)
    {
        var captures = new Dictionary<CaptureId, IFlowCaptureOperation?>();
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (operation is IFlowCaptureOperation capture)
                {
                    // A temporary that is given a value on several branches is no alias of any of them.
                    captures[capture.Id] = captures.ContainsKey(capture.Id) ? null : capture;
                }
            }
        }

        return captures;
    }

    private static HashSet<string> CapturedIn(SyntaxNode syntax)
    {
        var captured = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in syntax.DescendantNodes())
        {
            if (node != syntax && node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or QueryExpressionSyntax)
            {
                foreach (var token in node.DescendantTokens())
                {
                    if (token.IsKind(SyntaxKind.IdentifierToken))
                    {
                        captured.Add(token.ValueText);
                    }
                }
            }
        }

        return captured;
    }

    private static bool ContainsYield(SyntaxNode syntax) =>
        syntax.DescendantNodes(node => node == syntax || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => node.IsKind(SyntaxKind.YieldReturnStatement) || node.IsKind(SyntaxKind.YieldBreakStatement));
}
