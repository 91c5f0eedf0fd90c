namespace LifetimeAnalyzers.Suite.Generator;

/// <summary>The text of one case file.</summary>
/// <param name="Flaw">The mistake.</param>
/// <param name="Variant">How it flows.</param>
internal sealed record CaseText(Flaw Flaw, Variant Variant)
{
    private static readonly (string Namespace, string[] Names)[] Imports =
    [
        ("System", ["IDisposable", "GC.", "Environment."]),
        ("System.Buffers", ["ArrayPool", "MemoryPool", "IMemoryOwner"]),
        ("System.Collections.Generic", ["List<", "LinkedList<", "Dictionary<"]),
        ("System.Runtime.CompilerServices", ["Unsafe."]),
        ("System.Runtime.InteropServices", ["Marshal.", "NativeMemory.", "GCHandle", "StructLayout"]),
        ("LifetimeAnalyzers", ["Heap."]),
        ("Suite.Support", ["Io.", "Globals.", "Libc."]),
    ];

    private string Name => $"CWE{Flaw.Weakness}_{Variant.Number}_{Flaw.Name}";

    /// <summary>The path of the file: a folder for each weakness.</summary>
    public string Path => $"CWE{Flaw.Weakness}/{Name}.cs";

    /// <inheritdoc/>
    public override string ToString()
    {
        (IEnumerable<string> members, IEnumerable<string> types) = Variant.Write(Flaw);
        string code = Text.Members(["internal static unsafe class Case\n" + Text.Braces(Text.Members(members)), .. types]);
        string usings = string.Concat(Imports.Where(one => one.Names.Any(code.Contains)).Select(one => $"using {one.Namespace};\n"));
        return $"// weakness: CWE-{Flaw.Weakness}\n// variant: {Variant.Number}\n// construct: {Variant.Construct}\n{usings}\n"
            + $"namespace Cases.{Name};\n\n{code}\n";
    }
}
