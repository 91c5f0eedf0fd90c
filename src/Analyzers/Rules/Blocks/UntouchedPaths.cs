using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// The ways from where a variable is given a value to where it ends, or is given the next one, on which nobody has had anything to do with it
/// but look at it. A place where some ways have met that did and some that did not is none of these: which of them there are nobody knows here.
/// </summary>
/// <param name="graph">The graph of the body.</param>
/// <param name="variable">The variable.</param>
/// <param name="giving">What gives it its value.</param>
/// <param name="isLook">Whether a mention of the variable only looks at it.</param>
internal sealed class UntouchedPaths(ControlFlowGraph graph, ILocalSymbol variable, IInvocationOperation giving, Func<IOperation, bool> isLook)
{
    private const int MaxSteps = 16;

    private enum Hold
    {
        /// <summary>The variable has nothing yet, or nothing after all.</summary>
        Nothing,
        Untouched,
        Touched,
    }

    /// <summary>The end of such a way: the conditions that lead there, the last one first; null when there is none.</summary>
    public List<(IOperation Condition, bool Outcome)>? Find(CancellationToken cancellationToken)
    {
        var entry = new Hold?[graph.Blocks.Length];
        var pending = new Stack<int>();
        entry[0] = Hold.Nothing;
        pending.Push(0);
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var block = graph.Blocks[pending.Pop()];
            foreach (var (branch, hold) in Leaving(block, Through(block, entry[block.Ordinal]!.Value)))
            {
                if (branch.Destination is { } next)
                {
                    var met = entry[next.Ordinal] is { } other ? Meet(other, Behind(branch, hold)) : Behind(branch, hold);
                    if (entry[next.Ordinal] != met)
                    {
                        entry[next.Ordinal] = met;
                        pending.Push(next.Ordinal);
                    }
                }
            }
        }

        foreach (var block in graph.Blocks)
        {
            if (entry[block.Ordinal] is not { } before)
            {
                continue;
            }

            foreach (var (branch, hold) in Leaving(block, Through(block, before)))
            {
                if (hold == Hold.Untouched && IsLost(branch))
                {
                    return ConditionsOf(block, branch);
                }
            }
        }

