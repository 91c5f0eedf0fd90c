using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>The places that run a member, each with what stands around it: its calls, and the receivers it is handed to. Remembered; thread-safe.</summary>
internal sealed class MemberUses(CallSites callSites, Surroundings surroundings, DelegateUse delegates, MemberContexts members)
{
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<Outcome>> _uses = new(SymbolEqualityComparer.Default);

    /// <summary>What stands around each use of <paramref name="member"/>: a method, constructor, accessor, local function, or a local or field that holds a delegate.</summary>
    public ImmutableArray<Outcome> Of(ISymbol member, CancellationToken cancellationToken)
    {
        if (_uses.TryGetValue(member, out ImmutableArray<Outcome> found))
        {
            return found;
        }

        ImmutableArray<Outcome>.Builder outcomes = ImmutableArray.CreateBuilder<Outcome>();
        foreach (ISymbol used in Used(member))
        {
            foreach (CodePlace place in callSites.Of(used, cancellationToken))
            {
                if (At(place, used, cancellationToken) is { } outcome)
                {
                    outcomes.Add(outcome);
                }
            }
        }

        return _uses.GetOrAdd(member, outcomes.ToImmutable());
    }

    /// <summary>A field's or property's initialiser runs with every constructor of its type.</summary>
    private static IEnumerable<ISymbol> Used(ISymbol member) => member switch
    {
        IFieldSymbol { IsStatic: false, Type.TypeKind: not TypeKind.Delegate } or IPropertySymbol { IsStatic: false, Type.TypeKind: not TypeKind.Delegate } => member.ContainingType.InstanceConstructors,
        _ => [member],
    };

    private Outcome? At(CodePlace place, ISymbol used, CancellationToken cancellationToken)
    {
        SyntaxNode node = place.Node;
        bool isDelegate = used is ILocalSymbol or IFieldSymbol or IPropertySymbol { Type.TypeKind: TypeKind.Delegate };
        bool isMethod = used is IMethodSymbol { AssociatedSymbol: null, MethodKind: not MethodKind.Constructor };
        if ((!isDelegate && !isMethod) || IsInvoked(node))
        {
            return surroundings.Of(node, null, place.Model, cancellationToken);
        }

        if (node is not ExpressionSyntax expression || (node.Parent is AssignmentExpressionSyntax assignment && assignment.Left == node))
        {
            return null;
        }

        DelegateFate fate = delegates.Of(expression, place.Model, cancellationToken);
        if (fate.Context.Kind != ExecutionContextKind.Unknown)
        {
            return new Outcome { Decided = members.Hosted(fate.Context, node.SyntaxTree) };
        }

        if (!fate.Around)
        {
            return new Outcome { Next = fate.KeptIn, Loose = true };
        }

        Outcome around = surroundings.Of(node, null, place.Model, cancellationToken);
        return around with { Loose = around.Loose || fate.Loose };
    }

    private static bool IsInvoked(SyntaxNode node) => node.Parent switch
    {
        InvocationExpressionSyntax call => call.Expression == node,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" or "DynamicInvoke" } access => access.Expression == node,
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Invoke" } } } access => access.Expression == node,
        _ => false,
    };
}
