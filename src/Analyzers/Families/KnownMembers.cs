using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Families;

/// <summary>
/// What is known of members without looking at their bodies: the built-in table, the <c>*.lifetime.txt</c> files, the
/// ownership attributes. One per compilation; thread-safe.
/// </summary>
internal sealed class KnownMembers
{
    private KnownMembers()
    {
    }

    /// <summary>
    /// The simple names of all members that allocate or release, so that a body which mentions none of them is passed by
    /// without being bound. Includes the names in the source's own attributes and in the text files.
    /// </summary>
    public IReadOnlyCollection<string> InterestingNames => [];

    /// <summary>Reads the tables for <paramref name="compilation"/>.</summary>
    public static KnownMembers Create(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken) => new();

    /// <summary>What is known of <paramref name="method"/>; null when nothing is.</summary>
    public MemberContract? ContractOf(IMethodSymbol method) => null;

    /// <summary>Whether values of <paramref name="type"/> are released by calling <c>Dispose</c> on them (<c>IMemoryOwner</c>, <c>MemoryHandle</c>), and as which family.</summary>
    public Family? FamilyOfOwnerType(ITypeSymbol type) => null;
}