        return null;
    }

    private static Hold Meet(Hold one, Hold other) => one == other ? one : one == Hold.Nothing ? other : other == Hold.Nothing ? one : Hold.Touched;

    private Hold Through(BasicBlock block, Hold hold)
    {
        foreach (var operation in block.Operations)
        {
            hold = Through(operation, hold);
        }

        return block.BranchValue is { } value ? Through(value, hold) : hold;
    }

    private Hold Through(IOperation operation, Hold hold)
    {
        var gives = false;
        foreach (var inner in operation.DescendantsAndSelf())
        {
            if (inner is IInvocationOperation call && call.Syntax == giving.Syntax)
            {
                gives = true;
            }
            else if (inner is ILocalReferenceOperation { Local: var mentioned } mention && SymbolEqualityComparer.Default.Equals(mentioned, variable) && !IsGiven(mention) && !isLook(mention))
            {
                hold = hold == Hold.Untouched ? Hold.Touched : hold;
            }
        }

        return gives ? Hold.Untouched : hold;
    }

    /// <summary>The variable is what gets the value.</summary>
    private bool IsGiven(IOperation mention)
    {
        while (mention.Parent is IDeclarationExpressionOperation or IConversionOperation)
        {
            mention = mention.Parent;
        }

        return mention.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => call.Syntax == giving.Syntax,
            ISimpleAssignmentOperation assignment when assignment.Target == mention => assignment.Value.DescendantsAndSelf().Any(inner => inner.Syntax == giving.Syntax),
            _ => false,
        };
    }

    /// <summary>The ways out of a block; where the block asks whether there is a value, the one on which there is none has nothing.</summary>
    private IEnumerable<(ControlFlowBranch Branch, Hold Hold)> Leaving(BasicBlock block, Hold hold)
    {
        var answer = block.ConditionKind != ControlFlowConditionKind.None && block.BranchValue is { } value ? HasValueWhen(value) : null;
        if (block.ConditionalSuccessor is { } conditional)
        {
            yield return (conditional, answer is { } wanted && wanted != (block.ConditionKind == ControlFlowConditionKind.WhenTrue) ? Hold.Nothing : hold);
        }

        if (block.FallThroughSuccessor is { } next)
        {
            yield return (next, answer is { } wanted && wanted != (block.ConditionKind == ControlFlowConditionKind.WhenFalse) ? Hold.Nothing : hold);
        }
    }

    /// <summary>How a condition turns out when the variable has a value; null when it says nothing of that.</summary>
    private bool? HasValueWhen(IOperation condition) => condition switch
    {
        IInvocationOperation call when call.Syntax == giving.Syntax => true,
        ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } answer when IsAnswer(answer.Local) => true,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negated => !HasValueWhen(negated.Operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when IsNothing(comparison.RightOperand) && IsIt(comparison.LeftOperand) => comparison.OperatorKind == BinaryOperatorKind.NotEquals,
        IIsNullOperation { Operand: var asked } when IsIt(asked) => false,
        IIsPatternOperation { Value: var asked, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } when IsIt(asked) => false,
        IIsPatternOperation { Value: var asked, Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } } when IsIt(asked) => true,
        IIsPatternOperation { Value: var asked, Pattern: IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true } } when IsIt(asked) => true,
        _ => null,
    };

    /// <summary>The variable says whether there is a value: <c>bool any = queue.TryDequeue(out item);</c>, and nothing else is put into it.</summary>
    private bool IsAnswer(ILocalSymbol local)
    {
        var isAnswer = false;
        foreach (var operation in graph.Blocks.SelectMany(static block => block.Operations))
        {
            foreach (var inner in operation.DescendantsAndSelf())
            {
                if (inner is IAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned } } assignment && SymbolEqualityComparer.Default.Equals(assigned, local))
                {
                    if (assignment.Value.Syntax != giving.Syntax)
                    {
                        return false;
                    }

                    isAnswer = true;
                }
            }
        }

        return isAnswer;
    }

    private static bool IsNothing(IOperation operation) => BodyAnalysis.StripConversions(operation) is { ConstantValue: { HasValue: true, Value: null or 0 } } or IDefaultValueOperation or IFieldReferenceOperation { Field.Name: "Zero" };

    private bool IsIt(IOperation operation) => BodyAnalysis.StripConversions(operation) switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
        ISimpleAssignmentOperation assignment => IsIt(assignment.Target),
        _ => false,
    };

    /// <summary>What a <c>finally</c> on the way does with the variable.</summary>
    private Hold Behind(ControlFlowBranch branch, Hold hold) => hold == Hold.Untouched && IsMentionedIn(branch) ? Hold.Touched : hold;

    private bool IsMentionedIn(ControlFlowBranch branch) => branch.FinallyRegions.Any(region => Enumerable.Range(region.FirstBlockOrdinal, region.LastBlockOrdinal - region.FirstBlockOrdinal + 1).Any(at =>
        graph.Blocks[at].Operations.Concat(graph.Blocks[at].BranchValue is { } value ? [value] : []).Any(operation => operation.DescendantsAndSelf().Any(inner => inner is ILocalReferenceOperation { Local: var mentioned } && SymbolEqualityComparer.Default.Equals(mentioned, variable)))));

    /// <summary>The way leads out of the body, out of where the variable is declared, or to where it is given the next value, and over nothing else.</summary>
    private bool IsLost(ControlFlowBranch branch)
    {
        for (var steps = 0; steps < MaxSteps && !IsMentionedIn(branch); steps++)
        {
            if (branch.Semantics == ControlFlowBranchSemantics.Throw)
            {
                return IsOutsideOfTry(branch.Source.EnclosingRegion) && branch.Source.BranchValue is not null;
            }

            if (branch.Destination is not { } next || branch.Semantics is not (ControlFlowBranchSemantics.Regular or ControlFlowBranchSemantics.Return))
            {
                return false;
            }

            if (next.Kind == BasicBlockKind.Exit || branch.LeavingRegions.Any(region => region.Locals.Contains(variable)) || GivesFirst(next))
            {
                return true;
            }

            if (!next.Operations.IsEmpty || next.BranchValue is not null || next.FallThroughSuccessor is not { } further)
            {
                return false;
            }

            branch = further;
        }

        return false;
    }

    private static bool IsOutsideOfTry(ControlFlowRegion? region)
    {
        for (; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind is ControlFlowRegionKind.Try or ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally or ControlFlowRegionKind.Catch or ControlFlowRegionKind.Finally)
            {
                return false;
            }
        }

        return true;
    }

    private bool GivesFirst(BasicBlock block) =>
        block.Operations.Concat(block.BranchValue is { } value ? [value] : []).FirstOrDefault() is { } first && first.DescendantsAndSelf().Any(inner => inner is IInvocationOperation call && call.Syntax == giving.Syntax);

    /// <summary>The conditions back to where the variable is given its value, as long as only one way leads there.</summary>
    private List<(IOperation Condition, bool Outcome)> ConditionsOf(BasicBlock block, ControlFlowBranch branch)
    {
        var conditions = new List<(IOperation, bool)>();
        for (var steps = 0; steps < MaxSteps; steps++)
        {
            if (block.ConditionKind != ControlFlowConditionKind.None && block.BranchValue is { } condition)
            {
                if (condition.DescendantsAndSelf().Any(inner => inner.Syntax == giving.Syntax))
                {
                    break;
                }

                conditions.Add((condition, branch.IsConditionalSuccessor == (block.ConditionKind == ControlFlowConditionKind.WhenTrue)));
            }

            if (block.Predecessors.Length != 1)
            {
                break;
            }

            branch = block.Predecessors[0];
            block = branch.Source;
        }

        return conditions;
    }
}
