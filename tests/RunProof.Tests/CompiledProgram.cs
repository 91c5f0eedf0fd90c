using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LifetimeAnalyzers.RunProof.Tests;

/// <summary>A program of <c>Programs</c>, compiled and loaded into this process; its <c>Program.Run</c> is what is proved.</summary>
internal sealed class CompiledProgram
{
    private readonly MethodInfo _run;

    private CompiledProgram(MethodInfo run) => _run = run;

    public static CompiledProgram Of(string source)
    {
        var references = References.AspNetCore.ResolveAsync(LanguageNames.CSharp, CancellationToken.None).Result.Add(References.Runtime);
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release, concurrentBuild: false);
        var compilation = CSharpCompilation.Create("Proof", [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview))], references, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        image.Position = 0;
        var context = new AssemblyLoadContext("proof", isCollectible: false);
        context.Resolving += (_, name) => name.Name == "LifetimeAnalyzers.Runtime" ? AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "runtime-under-test", "LifetimeAnalyzers.Runtime.dll")) : null;
        return new CompiledProgram(context.LoadFromStream(image).GetType("Program", throwOnError: true)!.GetMethod("Run")!);
    }

    /// <summary>Runs it once and gives what it prints, or the name of what it throws.</summary>
    public string Run()
    {
        try
        {
            return (string)_run.Invoke(null, null)!;
        }
        catch (TargetInvocationException thrown)
        {
            return "threw " + thrown.InnerException!.GetType().Name;
        }
    }

    /// <summary>How many bytes the system's allocator holds more after <paramref name="times"/> runs, warm-up apart.</summary>
    public long Growth(int times)
    {
        for (var i = 0; i < 5; i++)
        {
            Run();
        }

        var before = InUse();
        for (var i = 0; i < times; i++)
        {
            Run();
        }

        return InUse() - before;
    }

    private static long InUse()
    {
        var info = Allocator.mallinfo2();
        return (long)(info.BytesInUse + info.BytesMapped);
    }

    private static class Allocator
    {
        [DllImport("libc")]
        public static extern Information mallinfo2();

        /// <summary>glibc's own account: ten counters of which these two are blocks that are not freed.</summary>
        [StructLayout(LayoutKind.Sequential)]
        public struct Information
        {
            public nuint Arena;
            public nuint FreeChunks;
            public nuint FastChunks;
            public nuint Mapped;
            public nuint BytesMapped;
            public nuint Unused;
            public nuint FastFree;
            public nuint BytesInUse;
            public nuint Free;
            public nuint Trimmable;
        }
    }
}
