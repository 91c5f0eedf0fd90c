using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>
/// <c>SafeHandle</c> and <c>CriticalHandle</c>: what is set as their handle belongs to them, and their <c>Dispose</c> releases it
/// by <c>ReleaseHandle</c>. Nothing is expected of them, since they have finalizers; but who releases or uses the same block is at fault.
/// </summary>
internal sealed class OwningHandles
{
    private const string Handle = "handle";
    private static readonly object s_owns = "owns its handle";
    private static readonly object s_isClosed = "is closed";
    private static readonly object s_isCounted = "is counted";
    private static readonly object s_isAskedFor = "is asked for";
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
    public static bool IsOwningHandle(ITypeSymbol? type) => KnownMembers.HandleType(type) is not null;

    /// <summary>Whether the place is where the library keeps such a handle.</summary>
    public static bool IsHandle(Place place) => place.Root is IFieldSymbol { Name: Handle, DeclaringSyntaxReferences.IsEmpty: true } field && KnownMembers.HandleType(field.ContainingType) is not null;

    /// <summary>The result of a member of such a handle; null when the call is another.</summary>
    public Value? TryApply(Call call)
    {
        var method = call.Method;
        if (call.Receiver is not Sym self || !method.DeclaringSyntaxReferences.IsEmpty || !(KnownMembers.HandleType(method.ContainingType) is not null || (KnownMembers.IsDisposal(method) && IsOwningHandle(self.Type))) || HandleField(self.Type ?? method.ContainingType) is not { } field)
        {
            return null;
        }

        switch (method.Name)
        {
            case ".ctor" when call.Arguments.LastOrDefault() is { Value: var owns, Parameter.Type.SpecialType: SpecialType.System_Boolean }:
                Set(self, s_owns, owns);
                if (!owns.Equals(Value.False))
                {
                    Begin(self, field, call);
                }

                return Value.Unknown;

            case ".ctor" when call.Arguments.Length == 1:
                // CriticalHandle, which always owns
                Begin(self, field, call);
                return Value.Unknown;

            case "SetHandle" when call.Arguments.Length == 1:
                Take(self, field, call.Arguments[0].Value, call.Operation);
                return Value.Unknown;

            case "DangerousGetHandle" when PlaceOf(self, field) is { } place:
                if (_resources.IsReleased(self))
                {
                    _calls.Use(self, call.Operation, "used by " + call.DisplayName);
                    return _calls.FreshResult(call.Operation);
                }

                Set(self, s_isAskedFor, Value.True);
                return _frame.Read(place);

            case "DangerousAddRef":
                // until it is given back, Dispose closes nothing
                Set(self, s_isCounted, Value.True);
                return null;

            case "SetHandleAsInvalid" when PlaceOf(self, field) is { } place:
                GiveBack(self, place);
                return Value.Unknown;

            case "Dispose" or "Close" when method.Parameters.IsEmpty:
                Close(call, self, field);
                return Value.Unknown;

            default:
                return null;
        }
    }

