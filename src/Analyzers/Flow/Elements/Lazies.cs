using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary><c>Lazy&lt;T&gt;</c> objects of the body whose factory is known: the value is made where somebody asks for it first, and is the object's from then on.</summary>
internal sealed class Lazies
{
    private const string Factory = "factory";
    private const string Made = "value";
    private readonly Frame _frame;
    private readonly Calls _calls;

    public Lazies(Frame frame, Calls calls)
    {
        _frame = frame;
        _calls = calls;
    }

    /// <summary>The object; null when the creation makes something else.</summary>
    public Value? TryCreate(Call call)
    {
        if (!IsLazy(call.Operation.Type) || call.Arguments.IsEmpty || call.Arguments[0].Value is not Closure factory || !_calls.CanCall(factory))
        {
            return null;
        }

        var lazy = _calls.Fresh(call.Operation);
        _calls.HandOver(factory, call.Operation);
        if (Place(lazy, Factory) is { } place)
        {
            _frame.State = _frame.State.WithValue(place, factory);
        }

        return lazy;
    }

    /// <summary>The value of a property of such an object; null when it is another one.</summary>
    public Value? TryRead(IPropertyReferenceOperation reference, Value? receiver)
    {
        if (receiver is not Sym { Kind: SymKind.NewObject } lazy || !IsLazy(reference.Property.ContainingType) || Place(lazy, Factory) is not { } factory || Place(lazy, Made) is not { } made)
        {
            return null;
        }

        var isMade = _frame.State.Values.TryGetValue(made, out var value);
        switch (reference.Property.Name)
        {
            case "IsValueCreated":
                return !_frame.State.Values.ContainsKey(factory) ? null : !isMade || value is Pointer or Aggregate or Borrower or Sym { Kind: not SymKind.Join } ? Value.Of(isMade) : null;
            case "Value" when isMade:
                return value;
            case "Value" when _frame.State.Values.TryGetValue(factory, out var known) && known is Closure closure:
                value = _calls.Call(closure, new Call(reference, closure.Target, null, closure.Receiver, null, ImmutableArray<Argument>.Empty));
                _frame.State = _frame.State.WithValue(made, value);
                return value;
            default:
                return null;
        }
    }

    private Place? Place(Sym lazy, string member) => _frame.Universe.Member(_frame.Universe.Object(lazy), member, null);

    private static bool IsLazy(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Lazy", TypeArguments.Length: 1, DeclaringSyntaxReferences.IsEmpty: true } lazy && Frame.CanCarry(lazy.TypeArguments[0]);
}
