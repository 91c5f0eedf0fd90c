using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Checks;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes;

/// <summary>One finding in its document: all that a repair reads.</summary>
internal sealed class FixSite
{
    private Reports? _reports;
    private string? _releaseTemplate;
    private bool? _releaseTakesNull;
    private bool _looksForPair = true;
    private OwnPair? _pair;

    private FixSite(Finding finding, SyntaxNode root, SourceText text, SemanticModel model, Project project, Reports? reports, CancellationToken cancellationToken)
    {
        Finding = finding;
        Root = root;
        Text = text;
        Model = model;
        Project = project;
        _reports = reports;
        CancellationToken = cancellationToken;
        Layout = new Layout(text, root);
    }

    public Finding Finding { get; }

    public SyntaxNode Root { get; }

    public SourceText Text { get; }

    public SemanticModel Model { get; }

    /// <summary>The project as it was before any edit: its options, and who refers to it.</summary>
    public Project Project { get; }

    public Layout Layout { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>The plans that have been judged for this finding.</summary>
    public List<LifetimeFix.Judged> Judged { get; } = [];

    /// <summary>The expected release with <c>{0}</c> for the block, or empty when it cannot be written.</summary>
    public string ReleaseTemplate => _releaseTemplate ??= Pair?.Template ?? ReleaseTemplates.Of(this);

    /// <summary>Whether the release takes null and does nothing then.</summary>
    public bool ReleaseTakesNull => _releaseTakesNull ??= Pair?.TakesNull != false && ReleaseText.TakesNull(Finding.Family) && !IsOwnRelease();

    /// <summary>The project's own function that is expected to take back what its own function gave.</summary>
    private OwnPair? Pair
    {
        get
        {
            if (_looksForPair)
            {
                (_looksForPair, _pair) = (false, OwnPair.Of(this));
            }

            return _pair;
        }
    }

    /// <summary>What releases is a function of the project that looks into what it is handed.</summary>
    private bool IsOwnRelease() =>
        ReleaseTemplate.EndsWith("({0})", StringComparison.Ordinal)
        && Model.GetSpeculativeSymbolInfo(Finding.Span.Start, SyntaxFactory.ParseExpression(ReleaseTemplate.Replace("{0}", "default")), SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol { IsExtern: false, DeclaringSyntaxReferences.IsEmpty: false } method && !ReleasingHelper.TakesNull(this, method);

    public LanguageVersion Language => ((CSharpParseOptions)Root.SyntaxTree.Options).LanguageVersion;

    /// <summary>The site of <paramref name="finding"/> in <paramref name="document"/>, of which <paramref name="reports"/> may be known already.</summary>
    public static async Task<FixSite?> AtAsync(Document document, Finding finding, Reports? reports, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return root is null || model is null || finding.Span.End > text.Length ? null : new FixSite(finding, root, text, model, document.Project, reports, cancellationToken);
    }

    /// <summary>The site of <paramref name="finding"/> in the document as an edit has left it, in the compilation in which that was judged.</summary>
    public FixSite After(Outcome outcome, Finding finding, Reports? reports) =>
        new(finding, outcome.Tree.GetRoot(CancellationToken), outcome.Tree.GetText(CancellationToken), outcome.Model, Project, reports, CancellationToken);

    /// <summary>Another file of the project, in which the finding has no place: for what has to be written there.</summary>
    public FixSite Elsewhere(SyntaxTree tree)
    {
        var nowhere = Finding with { Span = default, Places = ImmutableArray<(string, TextSpan)>.Empty };
        return new FixSite(nowhere, tree.GetRoot(CancellationToken), tree.GetText(CancellationToken), Model.Compilation.GetSemanticModel(tree), Project, null, CancellationToken) { _releaseTemplate = ReleaseTemplate, _looksForPair = false, _pair = Pair };
    }

    /// <summary>The same finding with the release of its family, when the project's own function stands for that.</summary>
    public FixSite? WithoutPair() => Pair is null ? null : new FixSite(Finding, Root, Text, Model, Project, _reports, CancellationToken) { _looksForPair = false };

    /// <summary>The same document with another finding in it, whose block has the same release.</summary>
    public FixSite With(Finding finding) => new(finding, Root, Text, Model, Project, _reports, CancellationToken) { _releaseTemplate = ReleaseTemplate, _looksForPair = false, _pair = Pair };

    /// <summary>What is reported in the document as it is.</summary>
    public async Task<Reports> ReportsAsync() => _reports ??= await Reports.OfDocumentAsync(Model, Project.AnalyzerOptions, CancellationToken).ConfigureAwait(false);

    /// <summary>What is reported in the <paramref name="spans"/> of the document as it is.</summary>
    public async Task<Reports> ReportsAsync(IReadOnlyCollection<TextSpan> spans) =>
        _reports is { } reports ? reports.In(spans) : await Reports.OfDocumentAsync(Model, Project.AnalyzerOptions, spans, CancellationToken).ConfigureAwait(false);

    /// <summary>The reports of the document after an edit in <paramref name="spans"/>; null unless all that are there now are known.</summary>
    public Reports? ReportsAfter(SpanMap map, IReadOnlyCollection<TextSpan> spans, Reports instead) => _reports?.After(map, spans, instead);

    /// <summary>The analysis of another compilation of the project.</summary>
    public CompilationWithAnalyzers Analyzed(Compilation compilation) => Reports.Of(compilation, Project.AnalyzerOptions);

    /// <summary>What is reported in the whole file of <paramref name="model"/>.</summary>
    public Task<Reports> ReportsAsync(SemanticModel model) => Reports.OfDocumentAsync(model, Project.AnalyzerOptions, CancellationToken);

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
