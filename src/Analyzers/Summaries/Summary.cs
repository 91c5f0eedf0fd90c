using System.Collections.Immutable;
using System.Text;
using LifetimeAnalyzers.Flow.Exceptions;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Gives the summaries of methods and lambdas that have source in the compilation.</summary>
internal interface ISummarySource
{
    /// <summary>What a call of <paramref name="method"/> does; null when it is not known which body runs, or there is none to read.</summary>
    /// <param name="method">The method as the call binds it.</param>
    /// <param name="exactType">The receiver's exact type, when it is known.</param>
    Summary? SummaryOf(IMethodSymbol method, ITypeSymbol? exactType);

    /// <summary>What a call of the lambda does.</summary>
    Summary? SummaryOf(IFlowAnonymousFunctionOperation lambda);

    /// <summary>What the initializers of fields do that allocate something for each object of the type.</summary>
    IEnumerable<Summary> InitializersOf(INamedTypeSymbol type);

    /// <summary>Whether it is known which bodies a call of <paramref name="method"/> can run.</summary>
    bool HasBody(IMethodSymbol method);

    /// <summary>Whether the body of a method that gives a task goes on using what it is handed for <paramref name="parameter"/> after the call has come back.</summary>
    bool UsesLate(IParameterSymbol parameter);

    /// <summary>The same of a variable that a local function or lambda captures.</summary>
    bool UsesLate(ISymbol captured, SyntaxNode function);

    /// <summary>Whether all bodies that a call of <paramref name="method"/> can run only read what they are handed for <paramref name="parameter"/>.</summary>
    bool Borrows(IMethodSymbol method, ITypeSymbol? exactType, IParameterSymbol parameter);

    /// <summary>What a call of a method whose body is not followed can throw.</summary>
    Thrown ThrownBy(IMethodSymbol method, ITypeSymbol? exactType);

    /// <summary>Whether a call of the method may come back to the body at hand, so that what it does is only being found out.</summary>
    bool ComesBack(IMethodSymbol method, ITypeSymbol? exactType);

    /// <summary>The semantic model of a tree: the operations of graphs carry none.</summary>
    SemanticModel ModelOf(SyntaxTree tree);
}

/// <summary>What a body does to what it is handed, and what it hands back, in the body's own terms. Immutable.</summary>
internal sealed class Summary
{
    /// <summary>Of a body that nothing can be told of.</summary>
    public static readonly Summary Unknown = new(ImmutableArray<Outcome>.Empty, ImmutableArray<Outcome>.Empty) { IsUnknown = true };

    private int? _weight;

    public Summary(ImmutableArray<Outcome> outcomes, ImmutableArray<Outcome> throwing)
    {
        Outcomes = outcomes;
        Throwing = throwing;
        Renewals = Renewal.Among(outcomes);
    }

    /// <summary>The ways in which it returns; none when it never does.</summary>
    public ImmutableArray<Outcome> Outcomes { get; }

    /// <summary>The ways in which it throws; none when it does not.</summary>
    public ImmutableArray<Outcome> Throwing { get; }

    /// <summary>The outcomes that are another one with a grown buffer.</summary>
    public ImmutableArray<Renewal> Renewals { get; }

    /// <summary>The collections in fields of the receiver that the body leaves blocks of its own in.</summary>
    public ImmutableArray<FilledTable> Filled { get; init; } = ImmutableArray<FilledTable>.Empty;

    /// <summary>The fields of the receiver with collections out of which the body may take, release or hand on something.</summary>
    public ImmutableArray<IFieldSymbol> Opened { get; init; } = ImmutableArray<IFieldSymbol>.Empty;

    /// <summary>Whether a caller has a block less or more after the call.</summary>
    public bool Matters => !Filled.IsEmpty || !Opened.IsEmpty || Outcomes.Concat(Throwing).Concat(Yields).Any(outcome => !outcome.Blocks.IsEmpty || outcome.Effects.Any(effect => effect.Ownership == Ownership.Released) || FieldOutcomes.Detaches(outcome));

