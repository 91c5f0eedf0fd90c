using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules;

/// <summary>
/// What a diagnostic carries for its fix, so that a fix analyses nothing. Every additional location has a role; the
/// roles stand in <see cref="RolesKey"/>, separated by commas, in the order of the locations.
/// </summary>
public static class FixData
{
    /// <summary>The roles of the additional locations, comma-separated.</summary>
    public const string RolesKey = "roles";

    /// <summary>The name of the block's family, such as <c>NativeMemory</c>.</summary>
    public const string FamilyKey = "family";

    /// <summary>The lifetime of the block's family: <c>process</c>, <c>request</c>, <c>pool</c>.</summary>
    public const string LifetimeKey = "lifetime";

    /// <summary>The variable that holds the block at the report, or empty.</summary>
    public const string OwnerKey = "owner";

    /// <summary>What goes wrong: see the <c>Reason…</c> constants.</summary>
    public const string ReasonKey = "reason";

    /// <summary><c>true</c> when the block leaves the body on some path (returned, stored, handed over), so that the scoped path is not offered.</summary>
    public const string LeavesBodyKey = "leavesBody";

    /// <summary>The release expression that is expected for the block, with <c>{0}</c> for the block: <c>global::System.Runtime.InteropServices.NativeMemory.Free({0})</c>.</summary>
    public const string ReleaseTemplateKey = "releaseTemplate";

    /// <summary>Role: the allocation expression.</summary>
    public const string Allocation = "allocation";

    /// <summary>Role: a reallocation of the block.</summary>
    public const string Reallocation = "reallocation";

    /// <summary>Role: a call that releases the block.</summary>
    public const string Release = "release";

    /// <summary>Role: the exit (return, throw, end of body or of iteration) at which the block is lost.</summary>
    public const string Exit = "exit";

    /// <summary>Role: the last use of the block.</summary>
    public const string LastUse = "lastUse";

    /// <summary>Role: the expression that throws.</summary>
    public const string Throwing = "throwing";

    /// <summary>Role: a branch that was taken on the way.</summary>
    public const string Branch = "branch";

    /// <summary>Role: where the block's owner is overwritten.</summary>
    public const string Overwrite = "overwrite";

    /// <summary>Reason: no path releases the block.</summary>
    public const string ReasonNever = "never";

    /// <summary>Reason: a path to the end of the body misses the release.</summary>
    public const string ReasonPath = "path";

    /// <summary>Reason: the only variable that held the block is overwritten.</summary>
    public const string ReasonOverwritten = "overwritten";

    /// <summary>Reason: the result of the allocation is not kept.</summary>
    public const string ReasonDiscarded = "discarded";

    /// <summary>Reason: an iteration ends without the release.</summary>
    public const string ReasonIteration = "iteration";

    /// <summary>Reason: an exception.</summary>
    public const string ReasonThrows = "throws";

    /// <summary>The locations of <paramref name="diagnostic"/> that have the role <paramref name="role"/>, in source order.</summary>
    public static ImmutableArray<Location> LocationsOf(Diagnostic diagnostic, string role)
    {
        if (!diagnostic.Properties.TryGetValue(RolesKey, out var roles) || string.IsNullOrEmpty(roles))
        {
            return ImmutableArray<Location>.Empty;
        }

        var names = roles!.Split(',');
        var found = ImmutableArray.CreateBuilder<Location>();
        for (var i = 0; i < names.Length && i < diagnostic.AdditionalLocations.Count; i++)
        {
            if (names[i] == role)
            {
                found.Add(diagnostic.AdditionalLocations[i]);
            }
        }

        return found.ToImmutable();
    }
}
