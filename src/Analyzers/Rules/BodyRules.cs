using System.Globalization;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Configuration;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Rules.Blocks;
using LifetimeAnalyzers.Rules.Contracts;
using LifetimeAnalyzers.Rules.Fields;
using LifetimeAnalyzers.Rules.Requests;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Rules;

/// <summary>Runs the flow engine over a body that mentions an allocation or a release, and lets every rule judge the facts. Thread-safe.</summary>
internal sealed class BodyRules
{
    private readonly CandidateIndex _candidates;
    private readonly BodyStore _bodies;
    private readonly OptionReader _options;
    private readonly SummaryStore _summaries;
    private readonly ContextResolver _contexts;
    private readonly FieldOwnership _ownership;
    private readonly FieldRules _fields;
    private readonly LeftBehind _left;
    private readonly ForgottenMembers _members;
    private readonly TakenAndLeft _taken;
    private readonly StructureRules _structures;
    private readonly TakenPointers _takenPointers;
    private readonly UnlinkedMembers _unlinked;
    private readonly ContractRules _promises;

    public BodyRules(Compilation compilation, AnalyzerOptions options, Action<BodyResult>? watch, CancellationToken cancellationToken)
    {
        var known = KnownMembers.Create(compilation, options, cancellationToken);
        _candidates = new CandidateIndex(compilation, known, cancellationToken);
        _options = new OptionReader(options.AnalyzerConfigOptionsProvider);
        _bodies = new BodyStore(compilation);
        _summaries = new SummaryStore(known, _bodies, _candidates, new CallTargets(compilation, known, _candidates, _bodies.ModelOf), new StableFields(compilation), _options, () => BodyVerdicts.Of(compilation, _candidates.Names, LifetimeFiles.OwnOf(options, cancellationToken), cancellationToken), cancellationToken) { Watch = watch };
        _ownership = new FieldOwnership(compilation, _bodies, _summaries, _candidates);
        _contexts = ContextResolver.Create(compilation, options);
        _fields = new FieldRules(_ownership, body => _candidates.IsCandidate(body.Syntax) && _candidates.MeansAny(body.Root), _contexts.Lifetimes);
        _left = new LeftBehind(_ownership);
        var names = new IdentifierIndex(compilation);
        _members = new ForgottenMembers(_ownership, names, _bodies.ModelOf);
        var released = new ReleasedArguments(_ownership, known, _bodies.ModelOf);
        var structures = new StructureMembers(_ownership, known, names, released, _bodies.ModelOf);
        _structures = new StructureRules(structures, new OverwrittenMembers(structures, _ownership, names, _bodies.ModelOf));
        _takenPointers = new TakenPointers(_ownership, names, released);
        _unlinked = new UnlinkedMembers(released, _bodies.ModelOf);
        _taken = new TakenAndLeft(_ownership, known);
        _promises = new ContractRules(known, _ownership);
    }

    /// <summary>Analyses one code block: a member's body or an initializer.</summary>
    public void Analyse(CodeBlockAnalysisContext context)
    {
        var mayAllocate = _candidates.IsCandidate(context.CodeBlock);
        var isAsked = AddressOutlivesBody.CanHappenIn(context.CodeBlock, context.CancellationToken) || TakenAndLeft.CanHappenIn(context.CodeBlock, context.CancellationToken) || ContractRules.IsWrittenOn(context.CodeBlock, context.CancellationToken) || _promises.IsWrittenInFileFor(context.OwningSymbol) || (mayAllocate && _promises.IsPromised(context.OwningSymbol)) ||
            (_candidates.IsAnyCandidateIn(context.OwningSymbol.ContainingType) && (DroppedElements.CanHappenIn(context.CodeBlock, context.OwningSymbol, _candidates, context.CancellationToken) || ReplacedCollections.CanHappenIn(context.CodeBlock, context.OwningSymbol, _candidates) || ForgottenFields.CanHappenIn(context.CodeBlock, context.OwningSymbol, _candidates)));
        var mayForget = TakenAndLeft.CanForget(context.CodeBlock, context.CancellationToken);
        var mayDrop = TakenPointers.IsAboutAddresses(context.CodeBlock.SyntaxTree, context.CancellationToken) && _candidates.IsAnyCandidateIn(context.OwningSymbol.ContainingType) && (TakenPointers.CanHappenIn(context.CodeBlock) || UnlinkedMembers.CanHappenIn(context.CodeBlock));
        if (!mayAllocate && !isAsked && !mayForget && !mayDrop)
        {
            return;
        }

        var pending = new Stack<(BodyUnit Unit, bool IsFollowed)>();
        foreach (var syntax in BodySyntax(context.CodeBlock, context.OwningSymbol))
        {
            // what only takes addresses out need not be gone through for that
            var isFollowed = isAsked || mayForget || context.SemanticModel.GetOperation(syntax, context.CancellationToken) is not { } operation || _candidates.MeansAny(operation);
            if ((isFollowed || mayDrop) && _bodies.BodyAt(syntax, context.OwningSymbol, context.SemanticModel, context.CancellationToken) is { } body)
            {
                pending.Push((body, isFollowed));
            }
        }

        while (pending.Count > 0)
        {
            var (unit, isFollowed) = pending.Pop();
            var told = isFollowed && (mayAllocate || isAsked) ? Report(unit, isAsked, context) : [];
            if (isAsked || mayForget)
            {
                foreach (var diagnostic in _taken.Judge(unit, context.CancellationToken))
                {
                    context.ReportDiagnostic(diagnostic);
                }
            }

            if (mayDrop)
            {
                // what the flow has followed it knows better
                foreach (var diagnostic in _takenPointers.Judge(unit, context.CancellationToken).Concat(_unlinked.Judge(unit, context.CancellationToken)).Where(diagnostic => !told.Exists(other => other.Location.SourceSpan == diagnostic.Location.SourceSpan || IsOfSameOwner(other, diagnostic))))
                {
                    context.ReportDiagnostic(diagnostic);
                }
            }

            foreach (var nested in _bodies.NestedIn(unit))
            {
                pending.Push((nested, isFollowed));
            }
        }
    }

