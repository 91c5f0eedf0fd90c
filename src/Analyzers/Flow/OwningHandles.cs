using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow;

/// <summary>
/// <c>SafeHandle</c> and <c>CriticalHandle</c>: what is set as their handle belongs to them, and their <c>Dispose</c> releases it
/// by <c>ReleaseHandle</c>. Nothing is expected of them, since they have finalizers; but who releases or uses the same block is at fault.
/// </summary>
internal sealed class OwningHandles
{
    private const string Handle = "handle";
    private static readonly object s_owns = "owns its handle";
    private static readonly object s_isClosed = "is closed";
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly Calls _calls;

    public OwningHandles(Frame frame, Resources resources, Calls calls)
    {
        _frame = frame;
        _resources = resources;
        _calls = calls;
    }

    /// <summary>Whether the type is one of the handles that own, or derives from one.</summary>
    public static bool IsOwningHandle(ITypeSymbol? type) => HandleType(type) is not null;

    /// <summary>Whether the place is where the library keeps such a handle.</summary>
    public static bool IsHandle(Place place) => place.Root is IFieldSymbol { Name: Handle, DeclaringSyntaxReferences.IsEmpty: true } field && HandleType(field.ContainingType) is not null;

    /// <summary>The result of a member of such a handle; null when the call is another.</summary>
    public Value? TryApply(Call call)
    {
        var method = call.Method;
        if (call.Receiver is not Sym self || !method.DeclaringSyntaxReferences.IsEmpty || !(HandleType(method.ContainingType) is not null || (KnownMembers.IsDisposal(method) && IsOwningHandle(self.Type))) || HandleField(self.Type ?? method.ContainingType) is not { } field)
        {
            return null;
        }

        switch (method.Name)
        {
            case ".ctor" when call.Arguments.LastOrDefault() is { Value: var owns, Parameter.Type.SpecialType: SpecialType.System_Boolean }:
                Set(self, s_owns, owns);
                return Value.Unknown;

            case "SetHandle" when call.Arguments.Length == 1:
                Take(self, field, call.Arguments[0].Value, call.Operation);
                return Value.Unknown;

            case "DangerousGetHandle" when PlaceOf(self, field) is { } place:
                return _frame.Read(place);

            case "Dispose" or "Close" when method.Parameters.IsEmpty:
                Close(call, self);
                return Value.Unknown;

            default:
                return null;
        }
    }

    private void Take(Sym self, IFieldSymbol field, Value handle, IOperation at)
    {
        if (PlaceOf(self, field) is { } place)
        {
            foreach (var block in _frame.BlocksIn(handle))
            {
                if (block.Site is not null && _frame.State[block] is { Ownership: Ownership.Owned })
                {
                    _frame.Log.Depart(block, Destination.OwnField, place, at);
                }
            }

            _frame.State = _frame.State.WithValue(place, handle);
        }

        _resources.Transfer(handle, Destination.Call, at);
    }

    private void Close(Call call, Sym self)
    {
        var releasing = ReleaseOf(self.Type);
        if (releasing is null || _frame.Universe.Member(_frame.Universe.Object(self), s_isClosed, null) is not { } closed || _frame.Universe.Member(_frame.Universe.Object(self), s_owns, null) is not { } owns)
        {
            return;
        }

        if (_frame.State.Values.TryGetValue(closed, out var was) || !_frame.State.Values.TryGetValue(owns, out var owning) || !owning.Equals(Value.True))
        {
            return;
        }

        _frame.State = _frame.State.WithValue(closed, Value.True);
        _calls.ApplyBody(call with { Method = releasing, Arguments = System.Collections.Immutable.ImmutableArray<Argument>.Empty });
    }

    private void Set(Sym self, object member, Value value)
    {
        if (_frame.Universe.Member(_frame.Universe.Object(self), member, null) is { } place)
        {
            _frame.State = _frame.State.WithValue(place, value);
        }
    }

    private Place? PlaceOf(Sym self, IFieldSymbol field) => _frame.Universe.Member(_frame.Universe.Object(self), References.KeyOf(field), field.Type);

    private static IFieldSymbol? HandleField(ITypeSymbol type) => HandleType(type)?.GetMembers(Handle).OfType<IFieldSymbol>().FirstOrDefault();

    private static IMethodSymbol? ReleaseOf(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers("ReleaseHandle").OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.IsEmpty && !method.IsAbstract) is { } found)
            {
                return found.DeclaringSyntaxReferences.IsEmpty ? null : found;
            }
        }

        return null;
    }

    private static ITypeSymbol? HandleType(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "SafeHandle" or "CriticalHandle", ContainingNamespace: { Name: "InteropServices" } } && current.DeclaringSyntaxReferences.IsEmpty)
            {
                return current;
            }
        }

        return null;
    }
}
