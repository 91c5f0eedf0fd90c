namespace LifetimeAnalyzers;

/// <summary>Blocks that one line allocated and nobody released.</summary>
/// <param name="File">Source file as the compiler wrote it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Function">The function that allocated, such as <c>Emalloc</c>.</param>
/// <param name="Blocks">How many blocks.</param>
/// <param name="Bytes">Bytes asked for, together.</param>
public readonly record struct LeakSite(string File, int Line, string Function, long Blocks, long Bytes);
