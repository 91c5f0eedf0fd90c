using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow;

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

    /// <summary>The task is done with its blocks, whatever holds it.</summary>
    public static void Settle(Borrower task, Frame frame)
    {
        foreach (var pair in frame.State.Values)
        {
            if (pair.Value.Equals(task))
            {
                frame.State = frame.State.WithValue(pair.Key, task.Result);
            }
        }
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
            case "Wait" or "GetAwaiter" or "RunSynchronously" when call.Receiver is Borrower task:
                _calls.Use(task, call.Operation, "used by what is waited for");
                Settle(task, _frame);
                _calls.Throws(call.Operation, null);
                return task.Result is UnknownValue ? _calls.FreshResult(call.Operation) : task.Result;

            case "WhenAll" or "WaitAll" when TasksIn(call) is { Count: > 0 } tasks:
                foreach (var task in tasks)
                {
                    _calls.Use(task, call.Operation, "used by what is waited for");
                }

                foreach (var task in tasks)
                {
                    Settle(task, _frame);
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

            case "Result" when receiver is Borrower waited && RunningWork.IsTask(reference.Property.ContainingType):
                _calls.Use(waited, reference, "used by what is waited for");
                Settle(waited, _frame);
                _calls.Throws(reference, null);
                return waited.Result is UnknownValue ? _calls.FreshResult(reference) : waited.Result;

            default:
                return null;
        }
    }

    /// <summary>The tasks among the arguments, and in arrays that are handed over.</summary>
    private List<Borrower> TasksIn(Call call)
    {
        var tasks = new List<Borrower>();
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
