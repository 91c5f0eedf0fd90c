using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes;

/// <summary>
/// The fix of one rule. The default comes first and always under one equivalence key, whatever it does at the place at
/// hand, because the formatter applies the key of the first offer to all findings. Alternatives follow, each under its
/// own key. What would not compile is not offered.
/// </summary>
public abstract class LifetimeFix : CodeFixProvider
{
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
    public sealed override FixAllProvider GetFixAllProvider() => FixAllInTurn.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await FixSite.AtAsync(context.Document, Finding.From(diagnostic), context.CancellationToken).ConfigureAwait(false) is not { } site)
            {
                continue;
            }

            var offered = new List<Plan>();
            void Offer(Plan? plan, string key)
            {
                if (plan is { Changes.Length: > 0 } && !offered.Exists(other => other.Changes.SequenceEqual(plan.Changes)))
                {
                    offered.Add(plan);
                    context.RegisterCodeFix(CodeAction.Create(plan.Title, token => ApplyAsync(context.Document, plan, token), key), diagnostic);
                }
            }

            Offer(DefaultPlan(site), DefaultKey);
            foreach (var repair in _defaults.Concat(_alternatives).Distinct())
            {
                Offer(FirstThatCompiles(repair, site), KeyOf(repair));
            }
        }
    }

    internal static async Task<Document> ApplyAsync(Document document, Plan plan, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(plan.Changes));
    }

    /// <summary>The plan of the repair with the key, or of the default when no repair has it: the formatter passes no key when nothing is offered for its first finding.</summary>
    internal Plan? PlanFor(string? key, FixSite site) =>
        _defaults.Concat(_alternatives).FirstOrDefault(repair => KeyOf(repair) == key) is { } chosen ? FirstThatCompiles(chosen, site) : DefaultPlan(site);

    private static Plan? FirstThatCompiles(Repair repair, FixSite site) =>
        repair.Plans(site).FirstOrDefault(plan => plan is not null && CompileCheck.Passes(site, plan));

    private string KeyOf(Repair repair) => FixableDiagnosticIds[0] + "." + repair.Name;

    private Plan? DefaultPlan(FixSite site) => _defaults.Select(repair => FirstThatCompiles(repair, site)).FirstOrDefault(plan => plan is not null);
}
