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

    /// <summary>Present where no release at one place is right.</summary>
    public const string NoFixKey = "noFix";

    /// <summary>Present where a function of the project has taken the block out of a list or table, in which there may be none.</summary>
    public const string TakenOutKey = "takenOut";

    /// <summary>Present where the disposal of the type is right as it is.</summary>
    public const string DisposalIsRightKey = "disposalIsRight";

    /// <summary>What held the block first, as a path from a variable (<c>block</c>, <c>pair.Left</c>, <c>node-&gt;Next</c>), when that is another than the owner; or empty.</summary>
    public const string HeldKey = "held";

    /// <summary>What goes wrong: see the <c>Reason…</c> constants.</summary>
    public const string ReasonKey = "reason";

    /// <summary><c>true</c> when the block leaves the body on some path (returned, stored, handed over), so that the scoped path is not offered.</summary>
    public const string LeavesBodyKey = "leavesBody";

    /// <summary>The release expression that is expected for the block, with <c>{0}</c> for the block: <c>global::System.Runtime.InteropServices.NativeMemory.Free({0})</c>; <c>{1}</c> is what the allocation was called on.</summary>
    public const string ReleaseTemplateKey = "releaseTemplate";

    /// <summary>The function that is expected to release the block, as messages name it: <c>NativeMemory.Free</c>, <c>free</c>. For families without a template.</summary>
    public const string ReleaseTextKey = "releaseText";

    /// <summary>LIFE007: the field or element that goes on holding what is released, as the code at the release calls it.</summary>
    public const string LeftKey = "left";

    /// <summary>LIFE009: the variable that holds the address the allocator gave, or empty: <c>p</c> of <c>Free(p + 4)</c>.</summary>
    public const string BaseKey = "base";

    /// <summary>LIFE018: the attribute to write, without brackets and namespace: <c>Owned</c>, <c>Allocates("NativeMemory")</c>.</summary>
    public const string AttributeKey = "attribute";

    /// <summary>LIFE018: where the attribute goes: <see cref="TargetReturn"/>, <see cref="TargetParameter"/>, or empty for the member or parameter at the report.</summary>
    public const string TargetKey = "target";

    /// <summary>A target: the member's return value.</summary>
    public const string TargetReturn = "return";

    /// <summary>A target: the value that a setter is handed.</summary>
    public const string TargetParameter = "param";

    /// <summary>Where the allocation runs: <see cref="ContextRequest"/>, or empty.</summary>
    public const string ContextKey = "context";

    /// <summary>A context: a request handler.</summary>
    public const string ContextRequest = "request";

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

    /// <summary>Role: the release of another block, which holds the only pointer to this one.</summary>
    public const string Holder = "holder";

    /// <summary>Role: the expression by which the block or a view over it goes out: the value of a return, the right side of an assignment.</summary>
    public const string Escape = "escape";

    /// <summary>Role: a call that is handed the block and may keep it, and whose result nobody looks at, or what leaves the body when the block may lie in an object of others: from there on, nobody here knows whose it is.</summary>
    public const string Taken = "taken";

    /// <summary>Role: the name of the field that owns the block, in its declaration.</summary>
    public const string Field = "field";

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

    /// <summary>Reason of LIFE009: an address inside the block.</summary>
    public const string ReasonInterior = "interior";

    /// <summary>Reason of LIFE009: what no allocator gave: the stack, a variable, a pinned object, an array made with <c>new</c>.</summary>
    public const string ReasonForeign = "foreign";

    /// <summary>Reason of LIFE006: the block has been given to somebody who releases it.</summary>
    public const string ReasonGiven = "given";

    /// <summary>Reason of LIFE013: the type has no <c>Dispose</c> that could release the field.</summary>
    public const string ReasonNoDispose = "noDispose";

    /// <summary>Reason of LIFE013: <c>Dispose</c> forgets the field.</summary>
    public const string ReasonForgotten = "forgotten";

    /// <summary>Reason of LIFE013: <c>Dispose</c> does nothing to an object that is as new.</summary>
    public const string ReasonUnfinished = "unfinished";

    /// <summary>Reason of LIFE013: an override does not call the base, which would release the field.</summary>
    public const string ReasonBase = "base";

    /// <summary>Reason of LIFE013: the blocks are in a collection that nobody goes through, or that loses them.</summary>
    public const string ReasonCollection = "collection";

    /// <summary>What a member of a structure led to is lost: what holds it is released, or it is given another block, or the next node.</summary>
    public const string ReasonMember = "member";

    /// <summary>A loop releases all elements but the first or the last.</summary>
    public const string ReasonLeftOut = "leftOut";

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
