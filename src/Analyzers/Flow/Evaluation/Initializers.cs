using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>Arrays, collections and tuples that are made of their elements.</summary>
internal sealed class Initializers(Evaluator evaluator, Frame frame, Calls calls)
{
    public Value EvalTuple(ITupleOperation tuple)
    {
        var members = ImmutableDictionary.CreateBuilder<object, Value>(MemberComparer.Instance);
        var elements = (tuple.Type as INamedTypeSymbol)?.TupleElements ?? ImmutableArray<IFieldSymbol>.Empty;
        for (var i = 0; i < tuple.Elements.Length; i++)
        {
            var value = evaluator.Eval(tuple.Elements[i]);
            if (i < elements.Length)
            {
                members[References.KeyOf(elements[i])] = value;
            }
        }

        return new Aggregate(members.ToImmutable());
    }

    public Value EvalArray(IArrayCreationOperation array)
    {
        if (NewArrays.IsEmpty(array))
        {
            return calls.FreshResult(array);
        }

        var length = Value.Unknown;
        foreach (var size in array.DimensionSizes)
        {
            length = evaluator.Eval(size);
        }

        var made = calls.Fresh(array);
        if (array.DimensionSizes.Length == 1 && length is not UnknownValue && frame.Universe.Member(frame.Universe.Object(made), "length", array.DimensionSizes[0].Type) is { } lengthPlace)
        {
            frame.State = frame.State.WithValue(lengthPlace, length);
        }

        if (array.Initializer is { } initializer)
        {
            Fill(made, initializer.ElementValues, array);
        }

        return made;
    }

    private void Fill(Sym made, IEnumerable<IOperation> elements, IOperation array)
    {
        var index = 0L;
        foreach (var element in elements)
        {
            var value = evaluator.Eval(element);
            if (value is not Const)
            {
                if (index < 16 && element.Type is not null && frame.Universe.Member(frame.Universe.Object(made), index, (array.Type as IArrayTypeSymbol)?.ElementType) is { } place)
                {
                    frame.Write(place, value, array);
                }
                else
                {
                    frame.Escape(value, array);
                }
            }

            index++;
        }
    }

    /// <summary><c>[a, b]</c>: an array is followed element by element; other collections are given what is in them.</summary>
    public Value EvalCollection(IOperation collection)
    {
        var hasSpread = collection.ChildOperations.Any(child => child.Type is null);
        if (collection.Type is IArrayTypeSymbol && !hasSpread)
        {
            if (NewArrays.IsEmpty(collection))
            {
                return calls.FreshResult(collection);
            }

            var made = calls.Fresh(collection);
            Fill(made, collection.ChildOperations, collection);
            return made;
        }

        foreach (var element in collection.ChildOperations)
        {
            // tasks that are gathered go on using what they use, and take nothing over
            if (evaluator.Eval(element) is var value and not Borrower)
            {
                calls.HandOver(value, collection);
            }
        }

        return calls.FreshResult(collection);
    }

    public Value EvalAll(ImmutableArray<IOperation> operations, bool escapes)
    {
        foreach (var operation in operations)
        {
            var value = evaluator.Eval(operation);
            if (escapes)
            {
                frame.Escape(value, operation);
            }
        }

        return Value.Unknown;
    }
}
