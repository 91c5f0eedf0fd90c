using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Checks;

/// <summary>
/// Other projects of the solution see what a public member promises: that its type is to be disposed of, that an attribute
/// gives them a block. A plan that breaks them is not offered, one after which more is reported there only to who asks for it by its name.
/// </summary>
internal static class OtherProjects
{
    /// <summary>How many projects are asked: each is bound once more against what the plan makes of this one.</summary>
    private const int MostProjects = 4;

    /// <summary>How many files of all of them are asked.</summary>
    private const int MostFiles = 8;

    /// <summary>The first of the projects that refer to this one in which something is reported that was not reported before, and whether that is by the compiler.</summary>
    public static async Task<(string? Project, bool Breaks)> FeltAsync(FixSite site, Reach reach, Outcome outcome)
    {
        if (!reach.IsPublic && !HasFriends(site.Model.Compilation.Assembly))
        {
            return default;
        }

        var solution = site.Project.Solution;
        var (projects, files) = (0, 0);
        foreach (var id in solution.ProjectIds)
        {
            if (solution.GetProject(id) is not { Language: LanguageNames.CSharp } other || !other.ProjectReferences.Any(reference => reference.ProjectId == site.Project.Id))
            {
                continue;
            }

            var mentioned = await MentioningAsync(site, reach, other).ConfigureAwait(false);
            if (mentioned.Count == 0 || await other.GetCompilationAsync(site.CancellationToken).ConfigureAwait(false) is not { } referring || ReferenceTo(site.Model.Compilation, referring) is not { } reference)
            {
                continue;
            }

            if (++projects > MostProjects)
            {
                return default;
            }

            // Edits before this one may have changed what it refers to.
            var before = Referring(referring, reference, site.Model.Compilation);
            var after = Reports.Of(Referring(referring, reference, outcome.Analysis.Compilation), other.AnalyzerOptions);
            foreach (var document in mentioned)
            {
                if (await document.GetSyntaxTreeAsync(site.CancellationToken).ConfigureAwait(false) is not { } tree || !before.ContainsSyntaxTree(tree) || reach.Abroad(tree.GetRoot(site.CancellationToken), CanSeeInternal(site, before)) is not { Count: > 0 } spans)
                {
                    continue;
                }

                if (++files > MostFiles)
                {
                    return default;
                }

                var changed = after.Compilation.GetSemanticModel(tree);
                if (!CompileCheck.AddsNothing(before.GetSemanticModel(tree), changed, spans, site.CancellationToken))
                {
                    return (other.Name, true);
                }

                var reported = await Reports.InAsync(after, changed, spans.Select(span => (TextSpan?)span), site.CancellationToken).ConfigureAwait(false);
                if (reported.All.Length > 0 && !ReportCheck.AddsNothing(await Reports.OfDocumentAsync(before.GetSemanticModel(tree), other.AnalyzerOptions, site.CancellationToken).ConfigureAwait(false), new SpanMap(ImmutableArray<TextChange>.Empty), reported, againstAdvice: true))
                {
                    return (other.Name, false);
                }
            }
        }

        return default;
    }

    /// <summary>The files of <paramref name="other"/> in whose text a name stands that has changed: nothing is bound for that.</summary>
    private static async Task<List<Document>> MentioningAsync(FixSite site, Reach reach, Project other)
    {
        var found = new List<Document>();
        foreach (var document in other.Documents)
        {
            if (reach.MayBeFeltIn((await document.GetTextAsync(site.CancellationToken).ConfigureAwait(false)).ToString()))
            {
                found.Add(document);
            }
        }

        return found;
    }

    private static CompilationReference? ReferenceTo(Compilation compilation, Compilation referring) =>
        referring.References.OfType<CompilationReference>().FirstOrDefault(reference => reference.Compilation.Assembly.Identity.Equals(compilation.Assembly.Identity));

    private static Compilation Referring(Compilation referring, CompilationReference reference, Compilation to) =>
        reference.Compilation == to ? referring : referring.ReplaceReference(reference, to.ToMetadataReference(reference.Properties.Aliases, reference.Properties.EmbedInteropTypes));

    private static bool HasFriends(IAssemblySymbol assembly) => assembly.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute");

    private static bool CanSeeInternal(FixSite site, Compilation referring) => site.Model.Compilation.Assembly.GivesAccessTo(referring.Assembly);
}
