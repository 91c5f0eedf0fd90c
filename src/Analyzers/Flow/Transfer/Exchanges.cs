using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary><c>Interlocked.Exchange</c> and <c>CompareExchange</c>: how blocks change hands between threads, and how many have them.</summary>
internal sealed class Exchanges
{
    private readonly Frame _frame;
    private readonly Calls _calls;
    private readonly Choices _choices;

    public Exchanges(Frame frame, Calls calls, Choices choices)
    {
        _frame = frame;
        _calls = calls;
        _choices = choices;
    }

    /// <summary>The result of the call; null when it is none of them.</summary>
    public Value? TryApply(Call call) => (call.Method.Name, call.Arguments.Length) switch
    {
        ("Exchange", 2) when call.Arguments[0].Place is { } place => Exchange(place, call.Arguments[1].Value),
        ("CompareExchange", 3) when call.Arguments[0].Place is { } place && Owns(call.Arguments[1].Value) => CompareExchange(call, place, call.Arguments[1].Value, call.Arguments[2].Value),
        ("CompareExchange", 3) when call.Arguments[0].Place is { Kind: PlaceKind.Member, Field: not null, Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } place => Renumber(call, place, call.Arguments[1].Value, call.Arguments[2].Value),
        ("CompareExchange", 3) => TakenPerhaps(call),
        ("Increment" or "Decrement", 1) when call.Arguments[0].Place is { Kind: PlaceKind.Member, Field: not null } place => Count(call, place, call.Method.Name == "Increment" ? 1 : -1),
        _ => null,
    };

    /// <summary>Takes what was there and leaves the new value: the block changes hands, it is not lost.</summary>
    private Value Exchange(Place place, Value value)
    {
        var before = _frame.Read(place);
        _frame.State = _frame.State.WithValue(place, value);
        return before;
    }

    /// <summary>What an object counts its users by: <c>if (Interlocked.Decrement(ref _users) == 0)</c>.</summary>
    private Value Count(Call call, Place place, int by)
    {
        var counted = Sums.Plus(_frame.Read(place), by);
        _frame.Write(place, counted, call.Operation);
        return counted;
    }

    /// <summary>A count goes on by a loop, or a flag is set once: <c>while (Interlocked.CompareExchange(ref _users, seen + 1, seen) != seen);</c>. No other thread is expected between the read and the exchange.</summary>
    private Value Renumber(Call call, Place place, Value value, Value comparand)
    {
        var current = _frame.Read(place);
        var before = Conditions.Make(Operator.Equal, current, comparand);
        var refused = Conditions.Assume(before, false, _frame.State);
        if (Conditions.Assume(before, true, _frame.State) is { } taken && (refused is null || _choices.Choose(2) == 0))
        {
            _frame.State = taken;
            _frame.Write(place, value, call.Operation);
            return comparand;
        }

        _frame.State = refused ?? _frame.State;
        return current;
    }

    /// <summary>Either the place holds what it is compared with, and takes the block; or something else is found there, and the block stays with the body.</summary>
    private Value CompareExchange(Call call, Place place, Value value, Value comparand)
    {
        var before = Conditions.Make(Operator.Equal, _frame.Read(place), comparand);
        var taken = Conditions.Assume(before, true, _frame.State);
        if (taken is not null && _choices.Choose(2) == 0)
        {
            _frame.State = taken.WithValue(place, value);
            return comparand;
        }

        if (_frame.Read(place) is not UnknownValue and var current && Conditions.Assume(before, false, _frame.State) is { } refused)
        {
            // what was there stays there
            _frame.State = refused;
            return current;
        }

        // it has been looked at just before: another thread was faster
        _frame.Forget(place, call.Operation);
        var found = _calls.FreshResult(call.Operation);
        _frame.State = Conditions.Assume(Conditions.Make(Operator.Equal, found, comparand), false, _frame.State) ?? _frame.State;
        return found;
    }

    private Value TakenPerhaps(Call call)
    {
        _frame.Escape(call.Arguments[1].Value, call.Operation);
        if (call.Arguments[0].Place is { } exchanged)
        {
            _frame.Forget(exchanged, call.Operation);
        }

        return _calls.FreshResult(call.Operation);
    }

    /// <summary>Whether the body owns what it offers; a rented buffer that nobody took may be left to the collector.</summary>
    private bool Owns(Value value) =>
        _frame.BlocksIn(value) is { IsEmpty: false } blocks && blocks.All(block => block is { Site: not null, Family.Lifetime: Lifetime.Process } && _frame.State[block] is { Ownership: Ownership.Owned });
}
