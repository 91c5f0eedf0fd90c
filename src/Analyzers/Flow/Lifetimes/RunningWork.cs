using System.Collections.Immutable;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>
/// Notes which blocks are in use by work that nobody waits for: a task that is dropped, a thread, a timer, that was handed
/// the block or captured it. Only what certainly uses the block after the call has come back is noted.
/// </summary>
internal sealed class RunningWork
{
    private readonly Frame _frame;
    private readonly KnownMembers _known;
    private readonly ISummarySource _summaries;

    public RunningWork(Frame frame, KnownMembers known, ISummarySource summaries)
    {
        _frame = frame;
        _known = known;
        _summaries = summaries;
    }

    /// <summary><see cref="NameOf"/> in the middle of a sentence.</summary>
    public static string InsertionOf(IOperation call) => NameOf(call) is var name && name.IndexOf(',') >= 0 ? name + "," : name;

    /// <summary>What messages say of work that <paramref name="call"/> has started.</summary>
    private static string NameOf(IOperation call) => call switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke } } => "a delegate that is not awaited",
        IInvocationOperation { TargetMethod: { ContainingType: { } type } method } => $"'{(method.MethodKind == MethodKind.LocalFunction ? "" : type.Name + ".")}{method.Name}', which nobody waits for",
        IObjectCreationOperation { Type: { } made } => $"'new {made.Name}', which nobody waits for",
        IAwaitOperation => "the task that was given up waiting for",
        _ => "work that nobody waits for",
    };

    /// <summary>Whether a method gives a task, or starts something whose end nobody can see.</summary>
    public static bool IsAsynchronous(IMethodSymbol method) => method is { ReturnsVoid: true, IsAsync: true } || IsTask(method.ReturnType);

    /// <summary>Whether a type is a task of the platform.</summary>
    public static bool IsTask(ITypeSymbol type) =>
        type.MetadataName is "Task" or "Task`1" or "ValueTask" or "ValueTask`1" && type.ContainingNamespace?.ToDisplayString() == "System.Threading.Tasks";

    /// <summary>The blocks of the body that <paramref name="call"/>, about to be carried out, leaves in use when it has come back.</summary>
    public ImmutableArray<Block> UsedAfter(Call call)
    {
        if (_frame.State.Blocks.IsEmpty || call.Operation.Syntax is not ExpressionSyntax syntax || !_frame.State.Blocks.Any(pair => IsOwn(pair.Key, pair.Value)))
        {
            return ImmutableArray<Block>.Empty;
        }

        if (LongLivedWork.Defers(call.Method))
        {
            return LongLivedWork.StartedBy(syntax, _summaries.ModelOf(syntax.SyntaxTree), CancellationToken.None) is null
                ? ImmutableArray<Block>.Empty
                : OwnBlocks(call.Arguments.SelectMany(argument => BlocksOf(argument.Value)));
        }

        return IsAsynchronous(call.Method) && LongLivedWork.IsLeftRunning(syntax, _summaries.ModelOf(syntax.SyntaxTree), CancellationToken.None)
            ? OwnBlocks(LateUsesOf(call))
            : ImmutableArray<Block>.Empty;
    }

    /// <summary>The call has been carried out, and left <paramref name="blocks"/> in use.</summary>
    public void Note(ImmutableArray<Block> blocks, IOperation work)
    {
        foreach (var block in blocks)
        {
            if (_frame.State[block] is { } state)
            {
                _frame.Log.Add(new Finding(FindingKind.LeftRunning, block, work, state, _frame.State.Path) { Function = InsertionOf(work) });
                if (state.Ownership == Ownership.Owned || (state.Ownership == Ownership.Transferred && ReferenceEquals(state.TransferredAt, work) && !ReleasesSomething(work)))
                {
                    _frame.State = _frame.State.WithBlock(block, state with { StillUsedBy = work });
                }
            }
        }
    }

    /// <summary>The blocks of the body that a lambda mentions which <paramref name="method"/> runs elsewhere: in use until the task ends that the method gives.</summary>
    public ImmutableArray<Block> UsedUntilEnd(Closure closure, IMethodSymbol method) =>
        IsTask(method.ReturnType) && LongLivedWork.Defers(method) ? OwnBlocks(BlocksOf(closure)) : ImmutableArray<Block>.Empty;

    /// <summary>Whether a call runs the function that it is handed, now or later.</summary>
    public static bool Runs(IMethodSymbol method) =>
        LongLivedWork.Defers(method) || method.ContainingType is { Name: "Parallel" or "Enumerable" or "ParallelEnumerable", DeclaringSyntaxReferences.IsEmpty: true };

    /// <summary>Who releases anything in the work that he starts may count who is the last.</summary>
    private bool ReleasesSomething(IOperation work) =>
        work is IInvocationOperation { Arguments: var arguments } && arguments.Any(argument => (argument.Value is IDelegateCreationOperation delegated ? delegated.Target : argument.Value) is IFlowAnonymousFunctionOperation lambda &&
            _summaries.SummaryOf(lambda) is { } summary && summary.Outcomes.Concat(summary.Throwing).Any(static outcome => outcome.Effects.Any(static effect => effect.Ownership == Ownership.Released)));

    private static bool IsOwn(Block block, BlockState state) => block.Site is not null && state.Ownership == Ownership.Owned;

    private ImmutableArray<Block> OwnBlocks(IEnumerable<Block> blocks) =>
        blocks.Where(block => _frame.State[block] is { } state && IsOwn(block, state)).Distinct().ToImmutableArray();

    private IEnumerable<Block> LateUsesOf(Call call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter)
            {
                continue;
            }

            if (UsesLate(call.Method, parameter))
            {
                foreach (var block in BlocksOf(argument.Value))
                {
                    yield return block;
                }
            }
            else if (parameter.Type.MetadataName is "Memory`1" or "ReadOnlyMemory`1" && !_summaries.HasBody(call.Method))
            {
                // Who takes a memory and gives a task may use the memory until the task ends; for what ends by itself that is enough.
                foreach (var block in BlocksOf(argument.Value).Where(block => block.Family is { Lifetime: Lifetime.Request }))
                {
                    yield return block;
                }
            }
        }

        foreach (var block in CapturedLate(call))
        {
            yield return block;
        }
    }

    /// <summary>The blocks of the body that a local function or lambda captures and uses late.</summary>
    public ImmutableArray<Block> CapturedLate(Call call)
    {
        var function = call.Receiver is Closure { Body: { } lambda } ? lambda.Syntax
            : call.Method is { MethodKind: MethodKind.LambdaMethod or MethodKind.LocalFunction, DeclaringSyntaxReferences: { IsEmpty: false } declarations } ? declarations[0].GetSyntax()
            : null;
        return function is null ? ImmutableArray<Block>.Empty : OwnBlocks(Captured(variable => _summaries.UsesLate(variable, function)));
    }

    /// <summary>A library method that borrows what it is handed and gives a task uses it until the task ends.</summary>
    private bool UsesLate(IMethodSymbol method, IParameterSymbol parameter) =>
        method.DeclaringSyntaxReferences.IsEmpty ? IsUsedByTask(_known, method, parameter) : _summaries.UsesLate(parameter);

    /// <summary>Whether a library method is known to use what it is handed for <paramref name="parameter"/> until its task ends.</summary>
    public static bool IsUsedByTask(KnownMembers known, IMethodSymbol method, IParameterSymbol parameter) =>
        IsTask(method.ReturnType) && method.ContainingType?.Name != "PipeWriter" && known.ContractOf(method) is { Family: null } contract && contract.HandoverOf(parameter.Ordinal) == Handover.Borrows;

    private IEnumerable<Block> BlocksOf(Value value) =>
        value is Closure { Body.Syntax: { } lambda } ? Captured(variable => LateUses.Mentions(lambda, variable.Name)) : _frame.BlocksIn(value);

    /// <summary>The blocks in variables of the body that <paramref name="isUsed"/> says are used.</summary>
    private IEnumerable<Block> Captured(Func<ISymbol, bool> isUsed) =>
        from pair in _frame.State.Values
        where pair.Key is { Kind: PlaceKind.Local or PlaceKind.Parameter, Root: ISymbol }
        let blocks = _frame.BlocksIn(pair.Value)
        where !blocks.IsEmpty && isUsed((ISymbol)pair.Key.Root)
        from block in blocks
        select block;
}
