using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow;

/// <summary>One body to analyse: a method, accessor, constructor, field initializer, local function or lambda, with its graph.</summary>
internal sealed class BodyUnit
{
    // most units are only asked what they call: the rest is found when somebody asks, at worst by two threads at once
    private readonly BodyUnit? _outer;
    private Dictionary<CaptureId, IFlowCaptureOperation?>? _captures;
    private HashSet<string>? _captured;
    private HashSet<string>? _copied;
    private ControlFlowGraph? _graph;
    private IReadOnlyList<IOperation>? _functions;
    private Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation>? _lambdas;

    /// <summary>The body of a member, an initializer or top-level statements.</summary>
    public BodyUnit(ISymbol member, IOperation root, SyntaxNode syntax)
        : this(member, member as IMethodSymbol, root, syntax)
    {
    }

    /// <summary>The body of a function that lies directly in <paramref name="outer"/>.</summary>
    public BodyUnit(BodyUnit outer, IMethodSymbol function, IOperation declaration)
        : this(outer.Member, function, declaration, declaration.Syntax)
    {
        _outer = outer;
    }

    private BodyUnit(ISymbol member, IMethodSymbol? method, IOperation root, SyntaxNode syntax)
    {
        Member = member;
        Method = method;
        Root = root;
        Syntax = syntax;
        IsIterator = method is { MethodKind: not MethodKind.LambdaMethod, ReturnType: INamedTypeSymbol { Name: "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator" } } && ContainsYield(syntax);
    }

    /// <summary>The member whose code this is; for a lambda the member around it.</summary>
    public ISymbol Member { get; }

    /// <summary>The method, local function or lambda; null for an initializer.</summary>
    public IMethodSymbol? Method { get; }

    /// <summary>The operation of the whole body, as it is bound.</summary>
    public IOperation Root { get; }

    /// <summary>The graph, which <see cref="MakeGraph"/> has made.</summary>
    public ControlFlowGraph Graph => _graph ?? throw new InvalidOperationException("a body is only gone through once its graph is made");

    /// <summary>The declaration, lambda or initializer.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>Whether control leaves and comes back at each <c>yield</c>.</summary>
    public bool IsIterator { get; }

    /// <summary>Makes the graph, which most bodies never need; false when the graph around the body has left it out, as code that is only named.</summary>
    public bool MakeGraph(CancellationToken cancellationToken)
    {
        var path = new Stack<BodyUnit>();
        for (var unit = this; unit is { _graph: null }; unit = unit._outer)
        {
            path.Push(unit);
        }

        while (path.Count > 0)
        {
            var unit = path.Pop();
            if (unit.CreateGraph(cancellationToken) is not { } graph)
            {
                return false;
            }

            // the first one stays: the lambdas are those of one graph
            Interlocked.CompareExchange(ref unit._graph, graph, null);
        }

        return true;
    }

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

    /// <summary>Whether the body gives another variable what a variable of that name holds.</summary>
    public bool IsCopied(string name) => (_copied ??= CopiedIn(Syntax)).Contains(name);

    private static HashSet<string> CopiedIn(SyntaxNode syntax)
    {
        var names = new HashSet<string>();
        foreach (var node in syntax.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Right == name,
                ConditionalExpressionSyntax choice => choice.Condition != name,
                EqualsValueClauseSyntax or SwitchExpressionArmSyntax => true,
                _ => false,
            })
            {
                names.Add(name.Identifier.ValueText);
            }
        }

        return names;
    }

    /// <summary>The reference that a temporary stands for, when it stands for one.</summary>
    public IOperation? ReferenceOf(CaptureId id) => (_captures ??= CapturesIn(Graph)).TryGetValue(id, out var capture) ? capture?.Value : null;

    /// <summary>Every operation of the body, without those of the functions that lie in it.</summary>
    public IEnumerable<IOperation> Operations()
    {
        var pending = new Stack<IOperation>();
        pending.Push(Root);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            yield return current;
            if (current != Root && current is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                continue;
            }

            foreach (var child in current.ChildOperations)
            {
                pending.Push(child);
            }
        }
    }

    /// <summary>The lambdas and local functions that lie directly in the body.</summary>
    public IReadOnlyList<IOperation> Functions => _functions ??= Operations().Where(operation => operation != Root && operation is IAnonymousFunctionOperation or ILocalFunctionOperation).ToList();

    private ControlFlowGraph? CreateGraph(CancellationToken cancellationToken) => Root switch
    {
        ILocalFunctionOperation function when _outer is not null => _outer.Graph.LocalFunctions.Contains(function.Symbol) ? _outer.Graph.GetLocalFunctionControlFlowGraph(function.Symbol, cancellationToken) : null,
        IAnonymousFunctionOperation when _outer is not null => (_outer._lambdas ??= LambdasIn(_outer.Graph)).TryGetValue(Syntax, out var lambda) ? _outer.Graph.GetAnonymousFunctionControlFlowGraph(lambda, cancellationToken) : null,
        IBlockOperation block => ControlFlowGraph.Create(block, cancellationToken),
        IMethodBodyOperation body => ControlFlowGraph.Create(body, cancellationToken),
        IConstructorBodyOperation body => ControlFlowGraph.Create(body, cancellationToken),
        IFieldInitializerOperation initializer => ControlFlowGraph.Create(initializer, cancellationToken),
        IPropertyInitializerOperation initializer => ControlFlowGraph.Create(initializer, cancellationToken),
        _ => null,
    };

    private static Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation> LambdasIn(ControlFlowGraph graph)
    {
        var lambdas = new Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation>();
        var pending = new Stack<IOperation>();
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
            {
                pending.Push(operation);
                while (pending.Count > 0)
                {
                    var current = pending.Pop();
                    if (current is IFlowAnonymousFunctionOperation lambda)
                    {
                        lambdas[lambda.Syntax] = lambda;
                    }

                    foreach (var child in current.ChildOperations)
                    {
                        pending.Push(child);
                    }
                }
            }
        }

        return lambdas;
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

    private ConcurrentDictionary<string, bool>? _onlyRead;

    /// <summary>Whether the body does nothing with the array in the variable of that name but read its elements and ask for its length.</summary>
    public bool IsOnlyRead(string variable)
    {
        var onlyRead = _onlyRead ??= new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        if (!onlyRead.TryGetValue(variable, out var known))
        {
            onlyRead.TryAdd(variable, known = Syntax.DescendantNodes().OfType<IdentifierNameSyntax>().All(name => name.Identifier.ValueText != variable || name.Parent switch
            {
                ElementAccessExpressionSyntax element when element.Expression == name => element.Parent is not (AssignmentExpressionSyntax or RefExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax) || (element.Parent is AssignmentExpressionSyntax assignment && assignment.Right == element) || element.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.LogicalNotExpression or (int)SyntaxKind.BitwiseNotExpression },
                MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } => true,
                ForEachStatementSyntax loop => loop.Expression == name,
                _ => false,
            }));
        }

        return known;
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
