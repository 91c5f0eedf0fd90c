using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>What the engine knows of the value of an expression. Values are immutable and compare structurally.</summary>
internal abstract record Value
{
    /// <summary>Nothing is known, not even whether two unknowns are the same.</summary>
    public static readonly Value Unknown = new UnknownValue();

    /// <summary>Null, zero, default: the pointer that points nowhere.</summary>
    public static readonly Value Null = new Const(null);

    /// <summary>True.</summary>
    public static readonly Value True = new Const(true);

    /// <summary>False.</summary>
    public static readonly Value False = new Const(false);

    /// <summary>The value of a truth.</summary>
    public static Value Of(bool truth) => truth ? True : False;

    /// <summary>How deep the value nests; deep ones are cut off so that values stay small.</summary>
    public virtual int Depth => 0;
}

/// <summary>Nothing is known.</summary>
internal sealed record UnknownValue : Value;

/// <summary>A constant: null, a bool, an integral number (as long), a string, or another boxed constant.</summary>
internal sealed record Const(object? Value) : Value
{
    /// <summary>Whether this is null, zero or the default pointer.</summary>
    public bool IsNullOrZero => Value is null or 0L;

    public bool Equals(Const? other) => other is not null && Equals(Value, other.Value);

    public override string ToString() => Value switch
    {
        null => "null",
        string text => "\"" + text + "\"",
        _ => Value.ToString(),
    };

    /// <summary>The same in every run, which the hash of a string is not.</summary>
    public override int GetHashCode()
    {
        if (Value is not string text)
        {
            return Value?.GetHashCode() ?? 0;
        }

        var hash = 17;
        foreach (var c in text)
        {
            hash = unchecked((hash * 31) + c);
        }

        return hash;
    }
}

/// <summary>What kind of unknown a symbolic value stands for.</summary>
internal enum SymKind
{
    /// <summary>What a place held when the body began.</summary>
    Input,

    /// <summary>The result of an operation in the body.</summary>
    Result,

    /// <summary>An object that the body makes.</summary>
    NewObject,

    /// <summary>What different paths leave in a place where they meet.</summary>
    Join,

    /// <summary>A property or element of another value, stable as long as nothing changes it.</summary>
    Read,
}

/// <summary>An unknown with an identity: facts can be learnt about it, and two mentions of it are equal. Interned by <see cref="Universe"/>.</summary>
internal sealed record Sym(int Id, SymKind Kind, object Origin, ITypeSymbol? Type, Place? Place) : Value
{
    /// <summary>Whether it existed before the body began.</summary>
    public bool IsInput => (Kind == SymKind.Input && Place is not { Base: { Kind: PlaceKind.Object, IsInput: false } }) || (Kind == SymKind.Read && Origin is ReadOrigin { Of: Sym { IsInput: true } });

    /// <summary>The object that it was read from, when it was read from one.</summary>
    public Sym? Object { get; } = Place is { Nesting: > 0, Base: { Kind: PlaceKind.Object, Root: Sym owner } } ? owner : null;

    /// <summary>Whether it is an object in any case.</summary>
    public bool IsNeverNull { get; } = InherentFacts.IsNeverNull(Kind, Origin, Type);

    /// <summary>So many objects deep inputs are followed, in lists and trees.</summary>
    public const int MaxNesting = 3;

    /// <summary>The number of objects that it was read through.</summary>
    public int Nesting { get; } = Place is not null ? Place.Nesting : Origin is ReadOrigin { Of: Sym of } ? of.Nesting + 1 : 0;

    /// <summary>The name as a message shows it.</summary>
    public string DisplayName => Place?.DisplayName ?? "";

    public bool Equals(Sym? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Id;

    public override string ToString() => $"{Kind}#{Id}";
}

/// <summary>What a <see cref="SymKind.Read"/> symbol reads: a member of a value.</summary>
internal sealed record ReadOrigin(Value Of, object Member);

/// <summary>Where a pointer points, in relation to the start of its block.</summary>
internal enum Offset
{
    /// <summary>At the start: the address that the allocator gave.</summary>
    Start,

    /// <summary>Behind the start, certainly.</summary>
    Inside,

    /// <summary>Somewhere in the block.</summary>
    Somewhere,

    /// <summary>Behind the start of a block of the body's own by a distance that is not known, as the code means it.</summary>
    Ahead,
}

/// <summary>A pointer to, handle of, array in, or view over a block.</summary>
/// <param name="Block">The block.</param>
/// <param name="Offset">Where it points.</param>
/// <param name="Distance">The distance from the start in elements, when it is known.</param>
/// <param name="IsView">A span, memory, segment or stream over the block: it cannot be released, but dies with the block.</param>
/// <param name="IsCleared">The handle was freed through this very variable, which is empty since; copies are not.</param>
internal sealed record Pointer(Block Block, Offset Offset = Offset.Start, long? Distance = 0, bool IsView = false, bool IsCleared = false) : Value;

/// <summary>Memory that no allocator gave.</summary>
/// <param name="Description">What it is, as a message says it.</param>
internal sealed record NotHeap(string Description) : Value
{
    /// <summary>The array of pointers or handles that it is the start of; null when it is something else.</summary>
    public Sym? Table { get; init; }

