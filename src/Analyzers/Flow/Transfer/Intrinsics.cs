using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>The few library members whose meaning goes beyond what a contract can say: they read and write places.</summary>
internal sealed class Intrinsics
{
    private readonly Frame _frame;
    private readonly Calls _calls;
    private readonly Exchanges _exchanges;

    public Intrinsics(Frame frame, Calls calls, Choices choices)
    {
        _frame = frame;
        _calls = calls;
        _exchanges = new Exchanges(frame, calls, choices);
    }

    /// <summary>The result of the call when it is such a member; null otherwise.</summary>
    public Value? TryApply(Call call)
    {
        var method = call.Method;
        if (method.ContainingType is not { } type)
        {
            return null;
        }

        if ((type.Name, method.Name) is ("Array", "Copy" or "CopyTo" or "Clone" or "ConstrainedCopy") or ("CollectionsMarshal", "AsSpan") ||
            ((type.Name, method.Name) is ("Marshal", "Copy") && call.Arguments.Any(static argument => argument.Parameter?.Type is IArrayTypeSymbol { ElementType: var elements } && Frame.CanCarry(elements))))
        {
            // the elements are in another place as well from here on, or within reach by one
            foreach (var value in call.Arguments.Select(static argument => argument.Value).Append(call.Receiver))
            {
                if (value is Sym { Kind: SymKind.NewObject } table)
                {
                    _frame.Tables.Forget(table, call.Operation);
                }
            }
        }

        switch (type.Name, method.Name)
        {
            case ("Array", "Resize") when call.Arguments is { Length: 2 } resized && resized[0] is { Place: { } grown, Value: var old }:
                if (old is Sym { Kind: SymKind.NewObject })
                {
                    // another array with the same elements
                    return Value.Unknown;
                }

                if (old is not Pointer { IsView: false, Block: { Site: not null, Family.Lifetime: Families.Lifetime.Pool } })
                {
                    return null;
                }

                _frame.Write(grown, _frame.Universe.NewObject(call.Operation, null, grown.Type), call.Operation);
                return Value.Unknown;

            case ("KeyValuePair", "Deconstruct") when call is { Receiver: Sym entry, Arguments: { Length: 2 } parts } && parts[1].Place is { } half && type.GetMembers("Value").FirstOrDefault() is IPropertySymbol property:
                if (parts[0].Place is { } key)
                {
                    _frame.Write(key, type.GetMembers("Key").FirstOrDefault() is IPropertySymbol first ? _frame.Universe.Read(entry, first, first.Type) : Value.Unknown, call.Operation);
                }

                _frame.Write(half, _frame.Universe.Read(entry, property, property.Type), call.Operation);
                return Value.Unknown;

            case ("Interlocked", "Exchange" or "CompareExchange" or "Increment" or "Decrement"):
                return _exchanges.TryApply(call);

            case ("Nullable", "get_HasValue") when call.Receiver is { } tested:
                return Conditions.Not(Conditions.Make(Operator.Equal, tested, Value.Null));

            case ("Nullable", "GetValueOrDefault") when call.Receiver is { } nullable and not Const && call.Arguments.IsEmpty:
                return nullable;

            case ("Volatile", "Read") or ("Thread", "VolatileRead") when call.Arguments.Length == 1 && call.Arguments[0].Place is { } read:
                return _frame.Read(read);

            case ("Volatile", "Write") or ("Thread", "VolatileWrite") when call.Arguments.Length == 2 && call.Arguments[0].Place is { } written:
                _frame.Write(written, call.Arguments[1].Value, call.Operation);
                return Value.Unknown;

            case ("Enum", "HasFlag") when call.Arguments.Length == 1 && call.Receiver is { } flags:
                return Bits.Has(Conditions.Resolve(flags, _frame.State), call.Arguments[0].Value);

            case ("Object", "ReferenceEquals") when call.Arguments.Length == 2:
                return Conditions.Make(Operator.Equal, call.Arguments[0].Value, call.Arguments[1].Value);

            case ("Object", "Equals") when call.Method.IsStatic && call.Arguments.Length == 2 && call.Arguments.All(static argument => HasNoEquality(BodyAnalysis.StripConversions(argument.Operation)?.Type)):
                return Conditions.Make(Operator.Equal, call.Arguments[0].Value, call.Arguments[1].Value);

            case ("IntPtr" or "UIntPtr", "Equals") when call.Arguments.Length == 1 && call.Receiver is { } self:
                return Conditions.Make(Operator.Equal, self, call.Arguments[0].Value);

            case ("IntPtr" or "UIntPtr", "ToPointer" or "ToInt64" or "ToInt32" or "ToUInt64" or "ToUInt32") when call.Receiver is { } pointer:
                return pointer;

            case ("IntPtr" or "UIntPtr", "Add" or "Subtract") when call.Arguments.Length == 2:
                return _calls.Move(call.Arguments[0].Value, call.Arguments[1].Value, method.Name == "Add" ? 1 : -1, call.Operation) ?? Value.Unknown;

            case ("Task" or "ValueTask", "ConfigureAwait" or "AsTask" or "Preserve") when call.Receiver is Borrower task:
                return task;

            case ("Task" or "ValueTask", "FromResult") when call.Arguments.Length == 1 && CompletedTasks.Of(call.Arguments[0].Value) is { } completed:
                return completed;

            case ("Task" or "Task`1", "WaitAsync") when call.Receiver is Borrower task:
                return task with { GivenUpBy = ExceptionsOfWait(method) };

            case ("Unsafe", "As") when method.TypeArguments.Length == 2 && call.Arguments.Length == 1 && PointerOf(call.Arguments[0]) is { } seen:
                // the same reference, seen as one to another type
                return seen with { IsView = true };

            case ("Unsafe", "Add" or "AddByteOffset" or "Subtract") when call.Arguments.Length == 2 && PointerOf(call.Arguments[0]) is { } moved:
                return call.Arguments[1].Value is Const { Value: 0L } ? moved
                    : moved with { Offset = method.Name != "Subtract" && call.Arguments[1].Value is Const { Value: > 0L } && moved.Offset != Offset.Somewhere ? Offset.Inside : Offset.Somewhere, Distance = null };

            case ("Span" or "ReadOnlySpan", "Slice") when call.Receiver is Pointer { Offset: not Offset.Somewhere } whole && call.Arguments is { Length: > 0 } bounds && bounds[0].Value is Const { Value: > 0L } start:
                // where it begins is known: what is behind the start of a block cannot be released
                _calls.Use(whole, call.Operation, "used by " + call.DisplayName);
                _calls.Throws(call.Operation, null);
                return Slices.From(whole, start, type);

            case (_, "<Clone>$") when call is { Receiver: { } original, Instance: { } written } && WrittenCopyConstructor(method.ContainingType) is { } copies:
                return _calls.CreateBy(new Call(call.Operation, copies, null, null, null, ImmutableArray.Create(new Argument(copies.Parameters[0], written, original, null)))) ?? Value.Unknown;

            case (_, "<Clone>$") when call.Receiver is Sym { Kind: SymKind.NewObject } record:
                // 'with': another object that holds the same
                var copy = _calls.Fresh(call.Operation);
                foreach (var pair in _frame.State.Values)
                {
                    if (pair.Key.Base is { Kind: PlaceKind.Object } owner && ReferenceEquals(owner.Root, record) && pair.Key != owner)
                    {
                        _frame.State = _frame.State.WithValue(_frame.Universe.Rebase(pair.Key, _frame.Universe.Object(copy)), pair.Value);
                    }
                }

                return copy;

            case ("Debug", "Assert") when call.Arguments is { Length: > 0 } asserted:
                // what the author is sure of; a contradiction is a matter of debugging
                _frame.State = Conditions.Assume(asserted[0].Value, true, _frame.State) ?? _frame.State;
                return Value.Unknown;

            case ("Marshal", "WriteIntPtr") when call.Arguments is { Length: 2 or 3 } written && written[0].Value is Pointer { IsView: false, Offset: Offset.Start, Block.Site: not null }:
                return _calls.WritePointer(call, written);

            case ("Marshal", "ReadIntPtr") when call.Arguments is { Length: 1 or 2 } at && at[0].Value is Pointer { IsView: false, Offset: Offset.Start, Block: { Site: not null } outer }:
                return _calls.ReadPointer(call, outer, at);

            case ("GC", "KeepAlive"):
                return Value.Unknown;

            case ("Environment", "Exit" or "FailFast"):
                return null;
        }

        return null;
    }

