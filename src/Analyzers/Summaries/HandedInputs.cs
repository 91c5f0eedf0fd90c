using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>What a body is handed, before it runs: what it uses must not have been released, and what it does with elements that cannot be told apart is its own affair.</summary>
internal sealed class HandedInputs(Frame frame, Resources resources, References references)
{
    /// <summary>A block that has been released must not be handed to a body that goes on to use it.</summary>
    public void CheckReleasedArguments(Call call, Summary summary)
    {
        foreach (var argument in call.Arguments)
        {
            if (!resources.IsReleased(argument.Value))
            {
                resources.Touch(argument.Value, call.Operation);
            }

            if (argument.Value is NotHeap { Table: { } table })
            {
                frame.Tables.Forget(table, call.Operation);
            }

            if (argument is { Value: Sym { Kind: SymKind.NewObject, Type: IArrayTypeSymbol } elements, Parameter.Type: { } seenAs } && Calls.IsViewType(seenAs))
            {
                // what the body does to elements through a span over the array is not followed
                frame.Tables.Forget(elements, call.Operation);
            }

            if (!summary.IsAsync && call.Method.MethodKind != MethodKind.LocalFunction)
            {
                // the number of a handle, on its way to a native callback that gets its target back by it
                foreach (var number in NumbersIn(argument))
                {
                    resources.Transfer(number, Destination.Call, call.Operation);
                }
            }

            if (argument.Value is Pointer { Block: { Site: not null } block } pointer && (pointer.Offset != Offset.Start || pointer.IsView))
            {
                // '&p->x': the body writes somewhere into the block
                frame.Contents.GiveUp(block, call.Operation);
            }
        }

        if (summary.UsedInputs.IsEmpty)
        {
            return;
        }

        var translation = new Translation(frame, references, call);
        foreach (var input in summary.UsedInputs)
        {
            var value = translation.Of(input);
            if (!resources.IsReleased(value) || !(ReleasesAgain(summary, input) || IsToldOfRelease(call, value)))
            {
                resources.UseIn(call, value, isSure: summary.SurelyUsed.Any(use => use.Input == input));
            }
        }
    }

    /// <summary>The numbers of handles that are handed on as such, or in fields of a struct: <c>start(new Options { Context = GCHandle.ToIntPtr(self) })</c>.</summary>
    private static IEnumerable<Pointer> NumbersIn(Argument argument)
    {
        var pending = new Stack<(Value Value, ITypeSymbol? Type)>();
        pending.Push((argument.Value, argument.Parameter?.Type));
        while (pending.Count > 0)
        {
            switch (pending.Pop())
            {
                case (Pointer { IsView: false, Block.Family.DiscardIsDeliberate: true } number, { SpecialType: SpecialType.System_IntPtr }):
                    yield return number;
                    break;
                case (Aggregate aggregate, { IsValueType: true }):
                    foreach (var member in aggregate.Members)
                    {
                        pending.Push((member.Value, member.Key is IFieldSymbol field ? field.Type : null));
                    }

                    break;
            }
        }
    }

    /// <summary><c>Check(hook_destroy(_hook))</c>: the body is handed what the release has answered, and looks at the block where that has failed.</summary>
    private bool IsToldOfRelease(Call call, Value value) =>
        (value is Pointer pointer ? pointer.Block : value is Sym symbol ? frame.Universe.External(symbol) : null) is { } block && frame.State[block]?.ReleasedAt is { Type.SpecialType: not SpecialType.System_Void } release && call.Arguments.Any(argument => argument.Operation.DescendantsAndSelf().Contains(release));

    private static bool ReleasesAgain(Summary summary, Sym input) =>
        summary.Outcomes.Any(outcome => outcome.Effects.Any(effect => effect.Input == input));

    /// <summary>The body releases elements of a native array, or hands them on, by an index that nobody knows: those of which it is not known what it does with them.</summary>
    public void LeaveElements(Call call, Summary summary)
    {
        foreach (var input in summary.LooseInputs)
        {
            switch (new Translation(frame, references, call).Of(input))
            {
                case Pointer { Block: { Site: not null } block }:
                    var known = summary.Outcomes.SelectMany(outcome => outcome.Effects).Select(effect => effect.Input.Place).Where(place => place?.Parent is { Kind: PlaceKind.Object, Root: Sym owner } && owner == input).Select(place => place!.Root).ToList();
                    frame.Contents.GiveUp(block, call.Operation, place => !known.Contains(place.Root));
                    break;
                case Sym { IsInput: true } given:
                    frame.Tables.NoteLoose(given);
                    break;
            }
        }
    }
}
