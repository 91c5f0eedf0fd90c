using System.Collections.Immutable;

namespace LifetimeAnalyzers.Families;

/// <summary>The names of members of objects and collections, for all who go by them: what ends an object, what puts an element in and takes it out.</summary>
internal static class MemberNames
{
    /// <summary>What a disposable object is disposed of by.</summary>
    public static readonly ImmutableHashSet<string> Disposals = Names("Dispose", "DisposeAsync");

    /// <summary>What other members that release what the object owns are called.</summary>
    public static readonly ImmutableHashSet<string> OtherEnds = Names("Close", "Free", "Destroy");

    /// <summary>All of them.</summary>
    public static readonly ImmutableHashSet<string> Ends = Disposals.Union(OtherEnds);

    /// <summary>Puts one element into a collection.</summary>
    public static readonly ImmutableHashSet<string> Additions = Names("Add", "TryAdd", "AddFirst", "AddLast", "Enqueue", "Push", "Insert", "Append");

    /// <summary>Puts something into a channel or a promise: for others, and not for who has it to own.</summary>
    public static readonly ImmutableHashSet<string> Offers = Names("SetResult", "TrySetResult", "TryWrite", "WriteAsync");

    /// <summary>Takes elements out of a collection, and mostly does not give them.</summary>
    public static readonly ImmutableHashSet<string> Removals = Names("Clear", "Remove", "RemoveAt", "RemoveAll", "RemoveFirst", "RemoveLast", "RemoveRange");

    /// <summary>Takes one element out of a collection, and gives it.</summary>
    public static readonly ImmutableHashSet<string> Takings = Names("Dequeue", "Pop", "TryRemove", "TryDequeue", "TryPop", "TryTake");

    private static ImmutableHashSet<string> Names(params string[] names) => ImmutableHashSet.Create(StringComparer.Ordinal, names);
}
