namespace LifetimeAnalyzers;

/// <summary>
/// The time after which a thread that was in the middle of a few instructions is surely out of them: what could still be
/// in use by it may be used for something else then. Paths without locks leave no trace to ask for.
/// </summary>
internal static class Grace
{
    private const long Milliseconds = 1000;

    /// <summary>The time now, in milliseconds since some start.</summary>
    public static long Now => Environment.TickCount64;

    /// <summary>What has been waiting since before this has waited long enough.</summary>
    public static long Over => Now - Milliseconds;
}
