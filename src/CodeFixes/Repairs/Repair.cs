using LifetimeAnalyzers.CodeFixes.Editing;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>One way to repair a finding. Stateless.</summary>
internal abstract class Repair
{
    /// <summary>The name of the repair: the end of its equivalence key.</summary>
    public abstract string Name { get; }

    /// <summary>Where no release at one place is right this one still is: it asks first, or changes what is released.</summary>
    public virtual bool FitsWhereNoReleaseDoes => false;

    /// <summary>The ways to do it, best first; the first one that compiles is taken. Nothing where it does not fit.</summary>
    public abstract IEnumerable<Plan?> Plans(FixSite site);
}
