using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes;

/// <summary>One finding in its document: all that a repair reads.</summary>
internal sealed class FixSite
{
    private string? _releaseTemplate;

    private FixSite(Finding finding, SyntaxNode root, SourceText text, SemanticModel model, CancellationToken cancellationToken)
    {
        Finding = finding;
        Root = root;
        Text = text;
        Model = model;
        CancellationToken = cancellationToken;
        Layout = new Layout(text, root);
    }

    public Finding Finding { get; }

    public SyntaxNode Root { get; }

    public SourceText Text { get; }

    public SemanticModel Model { get; }

    public Layout Layout { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>The expected release with <c>{0}</c> for the block, or empty when it cannot be written.</summary>
    public string ReleaseTemplate => _releaseTemplate ??= ReleaseTemplates.Of(this);

    public LanguageVersion Language => ((CSharpParseOptions)Root.SyntaxTree.Options).LanguageVersion;

    public static async Task<FixSite?> AtAsync(Document document, Finding finding, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return root is null || model is null || finding.Span.End > text.Length ? null : new FixSite(finding, root, text, model, cancellationToken);
    }

    /// <summary>The outermost expression that is exactly <paramref name="span"/>; null when there is none.</summary>
    public ExpressionSyntax? ExpressionAt(TextSpan span) => NodeAt<ExpressionSyntax>(span);

    /// <summary>The innermost node of a kind that is exactly <paramref name="span"/>, or the innermost one around it.</summary>
    public T? NodeAt<T>(TextSpan span)
        where T : SyntaxNode
    {
        if (span.End > Root.FullSpan.End)
        {
            return null;
        }

        var node = Root.FindNode(span, getInnermostNodeForTie: true);
        return node.AncestorsAndSelf().OfType<T>().FirstOrDefault();
    }
}
