using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>The seeds, as the sample server has them: each forgotten block is reported once, and what is given back is no mistake.</summary>
public class SampleServerTests
{
    private const string Web = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;

        namespace Microsoft.Extensions.DependencyInjection
        {
            static class Stand
            {
                public static void AddRequestScopes(this IServiceCollection services) { }
                public static void UseRequestScope(this IApplicationBuilder app) { }
            }
        }
        """;

    [Fact]
    public Task Seeds_are_reported_exactly_once()
    {
        var test = new ServerTest(Source("Program.cs", ("Heap.Malloc(Pattern.BlockSize)", "LIFE001")));
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        test.TestState.Sources.Add(Web);
        test.TestState.Sources.Add(Source("MessageQueue.cs"));
        test.TestState.Sources.Add(Source("Pattern.cs"));
        test.TestState.Sources.Add(Source("MessageWorker.cs", ("Heap.Emalloc(Pattern.BlockSize)", "LIFE002")));
        test.TestState.Sources.Add(Source("NativeController.cs",
            ("NativeMemory.Alloc(Pattern.BlockSize)", "LIFE001"), ("NativeMemory.Alloc(Pattern.BlockSize)", "LIFE015"),
            ("Marshal.AllocHGlobal(Pattern.BlockSize)", "LIFE001"), ("Marshal.AllocHGlobal(Pattern.BlockSize)", "LIFE015")));
        return test.VerifyAsync();
    }

    /// <summary>A file of the sample with its diagnostics marked: each pair marks the next place of its code.</summary>
    private static string Source(string file, params (string Code, string Id)[] marks)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), file));
        var from = 0;
        foreach (var (code, id) in marks)
        {
            var at = text.IndexOf(code, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{file} has no {code}");
            var marked = "{|" + id + ":" + code + "|}";
            text = text[..at] + marked + text[(at + code.Length)..];
            from = at + marked.Length;
        }

        return text;
    }

    private static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LifetimeAnalyzers.sln")))
            {
                return Path.Combine(folder.FullName, "samples", "Server");
            }
        }

        throw new DirectoryNotFoundException("No folder above the test holds LifetimeAnalyzers.sln.");
    }

    private sealed class ServerTest(string source) : LifetimeTest(source)
    {
        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [];
    }
}
