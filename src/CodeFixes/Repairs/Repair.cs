using LifetimeAnalyzers.CodeFixes.Editing;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>One way to repair a finding. Stateless.</summary>
internal abstract class Repair
{
    /// <summary>The name of the repair: the end of its equivalence key.</summary>
    public abstract string Name { get; }

    /// <summary>The ways to do it, best first; the first one that compiles is taken. Nothing where it does not fit.</summary>
    public abstract IEnumerable<Plan?> Plans(FixSite site);
}
