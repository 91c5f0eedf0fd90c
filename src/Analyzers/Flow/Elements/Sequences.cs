using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary>
/// Sequences whose elements are made when somebody asks for them: what an iterator of the source yields, and what
/// <c>Select</c> makes of each element. To read an element is to call what makes it; a sequence that nobody goes through
/// makes none.
/// </summary>
internal sealed class Sequences
{
    private readonly Frame _frame;
    private readonly Calls _calls;
    private readonly Dictionary<Value, Func<IOperation, Value>> _elements = new();

    public Sequences(Frame frame, Calls calls)
    {
        _frame = frame;
        _calls = calls;
    }

    /// <summary>The unknown value is a sequence, each of whose elements comes from <paramref name="element"/>.</summary>
    public Value Add(Value sequence, Func<IOperation, Value> element)
    {
        _elements[sequence] = element;
        return sequence;
    }

    /// <summary>The result of going through such a sequence, or of a query over one; null when the call is another.</summary>
    public Value? TryApply(Call call)
    {
        var at = call.Operation;
        if (call.Receiver is { } walked && _elements.TryGetValue(walked, out var element))
        {
            return call.Method.Name switch
            {
                "GetEnumerator" or "GetAsyncEnumerator" when IsOfLoop(at) => Add(_calls.FreshResult(at), element),
                "MoveNext" or "MoveNextAsync" or "Dispose" or "DisposeAsync" when IsOfLoop(at) => _calls.FreshResult(at),
                _ => null,
            };
        }

        if (!IsQuery(call.Method) || call.Arguments.IsEmpty)
        {
            return null;
        }

        var source = call.Arguments[0].Value;
        if (source is Sym { Kind: SymKind.NewObject } && IsOnlyAsked(call))
        {
            // how many there are, or what comes of all of them
            _calls.Throws(at, null);
            return _calls.FreshResult(at);
        }

        if (source is Borrower walkedNow && call.Method.Name is "ToList" or "ToArray" or "ToHashSet" or "ToDictionary" or "ToLookup" or "Any" or "All" or "Count" or "Sum" or "Min" or "Max" or "Average" or "Aggregate" or "First" or "Last" or "Single" && !Frame.CanCarry(call.Method.TypeArguments.FirstOrDefault()))
        {
            // it is gone through here, and what comes of it leads nowhere
            _calls.Use(walkedNow, at, "used by " + call.DisplayName);
            _calls.Throws(at, null);
            return _calls.FreshResult(at);
        }

        _elements.TryGetValue(source, out element);
        if (element is not null && call.Arguments.Skip(1).Any(static argument => argument.Value is Closure) && IsOnlyAsked(call))
        {
            // each of them is made for one answer, and nobody has it afterwards
            element(at);
            _calls.Throws(at, null);
            return _calls.FreshResult(at);
        }

        switch (call.Method.Name)
        {
            case "Select" when call.Arguments.Length == 2 && call.Arguments[1].Value is Closure selector && call.Method.TypeArguments.Length == 2 && Frame.CanCarry(call.Method.TypeArguments[1]):
                _calls.HandOver(selector, at);
                return Add(_calls.FreshResult(at), next => _calls.Call(selector, new Call(next, selector.Target, null, selector.Receiver, null, selector.Target.Parameters.Take(1).Select(parameter => new Argument(parameter, next, element is null ? Value.Unknown : element(next), null)).ToImmutableArray())));
            case "Where" or "Skip" or "Take" or "SkipWhile" or "TakeWhile" or "OrderBy" or "OrderByDescending" or "AsEnumerable" or "Distinct" or "WithCancellation" or "ConfigureAwait" when element is not null:
                return Add(_calls.FreshResult(at), element);
            case "ToList" or "ToArray" or "ToHashSet" when element is not null && call.Arguments.Length == 1:
                return Collect(call, element);
            case "First" or "Single" or "Last" or "ElementAt" when element is not null && call.Arguments.Length == 1:
                return element(at);
            default:
                return Later(call, source);
        }
    }

    /// <summary>A query that goes through an array of the body, and calls its functions, when somebody goes through it uses the array and what they have captured until then; null when it uses nothing.</summary>
    private Value? Later(Call call, Value source)
    {
        if (call.Method.ReturnType is not INamedTypeSymbol { TypeKind: TypeKind.Interface, Name: "IEnumerable" or "IOrderedEnumerable" or "IAsyncEnumerable" } sequence)
        {
            return null;
        }

        var used = new List<Block>((source as Borrower)?.Blocks ?? ImmutableArray<Block>.Empty);
        if (source is Pointer { Block: { Site: not null } walkedLater } && !sequence.TypeArguments.Any(Frame.CanCarry))
        {
            used.Add(walkedLater);
        }

        foreach (var function in call.Arguments.Select(static argument => argument.Value).OfType<Closure>())
        {
            _calls.HandOverTo(call, function);
            used.AddRange(_calls.UsedBy(function, call.Operation).Where(block => !used.Contains(block)));
        }

        return used.Count == 0 ? null : new Borrower(_calls.FreshResult(call.Operation), used.ToImmutableArray()) { OnlyUses = true };
    }

    /// <summary>Whether the query gives none of the elements, and does nothing to any.</summary>
    private bool IsOnlyAsked(Call call) =>
        call.Method.Name is "Any" or "All" or "Count" or "LongCount" or "Sum" or "Average" or "Min" or "Max" or "Contains" && !Frame.CanCarry(call.Method.ReturnType) &&
        call.Arguments.Skip(1).All(argument => argument.Parameter?.Type.TypeKind != TypeKind.Delegate ||
            (argument.Value is Closure asked && _calls.SummaryOf(asked) is { } summary && summary.Outcomes.Concat(summary.Throwing).All(static outcome => outcome.Effects.IsEmpty && outcome.Writes.IsEmpty)));

    /// <summary>The element that a loop is at; null when the property is another.</summary>
    public Value? TryRead(IPropertyReferenceOperation reference, Value? receiver) =>
        receiver is not null && reference.Property.Name == "Current" && IsOfLoop(reference) && _elements.TryGetValue(receiver, out var element) ? element(reference) : null;

    /// <summary>A collection of them all.</summary>
    private Value Collect(Call call, Func<IOperation, Value> element)
    {
        var at = call.Operation;
        var one = element(at);
        var made = _calls.Fresh(at);
        foreach (var block in _frame.BlocksIn(one))
        {
            if (block.Site is not null)
            {
                block.IsInTable = true;
                _frame.Tables.Note(made, block, one is not Pointer { IsView: true });
            }
        }

        // the first of them stands for all
        if (_frame.Universe.Member(_frame.Universe.Object(made), 0L, call.Method.TypeArguments[0]) is { } first)
        {
            _frame.State = _frame.State.WithValue(first, one);
        }

        return made;
    }

    /// <summary>Whether it is <c>foreach</c> that does so: it reads each element once.</summary>
    private static bool IsOfLoop(IOperation operation) => operation.IsImplicit && operation.Syntax.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is not null;

    private static bool IsQuery(IMethodSymbol method) =>
        method.ContainingType is { Name: "Enumerable" or "AsyncEnumerable" or "TaskAsyncEnumerableExtensions", DeclaringSyntaxReferences.IsEmpty: true };
}