    /// <summary><c>: base(handle, true)</c>: what is called the invalid value is the one that the handle begins with.</summary>
    private void Begin(Sym self, IFieldSymbol field, Call call)
    {
        if (call.Arguments[0] is { Parameter.Type.SpecialType: SpecialType.System_IntPtr, Value: (Pointer or Sym) and var handle })
        {
            Take(self, field, handle, call.Operation);
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

    /// <summary>The object will release by its <c>ReleaseHandle</c> what it has become the handle of: it has to be the function that the block asks for.</summary>
    public void CheckFamily(Place handle, Value value, IOperation at)
    {
        if (value is not Pointer { IsView: false, Block: { Site: not null, OwnerType: null, Family: { IsInferred: false } allocatedAs } block } ||
            handle.Parent is not { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } self } || Of(self, s_owns) is not { } owns || !owns.Equals(Value.True) ||
            ReleaseOf(self.Type) is not { } releasing || !CallsOneFunction(releasing) || _calls.SummaryOf(new Call(at, releasing, null, self, null, System.Collections.Immutable.ImmutableArray<Argument>.Empty)) is not { } summary)
        {
            return;
        }

        var families = summary.Outcomes.SelectMany(static outcome => outcome.Effects)
            .Where(static effect => effect.Input.Place is { } place && IsHandle(place)).ToList();
        if (families.Count > 0 && families.All(effect => effect is { Ownership: Ownership.Released, Family: { IsInferred: false } family } && family.Name != allocatedAs.Name))
        {
            _resources.ReportWrongKeeper(block, allocatedAs, $"{self.Type!.Name}.{releasing.Name}", at, "");
            _frame.State = _frame.State.WithValue(handle, Value.Unknown);
        }
    }

    /// <summary>Of several functions one is chosen by something that cannot be seen where the object is made.</summary>
    private static bool CallsOneFunction(IMethodSymbol releasing) =>
        releasing.DeclaringSyntaxReferences.Sum(static declared => declared.GetSyntax().DescendantNodes().OfType<InvocationExpressionSyntax>().Count(static call => call.ArgumentList.Arguments.Count > 0)) == 1;

    /// <summary>Properties that may be asked of a handle at any time; null when the property is another.</summary>
    public Value? TryRead(IPropertyReferenceOperation reference, Value? receiver) =>
        reference.Property.Name is "IsClosed" or "IsInvalid" && receiver is Sym && IsOwningHandle(reference.Property.ContainingType) ? _calls.FreshResult(reference) : null;

    private void Close(Call call, Sym self, IFieldSymbol field)
    {
        if (Of(self, s_isClosed) is not null || Of(self, s_isCounted) is not null)
        {
            return;
        }

        var releasing = ReleaseOf(self.Type);
        if (!IsOwning(self))
        {
            return;
        }

        Set(self, s_isClosed, Value.True);
        if (releasing is not null)
        {
            _calls.ApplyBody(call with { Method = releasing, Arguments = System.Collections.Immutable.ImmutableArray<Argument>.Empty });
        }

        if (self.IsInput)
        {
            // whoever has handed it in knows what he has disposed of
            return;
        }

        if (PlaceOf(self, field) is { } place && _frame.Read(place) is Sym { Kind: not SymKind.NewObject } number)
        {
            MarkReleased(number, call.Operation);
        }

        MarkReleased(self, call.Operation);
    }

    private void MarkReleased(Sym symbol, IOperation at)
    {
        var block = _frame.Universe.External(symbol);
        if (_frame.State[block]?.Ownership != Ownership.Released)
        {
            _frame.State = _frame.State.WithBlock(block, new BlockState(Ownership.Released) { ReleasedAt = at });
        }
    }

    /// <summary>Whether the handle certainly closes what it holds: it was made so here, or its type makes it no other way.</summary>
    private bool IsOwning(Sym self) => Of(self, s_owns) is { } owning ? owning.Equals(Value.True)
        : self.Kind == SymKind.Result && self.Type is INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } type && type.InstanceConstructors.All(static constructor => !constructor.IsImplicitlyDeclared && PassesTrue(constructor));

    private static bool PassesTrue(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Length == 1 && constructor.DeclaringSyntaxReferences[0].GetSyntax() is ConstructorDeclarationSyntax { Initializer: { RawKind: (int)SyntaxKind.BaseConstructorInitializer } initializer } &&
        initializer.ArgumentList.Arguments.LastOrDefault()?.Expression.IsKind(SyntaxKind.TrueLiteralExpression) == true;

    /// <summary>The handle will not close what it holds: that is the body's again.</summary>
    private void GiveBack(Sym self, Place place)
    {
        Set(self, s_isClosed, Value.True);

        // the caller asked for it to hand it on, and has it in no variable: native code has taken it over
        if (self.Kind == SymKind.NewObject && Of(self, s_owns) is { } owning && owning.Equals(Value.True) && _frame.State.Values.TryGetValue(place, out var held) && held is Pointer { Block: { Site: not null } block } && _frame.State[block] is { Ownership: Ownership.Transferred } state &&
            (Of(self, s_isAskedFor) is null || _frame.State.HoldersOf(block).Any(holder => holder != place)))
        {
            _frame.State = _frame.State.WithBlock(block, state with { Ownership = Ownership.Owned, IsDetached = true, TransferredAt = null });
        }
    }

    private Value? Of(Sym self, object member) =>
        _frame.Universe.Member(_frame.Universe.Object(self), member, null) is { } place && _frame.State.Values.TryGetValue(place, out var value) ? value : null;

    private void Set(Sym self, object member, Value value)
    {
        if (_frame.Universe.Member(_frame.Universe.Object(self), member, null) is { } place)
        {
            _frame.State = _frame.State.WithValue(place, value);
        }
    }

    private Place? PlaceOf(Sym self, IFieldSymbol field) => _frame.Universe.Member(_frame.Universe.Object(self), References.KeyOf(field), field.Type);

    private static IFieldSymbol? HandleField(ITypeSymbol type) => KnownMembers.HandleType(type)?.GetMembers(Handle).OfType<IFieldSymbol>().FirstOrDefault();

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
}
