namespace LifetimeAnalyzers.Corpus.Sites;

/// <summary>What has become of the block of an allocation site.</summary>
internal enum Fate
{
    /// <summary>Released by the body that allocates it.</summary>
    Released,

    /// <summary>Somebody else is known to be responsible.</summary>
    Transferred,

    /// <summary>A rule reports it.</summary>
    Reported,

    /// <summary>In code that is not analysed on purpose.</summary>
    Generated,

    /// <summary>The analysis lost sight of it, on one path at least.</summary>
    GivenUp,
}

/// <summary>One allocation site, accounted for.</summary>
internal sealed record Account(string Family, Fate Fate, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Family}, {Fate}: {Reason}";
}
