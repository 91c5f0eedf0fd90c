using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>Waiting for tasks that use blocks, in every way but <c>await</c>: a task that has been waited for is done with them.</summary>
internal sealed class Waits
{
    private readonly Frame _frame;
    private readonly Calls _calls;

    public Waits(Frame frame, Calls calls)
    {
        _frame = frame;
        _calls = calls;
    }

    /// <summary>The task is done with its blocks, whatever holds it; what it gives can be asked for again.</summary>
    public static void Settle(Borrower task, Frame frame)
    {
        var done = task.Result is Pointer or Aggregate or Sym { Kind: SymKind.NewObject } ? task with { Blocks = ImmutableArray<Block>.Empty, GivenUpBy = ImmutableArray<ITypeSymbol>.Empty } : task.Result;
        foreach (var pair in frame.State.Values)
        {
            if (pair.Value.Equals(task))
            {
                frame.State = frame.State.WithValue(pair.Key, done);
            }
        }
    }

    /// <summary>Waiting fails: what the task would have given has never come to be.</summary>
    /// <param name="awaited">The task, or what it gives.</param>
    /// <param name="at">The wait.</param>
    public void Fails(Value awaited, IOperation at)
    {
        var before = _frame.State;
        foreach (var block in _frame.Givings.In(awaited is Borrower task ? task.Result : awaited))
        {
            if (block.Site?.Type is { } given && RunningWork.IsTask(given))
            {
                _frame.State = Resources.Forget(block, _frame.State);
            }
        }

        _calls.Throws(at, null);
        _frame.State = before;
    }

    /// <summary>The result of a call that waits; null when the call is another.</summary>
    public Value? TryApply(Call call)
    {
        if (call.Method.ContainingType is not { Name: "Task" or "ValueTask" or "TaskAwaiter" or "ValueTaskAwaiter" })
        {
            return null;
        }

        switch (call.Method.Name)
        {
            case "Wait" or "RunSynchronously" when call.Receiver is Borrower task:
                Get(task, call.Operation);
                return _calls.FreshResult(call.Operation);

            case "GetAwaiter" when call.Receiver is Borrower task:
                return task;

            case "GetResult" when call.Receiver is Borrower task:
                return Get(task, call.Operation);

            case "ContinueWith" or "WhenAny" or "OnCompleted" or "UnsafeOnCompleted" when !IsAwaitedForNothing(call):
                HandOverResults(TasksIn(call), call);
                return null;

            case "WhenAll" or "WaitAll" when TasksIn(call) is { Count: > 0 } tasks:
                foreach (var task in tasks)
                {
                    _calls.Use(task, call.Operation, "used by what is waited for");
                }

                foreach (var task in tasks)
                {
                    Settle(task, _frame);
                }

                if (call.Method.IsGenericMethod && !IsAwaitedForNothing(call))
                {
                    HandOverResults(tasks, call);
                }

                if (call.Method.Name == "WaitAll")
                {
                    _calls.Throws(call.Operation, null);
                }

                var result = _calls.FreshResult(call.Operation);
                return call.Method.Name == "WaitAll" ? result : new Borrower(result, tasks.SelectMany(task => task.Blocks).Distinct().ToImmutableArray());

            default:
                return null;
        }
    }

    /// <summary>The value of a property that waits, or that asks whether the task is done; null when it is another.</summary>
    public Value? TryRead(IPropertyReferenceOperation reference, Value? receiver)
    {
        switch (reference.Property.Name)
        {
            case "IsCompleted" or "IsCompletedSuccessfully" when receiver is Borrower asked:
                // who asks whether the task is done knows when it is done with the blocks
                Settle(asked, _frame);
                return _calls.FreshResult(reference);

            case "IsFaulted" or "IsCanceled" or "Exception" or "Status" when receiver is Borrower { Result: Pointer or Aggregate or Sym { Kind: SymKind.NewObject } } asked:
                // the answer tells whether there is anything
                _calls.HandOver(asked.Result, reference);
                return _calls.FreshResult(reference);

            case "Result" when receiver is Borrower waited && RunningWork.IsTask(reference.Property.ContainingType):
                return Get(waited, reference);

            default:
                return null;
        }
    }

    /// <summary><c>await Task.WhenAny(a, b);</c>: nobody looks at what the call gives.</summary>
    private static bool IsAwaitedForNothing(Call call) => call.Operation.Parent is IAwaitOperation { Parent: IExpressionStatementOperation };

    /// <summary>What the tasks give is for whoever looks at what the call gives; so is what is in a collection of tasks.</summary>
    private void HandOverResults(List<Borrower> tasks, Call call)
    {
        foreach (var task in tasks.Where(static task => task.Result is not UnknownValue))
        {
            _calls.HandOver(task.Result, call.Operation);
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Value is Sym { Kind: SymKind.NewObject } collection)
            {
                _frame.Tables.Leave(collection, call.Operation);
            }
        }
    }

    /// <summary>Waits for the task, if it still runs; gives its result.</summary>
    private Value Get(Borrower task, IOperation at)
    {
        _calls.Use(task, at, "used by what is waited for");
        Settle(task, _frame);
        Fails(task, at);
        return task.Result is UnknownValue ? _calls.FreshResult(at) : task.Result;
    }

    /// <summary>The tasks among the arguments, and in arrays that are handed over.</summary>
    private List<Borrower> TasksIn(Call call)
    {
        var tasks = new List<Borrower>();
        if (call.Receiver is Borrower self)
        {
            tasks.Add(self);
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Value is Borrower task)
            {
                tasks.Add(task);
                continue;
            }

            if (argument.Value is Sym { Kind: SymKind.NewObject } array)
            {
                tasks.AddRange(_frame.State.Values.Where(pair => pair.Key.Parent is { Kind: PlaceKind.Object } owner && ReferenceEquals(owner.Root, array)).Select(pair => pair.Value).OfType<Borrower>());
            }

            // the elements of a span that the compiler makes of the arguments
            tasks.AddRange(argument.Operation.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Select(_calls.Eval).OfType<Borrower>());
        }

        return tasks;
    }
}
