using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>Properties and indexers: a field behind them, what the library is known to do, or a call of their accessor.</summary>
internal sealed class PropertyCalls(Frame frame, Resources resources, KnownMembers known, Calls calls, Intrinsics intrinsics, Lazies lazies, OwningHandles handles, UnknownCalls unknown)
{
    public Value ReadProperty(IPropertyReferenceOperation reference)
    {
        var isReference = calls.WantsReference;
        var value = ReadPropertyOrReference(reference);
        return isReference || reference.Property.GetMethod is not { } getter ? value : calls.Load(getter, value, reference);
    }

    private Value ReadPropertyOrReference(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (References.BackingField(property) is not null && calls.References.PlaceOf(reference) is { } field)
        {
            return frame.Read(field);
        }

        var (receiver, place) = calls.EvalReceiver(reference.Instance);
        if (property.IsAbstract && receiver is Sym { Kind: SymKind.NewObject } made && calls.References.FieldBehind(property, made) is { } behind)
        {
            return frame.Read(behind);
        }

        var arguments = calls.EvalArguments(reference.Arguments);
        if ((intrinsics.TryRead(reference, receiver) ?? calls.Sequences.TryRead(reference, receiver) ?? calls.Waits.TryRead(reference, receiver) ?? lazies.TryRead(reference, receiver) ?? calls.Collections.TryRead(reference, receiver, arguments) ?? handles.TryRead(reference, receiver)) is { } found)
        {
            return found;
        }

        if (property.GetMethod is not { } getter)
        {
            return frame.Universe.Result(reference);
        }

        if (property.ContainingType.SpecialType == SpecialType.System_Array && resources.IsReleased(receiver ?? Value.Unknown))
        {
            // how long a returned array is does not change, whoever has it
            return StableRead(receiver, property, reference);
        }

        if (IsSizeOfView(property) && receiver is Pointer or Sym)
        {
            // how long a span is it knows itself, whatever has become of the memory
            return StableRead(receiver, property, reference);
        }

        var contract = known.ContractOf(getter);
        if (contract is { Family: null, ReceiverHandover: Handover.Unknown or Handover.Borrows, NeverReturns: false } && arguments.IsEmpty)
        {
            contract = null;
        }

        var call = new Call(reference, getter, reference.Instance, receiver, place, arguments);
        if (contract is null && receiver is Pointer pointer && !Calls.IsExtensionMember(getter))
        {
            return ReadPropertyOfBlock(reference, pointer);
        }

        if (contract is null && calls.SummaryOf(call) is null)
        {
            if (receiver is not null)
            {
                resources.Use(receiver, reference, "used");
            }

            calls.HandOverUnlessIndex(arguments, reference);
            if (!property.DeclaringSyntaxReferences.IsEmpty || arguments.Length > 0)
            {
                unknown.Throws(call);
            }

            return arguments.Length > 0 || property.Name == "Current" ? calls.FreshResult(reference) : StableRead(receiver, property, reference);
        }

        return calls.Apply(call, contract);
    }

    public void WriteProperty(IPropertyReferenceOperation reference, Value value, IOperation at)
    {
        var property = reference.Property;
        if (References.BackingField(property) is { } backing)
        {
            if (calls.References.MemberPlace(reference.Instance, backing, property.IsStatic) is { } field)
            {
                frame.Write(field, value, at);
                return;
            }
        }

        var (receiver, place) = calls.EvalReceiver(reference.Instance);
        var arguments = calls.EvalArguments(reference.Arguments);
        if (calls.Collections.TryWrite(reference, receiver, arguments, value, at))
        {
            return;
        }

        if (property.SetMethod is not { } setter)
        {
            if (receiver is not null)
            {
                resources.Use(receiver, reference, "written");
            }

            if (property is { ReturnsByRef: true, GetMethod.DeclaringSyntaxReferences.IsEmpty: false } && ReadPropertyOrReference(reference) is Pointer { IsView: true } memory)
            {
                // what the getter refers to is written; where that is a field, and not what it leads to, the field gets another value
                resources.Use(memory, reference, "written");
            }

            resources.Transfer(value, Destination.Elsewhere, at);
            return;
        }

        if (receiver is not null)
        {
            resources.Use(receiver, reference, "written");
        }

        if (receiver is Pointer { IsView: true } || (reference.Property.IsIndexer && receiver is Pointer))
        {
            // which element holds it now cannot be told
            resources.Transfer(value, Destination.Elsewhere, at);
            return;
        }

        var given = arguments.Add(new Argument(setter.Parameters.LastOrDefault(), reference, value, null));
        var call = new Call(reference, setter, reference.Instance, receiver, place, given);
        if (known.ContractOf(setter) is null && calls.SummaryOf(call) is null)
        {
            calls.Throws(reference, null);
            resources.Transfer(value, Destination.OtherObject, at);
            foreach (var index in arguments)
            {
                if (index.Value is Pointer { IsView: false })
                {
                    // the key of a table: who goes through the keys may release it
                    resources.Transfer(index.Value, Destination.OtherObject, at);
                }
            }

            return;
        }

        calls.Apply(call, known.ContractOf(setter));
    }

    private Value ReadPropertyOfBlock(IPropertyReferenceOperation reference, Pointer pointer)
    {
        resources.Use(pointer, reference, "used");
        if (reference.Property.Name == "Current")
        {
            // an enumerator over a view: another element each time
            return calls.FreshResult(reference);
        }

        return reference.Type is { } type && type.SpecialType == SpecialType.None && type.TypeKind is TypeKind.Struct or TypeKind.Array or TypeKind.Pointer && Calls.IsViewType(type)
            ? pointer with { IsView = true }
            : StableRead(pointer, reference.Property, reference);
    }

    private Value StableRead(Value? receiver, IPropertySymbol property, IOperation at)
    {
        if (receiver is UnknownValue or Sym { Nesting: > Sym.MaxNesting })
        {
            return calls.FreshResult(at);
        }

        if (property.Name == "IsEmpty" && receiver is not null && PureFunctions.SizeOf(property) is { } size)
        {
            // there are none: the same question in other words
            return Conditions.Make(Operator.Equal, StableRead(receiver, size, at), new Const(0L));
        }

        var read = frame.Universe.Read(receiver ?? new Const(property.ContainingType.Name), property, property.Type);
        if (property is { Name: "Length" or "Count", Type.SpecialType: SpecialType.System_Int32, DeclaringSyntaxReferences.IsEmpty: true } && frame.State.FactOf(read).IsNone)
        {
            frame.State = frame.State.WithFact(read, Fact.None with { Minimum = 0 });
        }

        if (receiver is Sym { Type.SpecialType: SpecialType.System_String } text && frame.State.FactOf(text).IsNone)
        {
            frame.State = frame.State.WithFact(text, Fact.IsNot(null));
        }

        return read;
    }

    private static bool IsSizeOfView(IPropertySymbol property) =>
        (property.Name is "Position" or "Length" or "Capacity" or "CanRead" or "CanSeek" or "CanWrite" && MemoryReaders.IsStream(property.ContainingType)) || property is { Name: "Length" or "IsEmpty" or "Count" or "Offset", ContainingType: { TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: true } type } && Calls.IsViewType(type) && type.Name != "ReadOnlySequence";
}
