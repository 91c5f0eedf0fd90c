using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Rules.Fields;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>A block that is released or used wrongly: LIFE006 to LIFE009. Reported where it happens.</summary>
internal static class MisuseRules
{
    public static IEnumerable<Diagnostic> Judge(BodyResult result)
    {
        foreach (var finding in result.Facts.Findings)
        {
            if ((finding is { Kind: FindingKind.WrongFamily or FindingKind.NotAllocated, Block.OwnerType: not null } && finding.State is not { IsDetached: true }) || BelongsToRequestRules(finding) || IsOfSharedStruct(finding) || IsOfRoundThatMovesOn(finding, result) || finding.At is not { } at || DescriptorOf(finding) is not { } descriptor)
            {
                continue;
            }

            var evidence = Evidence.For(finding.Block, finding, result, ReasonOf(finding));
            yield return Diagnostic.Create(descriptor, at.Syntax.GetLocation(), evidence.Locations, evidence.Properties, ArgumentsOf(finding));
        }
    }

    /// <summary>Request scopes themselves, and what is returned out of one.</summary>
    private static bool BelongsToRequestRules(Finding finding) =>
        RequestScopes.IsScope(finding.Block?.Family ?? finding.State?.ReleasedAs) || (finding.Function is "returned" or "returned in a task" or "used by the returned task" or "used by what is returned" && RequestScopes.IsEndedBlock(finding.State));

    /// <summary><c>static readonly Buffer Empty</c>: copies of a struct that everybody shares hold nothing that could be released twice.</summary>
    private static bool IsOfSharedStruct(Finding finding) =>
        finding.Block?.External?.Place is { Kind: PlaceKind.Member, Base: { Kind: PlaceKind.Static, Root: IFieldSymbol { IsReadOnly: true, Type.IsValueType: true } } };

    /// <summary>
    /// Each round releases what a field holds, and gives the field another value on other ways: the node at the end of a list,
    /// which is unlinked by what it says of itself. That a round leaves the field as it was is no way that the list allows.
    /// </summary>
    private static bool IsOfRoundThatMovesOn(Finding finding, BodyResult result)
    {
        if (finding is not { Kind: FindingKind.DoubleFree, At: IInvocationOperation { TargetMethod: { IsStatic: false, DeclaringSyntaxReferences.IsEmpty: false } } at, State.ReleasedAt: { } first, Block.External: { } external } || first.Syntax != at.Syntax || result.Unit.ThisType is not { } type)
        {
            return false;
        }

        // what lies further away is found through the fields
        var field = external.Place is { } place && OwnerMembers.Field(place, type) is { } own ? own : null;
        return result.Summary.Outcomes.Any(outcome => outcome.Writes.Any(write => OwnerMembers.Field(write.Key, type) is { } written && (field is null ? Frame.CanCarry(written.Type) : SymbolEqualityComparer.Default.Equals(written, field))));
    }

    private static DiagnosticDescriptor? DescriptorOf(Finding finding) => finding.Kind switch
    {
        FindingKind.DoubleFree => Descriptors.DoubleFree,
        FindingKind.UseAfterFree => Descriptors.UseAfterFree,
        FindingKind.WrongFamily => Descriptors.WrongFamily,
        FindingKind.NotAllocated => Descriptors.NotAllocated,
        _ => null,
    };

    private static string? ReasonOf(Finding finding) =>
        finding is { Kind: FindingKind.DoubleFree, Description: not null } ? FixData.ReasonGiven
        : finding.Kind != FindingKind.NotAllocated ? null
        : finding.Block is not null || finding.Description?.Contains("inside") == true ? FixData.ReasonInterior
        : FixData.ReasonForeign;

    /// <summary>What the message of a double release is made of.</summary>
    public static object[] DoubleFree(string name, string function, string first, bool isPooled = false) =>
        new object[] { name, function, first, isPooled ? "returned" : "released", isPooled ? "returns" : "releases" };

    private static object[] ArgumentsOf(Finding finding)
    {
        var name = finding.Name is { Length: > 0 } given ? $"'{given}'" : finding.Block is { } block ? Wording.Subject(block) : "The value";
        return finding.Kind switch
        {
            FindingKind.DoubleFree when finding.Description is { } way => new object[] { name, finding.Function ?? "", Wording.FirstRelease(finding), way, (finding.Block?.Family)?.Lifetime == Lifetime.Pool ? "returns" : "releases" },
            FindingKind.DoubleFree => DoubleFree(name, finding.Function ?? "", Wording.FirstRelease(finding), (finding.Block?.Family ?? finding.State?.ReleasedAs)?.Lifetime == Lifetime.Pool),
            FindingKind.UseAfterFree => new object[] { name, finding.Function ?? "used", Wording.FirstRelease(finding) },
            FindingKind.WrongFamily => new object[] { name, finding.Function ?? "", finding.Block?.AllocatedBy ?? "", finding.Expected ?? "" },
            _ => new object[] { name.StartsWith("The", StringComparison.Ordinal) ? "t" + name.Substring(1) : name, finding.Function ?? "", finding.Description ?? "" },
        };
    }
}
