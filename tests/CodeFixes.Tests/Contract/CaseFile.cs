namespace LifetimeAnalyzers.CodeFixes.Tests.Contract;

/// <summary>
/// Cases of <c>Cases/*.cases</c>: a title after <c>===</c>, with the family and, when it is not the default, the key of
/// the fix after <c>|</c>; then the marked code, a line of <c>---</c>, and the code after the fix, or
/// <c>(nothing is offered)</c>. What has no class around it is the body of a method.
/// </summary>
internal sealed record CaseFile(string Title, string Family, string? Key, string Before, string After)
{
    public const string NothingOffered = "(nothing is offered)";

    private const string Head = """
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.IO;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Tasks;
        using LifetimeAnalyzers;

        class C
        {
            static unsafe void Use(void* p) { }
            static void Use(nint p) { }
            static void Use(byte[] buffer) { }
            static void Use(Memory<byte> memory) { }
            static unsafe bool Check(void* p) => p != null;
            static bool Check(byte[] buffer) => buffer != null;
            static int Size() => 16;
            static unsafe int Fill(void* p) => 0;
            static void Log(object o) { }


        """;

    /// <summary>All cases of the file <paramref name="name"/>.</summary>
    public static IEnumerable<CaseFile> Read(string name, string folder = "Cases")
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, folder, name + ".cases")).ReplaceLineEndings("\n");
        foreach (var entry in text.Split("\n=== ", StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var title = entry[..entry.IndexOf('\n', StringComparison.Ordinal)].Split(" | ");
            var parts = entry[(entry.IndexOf('\n', StringComparison.Ordinal) + 1)..].Split("\n---\n");
            yield return new CaseFile(title[0], title.Length > 1 ? title[1] : string.Empty, title.Length > 2 ? title[2] : null, parts[0].Trim('\n') + "\n", parts[1].Trim('\n') + "\n");
        }
    }

    /// <summary>A whole file: the code itself, or the code as the body of a method.</summary>
    public static string Complete(string code)
    {
        if (code.Contains("class ", StringComparison.Ordinal) || code.Contains("struct ", StringComparison.Ordinal) || code.StartsWith("using ", StringComparison.Ordinal) || code.StartsWith("// whole file", StringComparison.Ordinal))
        {
            return code;
        }

        var lines = code.Split('\n');
        var signature = lines[0].StartsWith("// ", StringComparison.Ordinal) ? lines[0][3..] : "unsafe void M(int n, bool b)";
        var indented = lines.Select(line => line.Length == 0 || line[0] == '#' ? line : "        " + line);
        return Head + "    " + signature + "\n    {\n" + string.Join("\n", indented) + "    }\n}\n";
    }

    public override string ToString() => Title;
}
