using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>Parts of arrays, spans, memories and strings that are taken with <c>^</c> and <c>..</c>.</summary>
internal sealed class Slices
{
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly Calls _calls;

    public Slices(Frame frame, Resources resources, Calls calls)
    {
        _frame = frame;
        _resources = resources;
        _calls = calls;
    }

    /// <summary>Whether a range is taken of an array: that makes a new array.</summary>
    public bool IsCopy(IArrayElementReferenceOperation element) => element.Indices.Length == 1 && IsRange(element.Indices[0]);

    /// <summary>The new array that a range of an array gives.</summary>
    public Value Copy(IArrayElementReferenceOperation element)
    {
        _resources.Use(_calls.Eval(element.ArrayReference), element, "read");
        _calls.Eval(element.Indices[0]);
        return _calls.Fresh(element);
    }

    /// <summary>A part of a span or memory is a view over the same block; an element or a part of something else is not.</summary>
    public Value Read(IImplicitIndexerReferenceOperation indexer)
    {
        var whole = _calls.Eval(indexer.Instance);
        var index = _calls.Eval(indexer.Argument);
        _resources.Use(whole, indexer, "used");
        _resources.Use(index, indexer, "used");
        if (whole is Sym { Kind: SymKind.NewObject } table && !IsRange(indexer.Argument) && Frame.CanCarry(indexer.Type))
        {
            // counted from the end: some element
            return _frame.Tables.Element(indexer, table, indexer.Type, isCursor: false, _calls.InLoop);
        }

        if (!IsRange(indexer.Argument) && _calls.Collections.ReadFromEnd(indexer, indexer.Instance.Type, whole) is { } element)
        {
            return element;
        }

        if (!IsRange(indexer.Argument) || indexer.Instance.Type is not { } type || !Calls.IsViewType(type))
        {
            return _calls.WantsReference && whole is Pointer of ? of with { IsView = true } : _calls.FreshResult(indexer);
        }

        return whole switch
        {
            Pointer pointer => From(pointer, StartOf(indexer.Argument), type),
            NotHeap or Const => whole,
            Sym { IsInput: true } given => From(new Pointer(_frame.Universe.External(given), IsView: true), StartOf(indexer.Argument), type),
            _ => _calls.FreshResult(indexer),
        };
    }

    /// <summary>A view that begins at <paramref name="start"/> of another.</summary>
    public static Pointer From(Pointer whole, Value start, ITypeSymbol type)
    {
        // a memory still leads to the whole array, wherever it begins
        if (type.MetadataName is not ("Span`1" or "ReadOnlySpan`1"))
        {
            return whole;
        }

        return start switch
        {
            Const { Value: 0L } => whole,
            Const { Value: > 0L } when whole.Offset != Offset.Somewhere => whole with { Offset = Offset.Inside, Distance = null },
            _ => whole with { Offset = Offset.Somewhere, Distance = null },
        };
    }

    /// <summary>Where a range begins; unknown when it is counted from the end.</summary>
    private Value StartOf(IOperation argument)
    {
        if (argument is not IRangeOperation range)
        {
            return Value.Unknown;
        }

        return range.LeftOperand switch
        {
            null => new Const(0L),
            IConversionOperation { Operand: var start } => _calls.Eval(start),
            _ => Value.Unknown,
        };
    }

    private static bool IsRange(IOperation argument) => argument.Type is { Name: "Range" } type && type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
}
