using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Releases what a member takes out of a collection of blocks, or puts another block in the place of.</summary>
internal sealed class ReleaseLostEntries : Repair
{
    public override string Name => "LostEntries";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonCollection || OwningField.Find(site) is not { Collection.IsNative: false } field)
        {
            yield break;
        }

        var edits = new TextEdits();
        if (LostEntries.Release(field, edits, except: null))
        {
            yield return Plan.Of($"Release what is taken out of '{field.Name}'", edits);
        }

        // What is taken out and used is a block like any other that a method gets and has to release.
        if (site.Finding.PlacesOf(FixData.Overwrite).Distinct().ToList() is { Count: 1 } places && site.NodeAt<ExpressionSyntax>(places[0]) is InvocationExpressionSyntax { Parent: not ExpressionStatementSyntax } call && call.Span == places[0])
        {
            var taken = site.Finding with
            {
                Span = call.Span,
                Places = ImmutableArray.Create((FixData.Allocation, call.Span)),
                Properties = site.Finding.Properties.SetItem(FixData.ReasonKey, FixData.ReasonNever).SetItem(FixData.OwnerKey, string.Empty).SetItem(FixData.LeavesBodyKey, "false"),
            };
            foreach (var plan in new Repair[] { new DisposeByUsing(), new ReleaseInFinally(), new NameAndRelease(), new BlockBodyAndRelease() }.SelectMany(repair => repair.Plans(site.With(taken))))
            {
                yield return plan;
            }
        }
    }
}
