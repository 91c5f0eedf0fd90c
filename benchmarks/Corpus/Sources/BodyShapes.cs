using System.Text;

namespace LifetimeAnalyzers.Corpus.Sources;

/// <summary>Bodies of shapes that make a careless path-by-path analysis explode.</summary>
internal static class BodyShapes
{
    private const string Before = "using System.Runtime.InteropServices;\n\ninternal static unsafe class Shapes\n{\n";

    /// <summary>Every shape, with what it is called.</summary>
    public static IEnumerable<(string Name, string Source)> All()
    {
        yield return ("60 independent ifs around 20 allocations", Ifs(60, 20, conditional: false));
        yield return ("60 independent ifs around 20 allocations, each under one of them", Ifs(60, 20, conditional: true));
        yield return ("2,500 statements", Straight(2_500));
        yield return ("5,000 statements", Straight(5_000));
        yield return ("10,000 statements", Straight(10_000));
        yield return ("500 nested blocks", Nested(500));
        yield return ("a switch with 300 sections", Switch(300));
        yield return ("a chain of 1,000 calls", Chain(1_000));
        yield return ("20 calls in a row, each of which may give a block", Outcomes(20));
    }

    private static string Ifs(int conditions, int allocations, bool conditional)
    {
        var text = new StringBuilder(Before).Append("    public static void Run(bool[] flags)\n    {\n");
        for (var i = 0; i < allocations; i++)
        {
            text.Append($"        void* p{i} = {(conditional ? $"flags[{i}] ? NativeMemory.Alloc(16) : null" : "NativeMemory.Alloc(16)")};\n");
        }

        for (var i = 0; i < conditions; i++)
        {
            text.Append($"        if (flags[{i}])\n        {{\n            *(byte*)p{i % allocations} = {i};\n        }}\n\n");
        }

        for (var i = 0; i < allocations; i++)
        {
            text.Append($"        NativeMemory.Free(p{i});\n");
        }

        return text.Append("    }\n}\n").ToString();
    }

    private static string Straight(int statements)
    {
        var text = new StringBuilder(Before).Append("    public static void Run()\n    {\n");
        for (var i = 0; i < statements / 5; i++)
        {
            text.Append($"        byte* p{i} = (byte*)NativeMemory.Alloc(16);\n        p{i}[0] = 1;\n        int n{i} = p{i}[0] + {i};\n        p{i}[1] = (byte)n{i};\n        NativeMemory.Free(p{i});\n");
        }

        return text.Append("    }\n}\n").ToString();
    }

    private static string Nested(int depth)
    {
        var text = new StringBuilder(Before).Append("    public static void Run(int n)\n    {\n        void* p = NativeMemory.Alloc(16);\n");
        for (var i = 0; i < depth; i++)
        {
            text.Append($"        if (n > {i})\n        {{\n");
        }

        text.Append("        *(byte*)p = 1;\n");
        for (var i = 0; i < depth; i++)
        {
            text.Append("        }\n");
        }

        return text.Append("        NativeMemory.Free(p);\n    }\n}\n").ToString();
    }

    private static string Switch(int sections)
    {
        var text = new StringBuilder(Before).Append("    public static void Run(int n)\n    {\n        void* p = null;\n        switch (n)\n        {\n");
        for (var i = 0; i < sections; i++)
        {
            text.Append($"            case {i}:\n                p = NativeMemory.Alloc({i + 1});\n                break;\n");
        }

        return text.Append("        }\n\n        NativeMemory.Free(p);\n    }\n}\n").ToString();
    }

    private static string Chain(int length)
    {
        var text = new StringBuilder(Before).Append($"    public static void Run() => NativeMemory.Free(Call0());\n\n    private static void* Call{length}() => NativeMemory.Alloc(16);\n");
        for (var i = 0; i < length; i++)
        {
            text.Append($"\n    private static void* Call{i}() => Call{i + 1}();\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Outcomes(int calls)
    {
        var text = new StringBuilder(Before).Append("    private static nint Create(byte[] value) => value == null ? 0 : Marshal.AllocHGlobal(value.Length);\n\n    public static void Run(byte[][] values)\n    {\n");
        for (var i = 0; i < calls; i++)
        {
            text.Append($"        nint p{i} = Create(values[{i}]);\n");
        }

        for (var i = 0; i < calls; i++)
        {
            text.Append($"        Marshal.FreeHGlobal(p{i});\n");
        }

        return text.Append("    }\n}\n").ToString();
    }
}