    /// <summary>Reports what the flow through the body shows; gives what has been reported.</summary>
    private List<Diagnostic> Report(BodyUnit unit, bool isAsked, CodeBlockAnalysisContext context)
    {
        var result = isAsked ? _summaries.FullResultOf(unit, Budget.Default, context.CancellationToken) : _summaries.ResultOf(unit, Budget.Default, context.CancellationToken);
        if (result is null)
        {
            return [];
        }

        if (result.Facts.Budget is { } budget)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BodyTooLarge, unit.Member.Locations[0], unit.Member.Name, budget));
        }

        var body = new JudgedBody(result, context.SemanticModel, _contexts, context.CancellationToken);
        var reported = new HashSet<(string, TextSpan)>();
        var told = new List<Diagnostic>();
        foreach (var diagnostic in Judge(body, context))
        {
            if ((diagnostic.Id == Descriptors.NotFreedWhenThrowing.Id || diagnostic.Properties.ContainsValue(FixData.ReasonCollection)) && body.OwnBlocks.FirstOrDefault(block => block.Site!.Syntax.Span == diagnostic.Location.SourceSpan) is { } thrown && ProcessMemoryIsKept.Judge(thrown, body, _ownership) is not null)
            {
                // what is kept by every request is told as that, whatever may throw on the way
                continue;
            }

            // several paths may show one mistake
            if (reported.Add((diagnostic.Id, diagnostic.Location.SourceSpan)))
            {
                told.Add(diagnostic);
                context.ReportDiagnostic(diagnostic);
            }
        }

        var places = new HashSet<TextSpan>(reported.Select(report => report.Item2));
        foreach (var diagnostic in RequestRules.Judge(body, _ownership, places))
        {
            if (reported.Add((diagnostic.Id, diagnostic.Location.SourceSpan)))
            {
                context.ReportDiagnostic(diagnostic);
            }
        }

        foreach (var diagnostic in _promises.Judge(result, context.CancellationToken))
        {
            context.ReportDiagnostic(diagnostic);
        }

        return told;
    }

    /// <summary>Both are about the variable that the second names.</summary>
    private static bool IsOfSameOwner(Diagnostic one, Diagnostic other) =>
        other.Properties.TryGetValue(FixData.OwnerKey, out var owner) && one.GetMessage(CultureInfo.InvariantCulture).StartsWith("'" + owner + "' ", StringComparison.Ordinal);

    private IEnumerable<Diagnostic> Judge(JudgedBody body, CodeBlockAnalysisContext context) =>
        LeakRules.Judge(body.Result, type => _ownership.ReleasesAnything(type, context.CancellationToken), table => OwnedCollections.IsDoneByDisposal(_ownership.Of(table.OriginalDefinition, context.CancellationToken).LeftBy, table.ContainingType, _ownership, context.CancellationToken), body.ContextAt, body.ContextNear, _options.Get(Options.ThrowingPaths, body.Result.Unit.Syntax.SyntaxTree), _options.Get(Options.PooledBuffersOnThrow, body.Result.Unit.Syntax.SyntaxTree))
            .Concat(_fields.Judge(body.Result, context.CancellationToken))
            .Concat(FailedReallocations.Judge(body.Result))
            .Concat(MisuseRules.Judge(body.Result))
            .Concat(_members.Judge(body.Result, context.CancellationToken))
            .Concat(_structures.Judge(body.Result, context.CancellationToken))
            .Concat(_left.Judge(body.Result, context.CancellationToken));

    /// <summary>The nodes whose operations are the roots of bodies.</summary>
    private static IEnumerable<SyntaxNode> BodySyntax(SyntaxNode block, ISymbol owner)
    {
        switch (block)
        {
            case PropertyDeclarationSyntax { ExpressionBody: { } arrow }:
                yield return arrow;
                break;
            case IndexerDeclarationSyntax { ExpressionBody: { } arrow }:
                yield return arrow;
                break;
            case PropertyDeclarationSyntax { Initializer: { } initializer }:
                yield return initializer;
                break;
            case VariableDeclaratorSyntax { Initializer: { } initializer }:
                yield return initializer;
                break;
            case BaseFieldDeclarationSyntax field:
                foreach (var variable in field.Declaration.Variables)
                {
                    if (variable.Initializer is { } initializer && variable.Identifier.ValueText == owner.Name)
                    {
                        yield return initializer;
                    }
                }

                break;
            default:
                yield return block;
                break;
        }
    }
}
