using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Checks;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.CodeFixes.Repairs;
using LifetimeAnalyzers.CodeFixes.Rules;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes;

/// <summary>
/// The fix of one rule. The default comes first and always under one equivalence key, whatever it does at the place at
/// hand, because the formatter applies the key of the first offer to all findings. Alternatives follow, each under its
/// own key. What would not compile, or would be reported again, is not offered.
/// </summary>
public abstract class LifetimeFix : CodeFixProvider
{
    /// <summary>The rule about request memory that a loop takes.</summary>
    private const string Growth = "LIFE014";

    /// <summary>How many second steps are tried for one finding.</summary>
    private const int MostSecondSteps = 8;

    /// <summary>On so many ways a block may be lost that is released on each by itself.</summary>
    private const int MostPaths = 6;

    private static readonly Lazy<LifetimeFix[]> s_leaks = new(() => [new NeverFreedFix(), new NotFreedOnSomePathFix(), new NotFreedWhenThrowingFix(), new NotReturnedOnSomePathFix(), new GrowsInLoopFix()]);

    private readonly Repair[] _defaults;
    private readonly Repair[] _alternatives;

    private protected LifetimeFix(string ruleId, Repair[] defaults, params Repair[] alternatives)
    {
        FixableDiagnosticIds = ImmutableArray.Create(ruleId);
        DefaultKey = ruleId + ".Default";
        _defaults = defaults;
        _alternatives = alternatives;
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>The equivalence key of the default fix.</summary>
    public string DefaultKey { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => ChangesOtherFiles ? FixAllAcross.Instance : FixAllInTurn.Instance;

    /// <summary>A repair may have to be written into another file than the one of the report.</summary>
    private protected virtual bool ChangesOtherFiles => false;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await FixSite.AtAsync(context.Document, Finding.From(diagnostic), null, context.CancellationToken).ConfigureAwait(false) is not { } site)
            {
                continue;
            }

            var offered = new List<Plan>();
            void Offer(Plan? plan, string key)
            {
                if (plan is { IsDone: false })
                {
                    offered.Add(plan);
                    context.RegisterCodeFix(
                        plan.Elsewhere is null
                            ? CodeAction.Create(plan.Title, token => ApplyAsync(context.Document, plan, token), key)
                            : CodeAction.Create(plan.Title, async token => (await ApplyAsync(context.Document, plan, token).ConfigureAwait(false)).Project.Solution, key),
                        diagnostic);
                }
            }

            Offer((await DefaultPlanAsync(site).ConfigureAwait(false))?.Plan, DefaultKey);
            foreach (var repair in _defaults.Concat(_alternatives).Distinct())
            {
                Offer((await FirstThatHoldsAsync(repair, site, againstAdvice: true, offered, isChosen: true).ConfigureAwait(false))?.Plan, KeyOf(repair));
            }
        }
    }

    /// <summary>The document after <paramref name="plan"/>, in a solution in which the other file has changed as well.</summary>
    internal static async Task<Document> ApplyAsync(Document document, Plan plan, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (plan.Elsewhere is not { } other)
        {
            return document.WithText(text.WithChanges(plan.Changes));
        }

        var solution = document.Project.Solution;
        if (document.Project.GetDocument(other.Tree) is { } second)
        {
            var written = await second.GetTextAsync(cancellationToken).ConfigureAwait(false);
            solution = solution.WithDocumentText(second.Id, written.WithChanges(other.Changes));
        }

        return solution.WithDocumentText(document.Id, text.WithChanges(plan.Changes)).GetDocument(document.Id)!;
    }

    /// <summary>
    /// The plan of the repair with the key, or of the default when no repair has it, because the formatter passes no key
    /// when nothing is offered for its first finding; and what will be reported then.
    /// </summary>
    internal Task<Held?> PlanForAsync(string? key, FixSite site) =>
        _defaults.Concat(_alternatives).FirstOrDefault(repair => KeyOf(repair) == key) is { } chosen ? FirstThatHoldsAsync(chosen, site, againstAdvice: true, []) : DefaultPlanAsync(site);

    /// <summary>The first plan of <paramref name="repair"/> that holds; null when there is none, or when it is among the <paramref name="offered"/>.</summary>
    private static async Task<Held?> FirstThatHoldsAsync(Repair repair, FixSite site, bool againstAdvice, List<Plan> offered, bool isChosen = false)
    {
        foreach (var plan in site.Finding.Properties.ContainsKey(FixData.NoFixKey) && !repair.FitsWhereNoReleaseDoes ? [] : repair.Plans(site))
        {
            if (plan is null)
            {
                continue;
            }

            if (offered.Exists(other => other.IsSameAs(plan)))
            {
                return null;
            }

            if (plan.IsDone)
            {
                return new Held(plan, null, null);
            }

            if (await HeldAsync(site, plan, againstAdvice, isChosen).ConfigureAwait(false) is { } held)
            {
                return held;
            }
        }

        return null;
    }

    /// <summary>The <paramref name="plan"/>, when it holds. It is judged once, however many repairs and rounds come to it: to judge it is what takes the time.</summary>
    private static async Task<Held?> HeldAsync(FixSite site, Plan plan, bool againstAdvice, bool isChosen = false)
    {
        if (site.Judged.Find(other => other.Plan.IsSameAs(plan)) is not { } judged)
        {
            var outcome = Outcome.Of(site, plan);
            judged = CompileCheck.Passes(site, plan, outcome) && OnceCheck.Passes(plan, outcome, site.CancellationToken) ? await JudgeAsync(site, plan, outcome).ConfigureAwait(false) : new Judged(plan, null, false);
            site.Judged.Add(judged);
        }

        return judged.Held is { } held && (againstAdvice || judged.IsAdvised) && (isChosen || judged.ReportedIn is null)
            ? held with { Plan = judged.ReportedIn is null ? plan : plan with { Title = $"{plan.Title} (brings up a report in {judged.ReportedIn})" } } : null;
    }

    private static async Task<Judged> JudgeAsync(FixSite site, Plan plan, Outcome outcome)
    {
        if (plan.Elsewhere is { } other)
        {
            return await JudgeElsewhereAsync(site, plan, other.Tree, outcome).ConfigureAwait(false);
        }

        var reach = Reach.Of(site, plan);
        var reached = reach.In(site.Root);
        var reachedThen = reach.In(outcome.Tree.GetRoot(site.CancellationToken));
        var all = await Reports.InAsync(outcome.Analysis, outcome.Model, reachedThen.Select(span => (TextSpan?)span), site.CancellationToken).ConfigureAwait(false);
        var after = all.In(reachedThen);

        // Whoever asks for a part may be told of more: whether that is new, only the whole file can say.
        var before = after.All.Length == all.All.Length ? await site.ReportsAsync(reached).ConfigureAwait(false) : await site.ReportsAsync().ConfigureAwait(false);
        var map = new SpanMap(plan.Changes);
        bool Passes(bool againstAdvice) => ReportCheck.Passes(site.Finding, map, before, all, againstAdvice);
        if (!Passes(againstAdvice: true))
        {
            // Members that the plan leaves as they are may be judged otherwise in a part than in the file: that is what a build says.
            var mayBeOfThePart = !reached.Contains(site.Root.FullSpan) && ReportCheck.AddsOnlyOutside(site.Finding, map, before, all, outcome.MembersOf(plan, site.CancellationToken));
            return mayBeOfThePart && await JudgeWholeAsync(site, plan, outcome, map, reach).ConfigureAwait(false) is { } whole
                ? whole
                : new Judged(plan, null, false) { Left = ReportCheck.OnlyLeft(site.Finding, map, before, all, plan), Outcome = outcome };
        }

        return await JudgedAbroadAsync(site, plan, reach, outcome, new Held(plan, site.ReportsAfter(map, reached, after), outcome), Passes(againstAdvice: false)).ConfigureAwait(false);
    }

    /// <summary>The same, by all that is reported in the file; null when it does not hold.</summary>
    private static async Task<Judged?> JudgeWholeAsync(FixSite site, Plan plan, Outcome outcome, SpanMap map, Reach reach)
    {
        var before = await site.ReportsAsync().ConfigureAwait(false);
        var after = await Reports.InAsync(outcome.Analysis, outcome.Model, [null], site.CancellationToken).ConfigureAwait(false);
        return ReportCheck.Passes(site.Finding, map, before, after, againstAdvice: true) && await JudgedAbroadAsync(site, plan, reach, outcome, new Held(plan, after, outcome), ReportCheck.Passes(site.Finding, map, before, after, againstAdvice: false)).ConfigureAwait(false) is { Held: not null } judged
            ? judged
            : null;
    }

    /// <summary>A plan that changes two files: both are judged anew, as a whole.</summary>
    private static async Task<Judged> JudgeElsewhereAsync(FixSite site, Plan plan, SyntaxTree tree, Outcome outcome)
    {
        var before = await site.ReportsAsync().ConfigureAwait(false);
        var after = await Reports.InAsync(outcome.Analysis, outcome.Model, [null], site.CancellationToken).ConfigureAwait(false);
        var beforeThere = await site.ReportsAsync(site.Model.Compilation.GetSemanticModel(tree)).ConfigureAwait(false);
        var afterThere = await Reports.InAsync(outcome.Analysis, outcome.Elsewhere!, [null], site.CancellationToken).ConfigureAwait(false);
        bool Passes(bool againstAdvice) => ReportCheck.Passes(site.Finding, new SpanMap(plan.Changes), before, after, againstAdvice) && ReportCheck.AddsNothing(beforeThere, new SpanMap(plan.Elsewhere!.Value.Changes), afterThere, againstAdvice);
        return Passes(againstAdvice: true)
            ? await JudgedAbroadAsync(site, plan, Reach.Of(site, plan), outcome, new Held(plan, after, null), Passes(againstAdvice: false)).ConfigureAwait(false)
            : new Judged(plan, null, false);
    }

    /// <summary>What holds in its file, as the other files see it: of those of other projects a person may decide.</summary>
    private static async Task<Judged> JudgedAbroadAsync(FixSite site, Plan plan, Reach reach, Outcome outcome, Held held, bool isAdvised)
    {
        if (!reach.LeavesFile)
        {
            return new Judged(plan, held, isAdvised);
        }

        if (!await OtherFiles.StayAsTheyAreAsync(site, plan, reach, outcome).ConfigureAwait(false))
        {
            return new Judged(plan, null, false);
        }

        return await OtherProjects.FeltAsync(site, reach, outcome).ConfigureAwait(false) switch
        {
            { Breaks: true } => new Judged(plan, null, false),
            { Project: { } project } => new Judged(plan, held, isAdvised) { ReportedIn = project },
            _ => new Judged(plan, held, isAdvised),
        };
    }

    private string KeyOf(Repair repair) => FixableDiagnosticIds[0] + "." + repair.Name;

    /// <summary>The first repair that leaves nothing to say; where all leave right code of which another rule has an opinion, the first of those.</summary>
    private async Task<Held?> DefaultPlanAsync(FixSite site) =>
        await FirstDefaultAsync(site).ConfigureAwait(false) ?? (site.WithoutPair() is { } plain ? await FirstDefaultAsync(plain).ConfigureAwait(false) : null) ?? await OnEachPathAsync(site).ConfigureAwait(false) ?? await InTwoStepsAsync(site, againstAdvice: true).ConfigureAwait(false);

    private async Task<Held?> FirstDefaultAsync(FixSite site)
    {
        bool[] rounds = site.Model.Compilation.GetTypeByMetadataName("LifetimeAnalyzers.Heap") is null ? [false] : [false, true];
        foreach (var againstAdvice in rounds)
        {
            foreach (var repair in _defaults)
            {
                if (await FirstThatHoldsAsync(repair, site, againstAdvice, []).ConfigureAwait(false) is { } held)
                {
                    return held;
                }
            }

            // Taken from the request scope it would grow there: in a loop it is released as well.
            if (!againstAdvice && rounds.Length > 1 && site.Judged.Exists(judged => judged.Left?.RuleId == Growth) && await InTwoStepsAsync(site, againstAdvice: false).ConfigureAwait(false) is { } both)
            {
                return both;
            }
        }

        return null;
    }

    /// <summary>A finding names one way on which the block is lost. There may be more: each is repaired like the first one, as long as that leads to the next.</summary>
    private static async Task<Held?> OnEachPathAsync(FixSite site)
    {
        var last = site.Judged.Find(judged => judged.Plan.IsOnePath && judged.Left is not null);
        for (var path = 0; path < MostPaths && last is not null; path++)
        {
            var between = site.After(last.Outcome!, last.Left!, null);
            var fix = s_leaks.Value.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(last.Left!.RuleId));
            var next = fix?._defaults.Where(repair => repair is ReleaseBeforeExit or ReleaseWhereLost or ReleaseFilled).SelectMany(repair => repair.Plans(between)).FirstOrDefault(plan => plan is { IsOnePath: true });
            if (next is null)
            {
                return null;
            }

            var all = Plan.Of(last.Plan, next, between.Text, site.Text);
            if (await HeldAsync(site, all, againstAdvice: true).ConfigureAwait(false) is { } held)
            {
                return held;
            }

            last = site.Judged.Find(judged => judged.Left is not null && judged.Plan.IsSameAs(all));
        }

        return null;
    }

    /// <summary>
    /// What one step does not repair because the block is lost in another way then, two may: released before it is
    /// overwritten, and in a <c>finally</c> around the loop. Both together have to hold what every plan has to.
    /// </summary>
    private static async Task<Held?> InTwoStepsAsync(FixSite site, bool againstAdvice)
    {
        var tried = 0;

        // The later repairs reach further: what comes second sees a finally that the first one has written.
        foreach (var first in site.Judged.Where(judged => judged.Left is not null).Reverse().ToList())
        {
            if (s_leaks.Value.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(first.Left!.RuleId)) is not { } fix)
            {
                continue;
            }

            var between = site.After(first.Outcome!, first.Left!, null);
            foreach (var second in fix._defaults.SelectMany(repair => repair.Plans(between)))
            {
                if (second is not { IsDone: false, Elsewhere: null })
                {
                    continue;
                }

                if (++tried > MostSecondSteps)
                {
                    return null;
                }

                if (await HeldAsync(site, Plan.Of(first.Plan, second, between.Text, site.Text), againstAdvice).ConfigureAwait(false) is { } held)
                {
                    return held;
                }
            }
        }

        return null;
    }

    /// <summary>A plan that passed its checks, and what is reported after it; with the file as it leaves it, when that is all that it changes.</summary>
    internal sealed record Held(Plan Plan, Reports? After, Outcome? Outcome);

    /// <summary>What came of judging a plan: it holds or does not, and if so, whether it also leaves no other rule with an opinion.</summary>
    internal sealed record Judged(Plan Plan, Held? Held, bool IsAdvised)
    {
        /// <summary>The one report that a plan which does not hold leaves of the same block.</summary>
        public Finding? Left { get; init; }

        /// <summary>Another project of the solution in which it brings up a report: nothing that is done without asking.</summary>
        public string? ReportedIn { get; init; }

        /// <summary>The file as that plan leaves it.</summary>
        public Outcome? Outcome { get; init; }
    }
}