    /// <summary>The result comes when the task is awaited.</summary>
    public bool IsAsync { get; init; }

    /// <summary>The body runs later, piece by piece.</summary>
    public bool IsIterator { get; init; }

    /// <summary>The ways in which an iterator gives an element that its consumer has to release; none of another body.</summary>
    public ImmutableArray<Outcome> Yields { get; init; } = ImmutableArray<Outcome>.Empty;

    /// <summary>The body throws, if at all, only where it must not be called (<see cref="Misuse"/>).</summary>
    public bool ThrowsOnMisuse { get; init; }

    /// <summary>What the body does could not be told: calls of it are unknown calls.</summary>
    public bool IsUnknown { get; private init; }

    /// <summary>The summary of a body that calls itself and of which every round says something else.</summary>
    public Summary AsUnknown() => new(Outcomes, Throwing) { IsAsync = IsAsync, IsIterator = IsIterator, UsedInputs = UsedInputs, LooseInputs = LooseInputs, Emptied = Emptied, Opened = Opened, ThrowsOnMisuse = ThrowsOnMisuse, IsUnknown = true };

    /// <summary>The inputs that the body reads through, hands on or returns: they must not have been released.</summary>
    public ImmutableArray<Sym> UsedInputs { get; init; } = ImmutableArray<Sym>.Empty;

    /// <summary>The fields among them that the body uses whenever it returns, and does not ask.</summary>
    public ImmutableArray<SureUse> SurelyUsed { get; init; } = ImmutableArray<SureUse>.Empty;

    /// <summary>The native arrays among the inputs of which the body may release elements, keep them or hand them on, by an index that nobody knows.</summary>
    public ImmutableArray<Sym> LooseInputs { get; init; } = ImmutableArray<Sym>.Empty;

    /// <summary>The arrays and collections among the inputs of which the body releases elements that it goes through in a loop.</summary>
    public ImmutableArray<EmptiedInput> Emptied { get; init; } = ImmutableArray<EmptiedInput>.Empty;

    /// <summary>What applying the summary costs, in steps of the budget.</summary>
    public int Weight => _weight ??= (Outcomes.Sum(outcome => outcome.Size) + Throwing.Sum(outcome => outcome.Size)) / 8;

    /// <summary>A form that is equal exactly when two summaries say the same; ends the rounds over recursive methods.</summary>
    public string Signature => IsUnknown ? "unknown" : string.Join("|", Outcomes.Select(outcome => outcome.Signature)) + "#" + string.Join("|", Throwing.Select(outcome => outcome.Signature)) + "#" + string.Join("|", Yields.Select(outcome => outcome.Signature)) + "#" + string.Join(",", LooseInputs.Select(input => input.Place)) + "#" + string.Join(",", Filled.Select(static fill => fill.Field.Name)) + "#" + string.Join(",", Opened.Select(static table => table.Name));
}

/// <summary>What happens to an input of the body.</summary>
/// <param name="Input">The input: what a parameter, captured variable or field held at the beginning.</param>
/// <param name="Ownership">Released or transferred.</param>
/// <param name="At">The operation that did it.</param>
/// <param name="Family">The family of the releasing function, when it is known.</param>
/// <param name="Pool">The pool that it was returned to, for families whose pools are apart.</param>
internal sealed record InputEffect(Sym Input, Ownership Ownership, IOperation? At, Families.Family? Family, Value? Pool = null)
{
    /// <summary>All that is lost is whether its own place still holds it, or has been cleared: nobody else has it.</summary>
    public bool IsOnlyMislaid { get; init; }

    /// <summary>It has gone into a queue of the object, from which another member takes it out to release it.</summary>
    public bool IsGiven { get; init; }
}

/// <summary>What a loop of the body does to the elements of an array or collection that it was handed: it releases them.</summary>
/// <param name="Input">The parameter's value.</param>
/// <param name="Release">The release.</param>
/// <param name="Family">The family of the releasing function, when it is known.</param>
/// <param name="IsWhole">Whenever the body returns it has released every element, and has left all of them where they were.</param>
internal sealed record EmptiedInput(Sym Input, IOperation Release, Families.Family? Family, bool IsWhole);

