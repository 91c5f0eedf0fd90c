using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules;

/// <summary>A block that is released or used wrongly: LIFE006 to LIFE009. Reported where it happens.</summary>
internal static class MisuseRules
{
    public static IEnumerable<Diagnostic> Judge(BodyResult result)
    {
        foreach (var finding in result.Facts.Findings)
        {
            if (finding is { Kind: FindingKind.WrongFamily or FindingKind.NotAllocated, Block.OwnerType: not null } || BelongsToRequestRules(finding) || finding.At is not { } at || DescriptorOf(finding) is not { } descriptor)
            {
                continue;
            }

            var evidence = Evidence.For(finding.Block, finding, result, ReasonOf(finding));
            yield return Diagnostic.Create(descriptor, at.Syntax.GetLocation(), evidence.Locations, evidence.Properties, ArgumentsOf(finding));
        }
    }

    /// <summary>Request scopes themselves, and what is returned out of one.</summary>
    private static bool BelongsToRequestRules(Finding finding) =>
        RequestScopes.IsScope(finding.Block?.Family ?? finding.State?.ReleasedAs) || (finding.Function is "returned" or "used by the returned task" && RequestScopes.IsEndedBlock(finding.State));

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
