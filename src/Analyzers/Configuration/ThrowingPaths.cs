namespace LifetimeAnalyzers.Configuration;

/// <summary>Where LIFE005, a block that is not freed when something throws, is a warning.</summary>
internal enum ThrowingPaths
{
    /// <summary>In request handlers and persistent servers; information elsewhere.</summary>
    Servers,

    /// <summary>Everywhere.</summary>
    All,

    /// <summary>Nowhere: it is not reported.</summary>
    None,
}
