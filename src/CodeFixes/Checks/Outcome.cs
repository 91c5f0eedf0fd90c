using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Checks;

/// <summary>The file as a plan would leave it, in a compilation of its own: the one that is analyzed as well, so that all is bound once.</summary>
internal sealed class Outcome
{
    private Outcome(SyntaxTree tree, CompilationWithAnalyzers analysis, SyntaxTree? elsewhere)
    {
        Tree = tree;
        Analysis = analysis;
        Model = analysis.Compilation.GetSemanticModel(tree);
        Elsewhere = elsewhere is null ? null : analysis.Compilation.GetSemanticModel(elsewhere);
    }

    public CompilationWithAnalyzers Analysis { get; }

    public SyntaxTree Tree { get; }

    public SemanticModel Model { get; }

    /// <summary>The other file that the plan changes.</summary>
    public SemanticModel? Elsewhere { get; }

    public static Outcome Of(FixSite site, Plan plan)
    {
        var tree = site.Root.SyntaxTree;
        var changed = tree.WithChangedText(site.Text.WithChanges(plan.Changes));
        var compilation = site.Model.Compilation.ReplaceSyntaxTree(tree, changed);
        if (plan.Elsewhere is not { } other)
        {
            return new Outcome(changed, site.Analyzed(compilation), null);
        }

        var second = other.Tree.WithChangedText(other.Tree.GetText(site.CancellationToken).WithChanges(other.Changes));
        return new Outcome(changed, site.Analyzed(compilation.ReplaceSyntaxTree(other.Tree, second)), second);
    }

    /// <summary>The members that <paramref name="plan"/> has changed, as they are then.</summary>
    public List<TextSpan> MembersOf(Plan plan, CancellationToken cancellationToken)
    {
        var root = Tree.GetRoot(cancellationToken);
        return [.. NewSpans(plan.Changes).Select(span => root.FindNode(span).FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax)?.FullSpan ?? root.FullSpan).Distinct()];
    }

    /// <summary>The spans of what <paramref name="changes"/> write.</summary>
    public static IEnumerable<TextSpan> NewSpans(ImmutableArray<TextChange> changes)
    {
        var shift = 0;
        foreach (var change in changes)
        {
            yield return new TextSpan(change.Span.Start + shift, change.NewText!.Length);
            shift += change.NewText.Length - change.Span.Length;
        }
    }
}