    /// <summary>The constructor by which the author of a record copies it; null when the compiler copies field by field.</summary>
    private static IMethodSymbol? WrittenCopyConstructor(INamedTypeSymbol type) =>
        type.InstanceConstructors.FirstOrDefault(constructor => constructor is { IsImplicitlyDeclared: false, Parameters.Length: 1 } && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type));

    /// <summary>What a wait throws that is given up, and not what it waits for.</summary>
    private static ImmutableArray<ITypeSymbol> ExceptionsOfWait(IMethodSymbol wait) =>
        wait.Parameters
            .Select(parameter => parameter.Type.Name switch { "TimeSpan" => "System.TimeoutException", "CancellationToken" => "System.Threading.Tasks.TaskCanceledException", _ => "" } is { Length: > 0 } name
                ? parameter.Type.ContainingAssembly?.GetTypeByMetadataName(name) : null)
            .OfType<ITypeSymbol>()
            .ToImmutableArray();

    /// <summary>The pointer in an argument, also when it is passed as a reference to what it points to.</summary>
    private static Pointer? PointerOf(Argument argument) => argument.Value as Pointer;

    /// <summary>The value of a property that says something about the block it belongs to; null otherwise.</summary>
    public Value? TryRead(IPropertyReferenceOperation reference, Value? receiver)
    {
        switch (reference.Property.Name)
        {
            case "IsAllocated" when reference.Property.ContainingType.Name.EndsWith("GCHandle", StringComparison.Ordinal) && receiver is not null:
                return receiver switch
                {
                    Pointer pointer => Value.Of(!pointer.IsCleared),
                    Const { IsNullOrZero: true } => Value.False,
                    Sym symbol when _frame.State[_frame.Universe.External(symbol)]?.Ownership == Ownership.Released => Value.False,
                    Sym => Conditions.Not(Conditions.Make(Operator.Equal, receiver, Value.Null)),
                    _ => null,
                };
            case "Length" when receiver is Sym { Kind: SymKind.NewObject, Type: IArrayTypeSymbol } array && _frame.Universe.Member(_frame.Universe.Object(array), "length", reference.Type) is { } length && _frame.State.Values.TryGetValue(length, out var known):
                return known;
            case "HasValue" when reference.Property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && receiver is not null:
                return Conditions.Not(Nullables.IsNull(receiver, reference.Property.ContainingType));
            case "Value" when reference.Property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && receiver is not null:
                return receiver;
            default:
                return null;
        }
    }

    /// <summary>Objects of the class are equal only when they are the same.</summary>
    private static bool HasNoEquality(ITypeSymbol? type)
    {
        for (; type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsRecord: false, DeclaringSyntaxReferences.IsEmpty: false }; type = type.BaseType)
        {
            if (type.GetMembers("Equals").Any(static member => member.IsOverride))
            {
                return false;
            }
        }

        return type is { SpecialType: SpecialType.System_Object };
    }
}
