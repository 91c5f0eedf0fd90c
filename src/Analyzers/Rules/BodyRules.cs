using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Rules;

/// <summary>Runs the flow engine over a body that mentions an allocation or a release, and lets every rule judge the facts. Thread-safe.</summary>
internal sealed class BodyRules
{
    private readonly CandidateIndex _candidates;
    private readonly BodyStore _bodies;
    private readonly SummaryStore _summaries;
    private readonly ContextResolver _contexts;
    private readonly FieldOwnership _ownership;
    private readonly FieldRules _fields;

    public BodyRules(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        var known = KnownMembers.Create(compilation, options, cancellationToken);
        _candidates = new CandidateIndex(compilation, () => known.InterestingNames, cancellationToken);
        _bodies = new BodyStore(compilation);
        _summaries = new SummaryStore(known, _bodies, new CallTargets(compilation, known), new StableFields(compilation));
        _ownership = new FieldOwnership(_bodies, _summaries);
        _fields = new FieldRules(_ownership);
        _contexts = ContextResolver.Create(compilation, options);
    }

    /// <summary>Analyses one code block: a member's body or an initializer.</summary>
    public void Analyse(CodeBlockAnalysisContext context)
    {
        if (!_candidates.IsCandidate(context.CodeBlock, context.CancellationToken) || BodySyntax(context.CodeBlock) is not { } syntax)
        {
            return;
        }

        var pending = new Stack<BodyUnit>();
        if (_bodies.BodyAt(syntax, context.OwningSymbol, context.SemanticModel, context.CancellationToken) is { } body)
        {
            pending.Push(body);
        }

        while (pending.Count > 0)
        {
            var unit = pending.Pop();
            Report(unit, context);
            foreach (var nested in _bodies.NestedIn(unit, context.CancellationToken))
            {
                pending.Push(nested);
            }
        }
    }

    private void Report(BodyUnit unit, CodeBlockAnalysisContext context)
    {
        var result = _summaries.ResultOf(unit, Budget.Default, context.CancellationToken);
        if (result.Facts.Budget is { } budget)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BodyTooLarge, unit.Member.Locations[0], unit.Member.Name, budget));
        }

        foreach (var diagnostic in LeakRules.Judge(result, type => _ownership.ReleasesAnything(type, context.CancellationToken), node => _contexts.At(node, unit.Member, context.SemanticModel, context.CancellationToken)))
        {
            context.ReportDiagnostic(diagnostic);
        }

        foreach (var diagnostic in _fields.Judge(result, context.CancellationToken))
        {
            context.ReportDiagnostic(diagnostic);
        }

        foreach (var diagnostic in MisuseRules.Judge(result))
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    /// <summary>The node whose operation is the body's root.</summary>
    private static SyntaxNode? BodySyntax(SyntaxNode block) => block switch
    {
        PropertyDeclarationSyntax { ExpressionBody: { } arrow } => arrow,
        IndexerDeclarationSyntax { ExpressionBody: { } arrow } => arrow,
        PropertyDeclarationSyntax { Initializer: { } initializer } => initializer,
        VariableDeclaratorSyntax { Initializer: { } initializer } => initializer,
        _ => block,
    };
}
