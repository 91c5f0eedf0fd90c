namespace LifetimeAnalyzers.Families;

/// <summary>How surely the name of a function says that what it is handed is gone.</summary>
internal enum EndStrength
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>It may as well be emptied, or put to rest: <c>clear</c>, <c>close</c>.</summary>
    Weak,

    /// <summary>It is gone: <c>free</c>, <c>destroy</c>.</summary>
    Strong,
}

/// <summary>The words by which names of native functions say that something ends.</summary>
internal static class EndWords
{
    private static readonly string[] s_strong = ["free", "destroy", "delete", "dispose", "release", "unref", "dealloc", "deallocate", "drop", "decref", "freemem"];
    private static readonly string[] s_weak = ["close", "clear", "finish", "fini", "finalize", "exit", "quit", "cleanup", "term", "terminate", "shutdown", "uninit", "deinit", "unload", "uninitialize"];
    private static readonly string[] s_asking = ["get", "set", "is", "has", "can", "space", "on", "register", "notify", "callback", "size", "lock", "mutex", "semaphore", "capture", "interface", "iface"];

    /// <summary>What the name of the function says, or that of the method.</summary>
    public static EndStrength Of(DeclaredImport import) =>
        import.Pointers.First is null || import.Pointers.AsResult ? EndStrength.None
        : Of(import.EntryPoint) is not EndStrength.None and var strength ? strength : Of(import.Name);

    /// <summary>Whether a member of an object releases what the object has, by its name: <c>Dispose</c>, <c>ReleaseHandle</c>, <c>Close</c>.</summary>
    public static bool IsDisposal(string member) => NameReader.WordsOf(member).Exists(static word => word is "dispose" or "free" or "release" or "destroy" or "close" or "unload" or "shutdown" or "cleanup");

    /// <summary>Whether a function of the source releases what it is handed by its name, or gives it back: <c>Free</c>, <c>ReturnChunk</c>, <c>GiveBack</c>.</summary>
    public static bool SaysSo(string name) => Of(name) != EndStrength.None || NameReader.WordsOf(name).Exists(static word => word is "return" or "give" or "put" or "recycle" or "end" or "done" or "discard" or "remove");

    private static EndStrength Of(string name)
    {
        var words = NameReader.WordsOf(name);
        if (words.Exists(s_asking.Contains))
        {
            return EndStrength.None;
        }

        // 'PQclear' and 'RWclose' have no boundary in front of the verb
        var last = words.Count == 0 ? "" : words[words.Count - 1];
        return words.Exists(s_strong.Contains) || s_strong.Any(word => Ends(last, word)) ? EndStrength.Strong
            : words.Exists(s_weak.Contains) || s_weak.Any(word => Ends(last, word)) ? EndStrength.Weak
            : EndStrength.None;
    }

    private static bool Ends(string word, string with) => with.Length >= 4 && word.EndsWith(with, StringComparison.Ordinal);
}
