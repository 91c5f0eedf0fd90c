namespace LifetimeAnalyzers.Suite.Generator;

/// <summary>The systematic part of the suite: every weakness in every flow variant, with two kinds of block each.</summary>
public static class GeneratedCases
{
    private const int BlocksPerVariant = 2;

    /// <summary>Path, relative to the folder of the generated cases and with forward slashes, and text of every file.</summary>
    public static IEnumerable<(string Path, string Text)> All()
    {
        Variant[] variants = [.. ControlVariants.All, .. DataVariants.All, .. CallVariants.All, .. ObjectVariants.All];
        foreach (IReadOnlyList<Flaw> flaws in Flaws.All)
        {
            for (int i = 0; i < variants.Length * BlocksPerVariant; i++)
            {
                var text = new CaseText(flaws[i % flaws.Count], variants[i / BlocksPerVariant]);
                yield return (text.Path, text.ToString());
            }
        }
    }
}
