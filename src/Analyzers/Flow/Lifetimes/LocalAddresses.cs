using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>Finds addresses of what ends with the body (its variables, its stack memory) in what stays after it.</summary>
internal sealed class LocalAddresses
{
    private readonly Frame _frame;

    public LocalAddresses(Frame frame)
    {
        _frame = frame;
    }

    /// <summary>The body ends on the path at hand.</summary>
    /// <param name="returned">What it returns.</param>
    /// <param name="type">The type of that.</param>
    /// <param name="at">The statement that returns.</param>
    public void Check(Value returned, ITypeSymbol? type, IOperation? at)
    {
        if (at is not null && IsAddress(type) && DescriptionOf(returned) is { } description)
        {
            Add(at, "the result", description, null);
        }

        foreach (var pair in _frame.State.Values)
        {
            if (pair.Key.Base.Kind is PlaceKind.Static or PlaceKind.This or PlaceKind.Object && pair.Key.IsInput && IsAddress(pair.Key.Type) &&
                pair.Key.Field is not null && DescriptionOf(pair.Value) is { } kept)
            {
                Add(at, pair.Key.DisplayName, kept, pair.Key);
            }
        }
    }

    private void Add(IOperation? at, string name, string description, Place? place) =>
        _frame.Log.Add(new Finding(FindingKind.AddressLeaves, null, at, null, _frame.State.Path) { Name = name, Description = description, Place = place });

    /// <summary>What the value is the address of; null when it may stay valid.</summary>
    private static string? DescriptionOf(Value value) => value switch
    {
        NotHeap memory when memory.Description.Contains("'stackalloc'") || memory.Description.Contains("'fixed'") => memory.Description,
        Address { Place: { Kind: PlaceKind.Local or PlaceKind.Parameter } place } when place.Root is ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol { RefKind: RefKind.None } =>
            $"the address of the variable '{place.DisplayName}'",
        _ => null,
    };

    private static bool IsAddress(ITypeSymbol? type) =>
        type is IPointerTypeSymbol || type?.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr;
}