/// <summary>One way in which a body ends.</summary>
/// <param name="Guards">What has to hold of the inputs.</param>
/// <param name="Effects">What happens to blocks that the inputs designate.</param>
/// <param name="Writes">What it leaves in places that outlive it.</param>
/// <param name="Result">What it returns.</param>
/// <param name="Blocks">The blocks that it allocates and hands on through the result or the writes.</param>
internal sealed record Outcome(
    ImmutableArray<KeyValuePair<Value, Fact>> Guards,
    ImmutableArray<InputEffect> Effects,
    ImmutableArray<KeyValuePair<Place, Value>> Writes,
    Value Result,
    ImmutableArray<KeyValuePair<Block, BlockState>> Blocks)
{
    private string? _signature;

    /// <summary>A copy says something else as soon as one of its parts is replaced.</summary>
    private Outcome(Outcome original)
    {
        Guards = original.Guards;
        Effects = original.Effects;
        Writes = original.Writes;
        Result = original.Result;
        ResultFact = original.ResultFact;
        Blocks = original.Blocks;
    }

    /// <summary>What is known of the result, when it is one of several: <c>return more ? Code.More : Code.Done;</c>.</summary>
    public Fact ResultFact { get; init; } = Fact.None;

    /// <summary>How much there is to carry over.</summary>
    public int Size => 1 + Guards.Length + Effects.Length + (2 * Writes.Length) + (2 * Blocks.Length);

    /// <summary>What the outcome does, without its guards: outcomes that do the same are one. New blocks are told apart by their order, so that those of a recursive call are those of the call itself.</summary>
    public string Signature => _signature ??= new Naming().Of(Effects, Writes, Result, Blocks);

    /// <summary>Writes down what an outcome speaks of.</summary>
    private sealed class Naming
    {
        /// <summary>Many are written down, one at a time: the memory of the last is used again.</summary>
        [ThreadStatic]
        private static StringBuilder? s_text;
        private readonly StringBuilder _text = (s_text ??= new StringBuilder(512)).Clear();
        private readonly List<Block> _made = new();

        public string Of(ImmutableArray<InputEffect> effects, ImmutableArray<KeyValuePair<Place, Value>> writes, Value result, ImmutableArray<KeyValuePair<Block, BlockState>> blocks)
        {
            foreach (var effect in effects)
            {
                Name(effect.Input);
                _text.Append(':').Append((int)effect.Ownership).Append(':').Append(effect.Family?.Name).Append(effect.IsGiven ? "g," : ",");
            }

            _text.Append(';');
            foreach (var write in writes)
            {
                _text.Append(write.Key).Append('=');
                Name(write.Value);
                _text.Append(',');
            }

            _text.Append(';');
            Name(result);
            _text.Append(';');
            foreach (var block in blocks)
            {
                Name(block.Key);
                _text.Append(':').Append((int)block.Value.Ownership).Append(',');
            }

            return _text.ToString();
        }

        private void Name(Value value)
        {
            switch (value)
            {
                case Sym { Place: { } place } symbol:
                    _text.Append((int)symbol.Kind).Append(':').Append(place);
                    break;
                case Sym or UnknownValue:
                    _text.Append('?');
                    break;
                case Pointer pointer:
                    Name(pointer.Block);
                    _text.Append((int)pointer.Offset).Append(' ').Append(pointer.Distance).Append(pointer.IsView ? "v" : "").Append(pointer.IsCleared ? "c" : "");
                    break;
                default:
                    _text.Append(value);
                    break;
            }
        }

        private void Name(Block block)
        {
            if (block.External is { } external)
            {
                _text.Append("outside ").Append(external.Place?.ToString() ?? external.ToString());
                return;
            }

            var index = _made.IndexOf(block);
            if (index < 0)
            {
                index = _made.Count;
                _made.Add(block);
            }

            _text.Append("new ").Append(index).Append(' ').Append(block.Family?.Name).Append(' ').Append(block.OwnerType?.Name).Append(' ');
        }
    }
}
