using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Checks;

/// <summary>The file as a plan would leave it, in a compilation of its own.</summary>
internal sealed class Outcome
{
    private Outcome(SyntaxTree tree, Compilation compilation)
    {
        Tree = tree;
        Model = compilation.GetSemanticModel(tree);
    }

    public SyntaxTree Tree { get; }

    public SemanticModel Model { get; }

    public static Outcome Of(FixSite site, Plan plan)
    {
        var tree = site.Root.SyntaxTree;
        var changed = tree.WithChangedText(site.Text.WithChanges(plan.Changes));
        return new Outcome(changed, site.Model.Compilation.ReplaceSyntaxTree(tree, changed));
    }

    /// <summary>The spans of what <paramref name="plan"/> writes.</summary>
    public static IEnumerable<TextSpan> NewSpans(Plan plan)
    {
        var shift = 0;
        foreach (var change in plan.Changes)
        {
            yield return new TextSpan(change.Span.Start + shift, change.NewText!.Length);
            shift += change.NewText.Length - change.Span.Length;
        }
    }
}