    /// <summary>The variable that <c>fixed</c> pins; null when it is something else.</summary>
    public Place? Variable { get; init; }
}

/// <summary>The address of a place: <c>ref</c>, <c>&amp;</c>.</summary>
internal sealed record Address(Place Place) : Value;

/// <summary>The value of a struct or tuple, by member.</summary>
internal sealed record Aggregate(ImmutableDictionary<object, Value> Members) : Value
{
    /// <summary>What stands for the members that are not named.</summary>
    public static readonly object Rest = "*";

    /// <summary>The type of the struct, when it has been boxed and goes by the name of an interface: calls are its own all the same.</summary>
    public Microsoft.CodeAnalysis.ITypeSymbol? Boxed { get; init; }

    /// <summary>The same value, where what stands for the rest has no members itself.</summary>
    public Aggregate Flat()
    {
        var members = Members;
        while (members.TryGetValue(Rest, out var rest) && rest is Aggregate others)
        {
            members = members.Remove(Rest);
            foreach (var other in others.Members)
            {
                if (!members.ContainsKey(other.Key))
                {
                    members = members.SetItem(other.Key, other.Value);
                }
            }
        }

        return ReferenceEquals(members, Members) ? this : new Aggregate(members) { Boxed = Boxed };
    }

    /// <summary>Whether a member passes the test; the argument is handed over so that the many values without members cost no closure.</summary>
    public bool Any<T>(T argument, Func<Value, T, bool> test)
    {
        foreach (var member in Members)
        {
            if (test(member.Value, argument))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same struct with other members; itself when none is another one.</summary>
    public Aggregate With(Func<Value, Value> change)
    {
        var members = Members;
        foreach (var member in Members)
        {
            var changed = change(member.Value);
            if (!ReferenceEquals(changed, member.Value))
            {
                members = members.SetItem(member.Key, changed);
            }
        }

        return ReferenceEquals(members, Members) ? this : new Aggregate(members) { Boxed = Boxed };
    }

    public bool Equals(Aggregate? other)
    {
        if (other is null || other.Members.Count != Members.Count)
        {
            return false;
        }

        foreach (var pair in Members)
        {
            if (!other.Members.TryGetValue(pair.Key, out var theirs) || !pair.Value.Equals(theirs))
            {
                return false;
            }
        }

        return true;
    }

    public override int GetHashCode() => Members.Count;
}

/// <summary>A lambda, local function or method group.</summary>
/// <param name="Target">The method.</param>
/// <param name="Body">The lambda's operation in the graph, when it is one.</param>
/// <param name="Receiver">The receiver of a method group.</param>
internal sealed record Closure(IMethodSymbol Target, IOperation? Body, Value? Receiver) : Value
{
    public bool Equals(Closure? other) => other is not null && ReferenceEquals(Body, other.Body) && SymbolEqualityComparer.Default.Equals(Target, other.Target);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Target);
}

/// <summary>A task or another object that goes on using blocks: it dies with them.</summary>
/// <param name="Result">What awaiting it gives.</param>
/// <param name="Blocks">The blocks that it uses.</param>
internal sealed record Borrower(Value Result, ImmutableArray<Block> Blocks) : Value
{
    /// <summary>A wait with a time limit or a token of its own: when it throws one of these, what it waits for goes on.</summary>
    public ImmutableArray<ITypeSymbol> GivenUpBy { get; init; } = ImmutableArray<ITypeSymbol>.Empty;

    /// <summary>The call that began the work: one of two tasks that use the same block is waited for, and the other one goes on. Null when it is one of several.</summary>
    public IOperation? StartedAt { get; init; }

    /// <summary>It uses the blocks and leads nobody else to them: whoever gets it cannot release them.</summary>
    public bool OnlyUses { get; init; }

    /// <summary>Whether the two are alike but for the call that began them.</summary>
    public bool UsesTheSame(Borrower other) => (this with { StartedAt = other.StartedAt }).Equals(other);

    public bool Equals(Borrower? other) => other is not null && ReferenceEquals(StartedAt, other.StartedAt) && Result.Equals(other.Result) && Blocks.SequenceEqual(other.Blocks) && OnlyUses == other.OnlyUses && GivenUpBy.Length == other.GivenUpBy.Length;

    public override int GetHashCode() => Blocks.Length;
}

/// <summary>The operators that symbolic expressions are made of.</summary>
internal enum Operator
{
    Equal,
    Less,
    LessOrEqual,
    Not,
    And,
    Or,
    IsType,
    Add,
    Subtract,
    Multiply,
    Other,
}

/// <summary>An expression over unknowns; equal expressions have equal values.</summary>
internal sealed record Expression(Operator Operator, Value Left, Value Right, object? Detail = null) : Value
{
    /// <inheritdoc/>
    public override int Depth { get; } = 1 + Math.Max(Left.Depth, Right.Depth);

    public bool Equals(Expression? other) =>
        other is not null && Operator == other.Operator && Left.Equals(other.Left) && Right.Equals(other.Right) && Equals(Detail, other.Detail);

    public override int GetHashCode() => ((((int)Operator * 397) ^ Left.GetHashCode()) * 397) ^ Right.GetHashCode();

    public override string ToString() => "(" + Left + " " + (int)Operator + " " + Right + (Detail is null ? ")" : " " + Detail + ")");
}
