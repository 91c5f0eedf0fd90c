using System.Collections.Immutable;
using LifetimeAnalyzers.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Contexts.Tests;

/// <summary>
/// Compiles a piece of code against ASP.NET Core's reference assemblies and asks for the context at every call of
/// <c>At.Request()</c>, <c>At.Persistent()</c>, <c>At.Once()</c> (in a persistent server, but outside of its loop),
/// <c>At.StartUp()</c> and <c>At.Unknown()</c>: the name is what is expected.
/// </summary>
internal sealed class ContextTest
{
    private const string Prelude = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;

        internal static class At
        {
            public static int Request() => 0;
            public static int Persistent() => 0;
            public static int Once() => 0;
            public static int StartUp() => 0;
            public static int Unknown() => 0;
        }

        namespace LifetimeAnalyzers
        {
            [AttributeUsage(AttributeTargets.All)] internal sealed class RequestHandlerAttribute : Attribute { }
            [AttributeUsage(AttributeTargets.All)] internal sealed class PersistentServerAttribute : Attribute { }

            internal sealed class RequestScope : IDisposable
            {
                public static RequestScope Begin() => new();
                public static RequestScope BeginPersistent() => new();
                public void Dispose() { }
            }
        }
        """;

    private static readonly Lazy<Task<CSharpCompilation>> s_base = new(async () => CSharpCompilation.Create(
        "Test",
        [CSharpSyntaxTree.ParseText(Prelude)],
        await References.AspNetCore.ResolveAsync(LanguageNames.CSharp, CancellationToken.None),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, concurrentBuild: false)));

    private readonly Dictionary<string, string> _options = [];

    /// <summary>Whether the code is a program, with a start and nobody who calls it from outside.</summary>
    public bool IsProgram { get; init; }

    /// <summary>Whether the code may be broken, as it is while somebody types.</summary>
    public bool AllowErrors { get; init; }

    /// <summary>Whether ASP.NET Core is referenced.</summary>
    public bool WithAspNetCore { get; init; } = true;

    /// <summary>Checks every mark of <paramref name="source"/> in a library.</summary>
    public static Task Library(string source) => new ContextTest().Run(source);

    /// <summary>Checks every mark of <paramref name="source"/> in a program.</summary>
    public static Task Program(string source) => new ContextTest { IsProgram = true }.Run(source);

    /// <summary>Sets a key of <c>.editorconfig</c>.</summary>
    public ContextTest With(string key, string value)
    {
        _options["lifetime_analyzers." + key] = value;
        return this;
    }

    /// <summary>Checks every mark, and gives the contexts in the order of the marks.</summary>
    public async Task<IReadOnlyList<ExecutionContext>> Run(params string[] sources)
    {
        CSharpCompilation compilation = await Compile(sources);
        var resolver = ContextResolver.Create(compilation, new AnalyzerOptions([], new Options(_options)));
        var found = new List<ExecutionContext>();
        foreach (InvocationExpressionSyntax mark in Marks(compilation))
        {
            SemanticModel model = compilation.GetSemanticModel(mark.SyntaxTree);
            ISymbol member = model.GetEnclosingSymbol(mark.SpanStart)!;
            ExecutionContext context = resolver.At(mark, member, model, CancellationToken.None);
            string expected = ((MemberAccessExpressionSyntax)mark.Expression).Name.Identifier.ValueText;
            int line = mark.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            Assert.True(expected == NameOf(context), $"Line {line} is expected to be {expected}, but is {NameOf(context)}: {context.Reason}");
            Assert.Equal(context.Kind == ExecutionContextKind.Unknown, context.Reason.Length == 0);
            found.Add(context);
        }

        Assert.NotEmpty(found);
        return found;
    }

    /// <summary>The compilation of a library, for the look-ups that are not about contexts. It has no errors.</summary>
    public async Task<CSharpCompilation> Compile(params string[] sources)
    {
        CSharpCompilation compilation = await s_base.Value;
        if (!WithAspNetCore)
        {
            ImmutableArray<MetadataReference> plain = await References.Net.ResolveAsync(LanguageNames.CSharp, CancellationToken.None);
            SyntaxTree prelude = CSharpSyntaxTree.ParseText(string.Join('\n', Prelude.Split('\n').Where(line => !line.Contains("global using Microsoft.", StringComparison.Ordinal))));
            compilation = compilation.WithReferences(plain).RemoveAllSyntaxTrees().AddSyntaxTrees(prelude);
        }

        compilation = compilation.AddSyntaxTrees(sources.Select((source, number) => CSharpSyntaxTree.ParseText(source, path: $"/Test{number}.cs")));
        if (IsProgram)
        {
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        }

        Assert.True(AllowErrors == compilation.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), string.Join('\n', compilation.GetDiagnostics()));
        return compilation;
    }

    private static IEnumerable<InvocationExpressionSyntax> Marks(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes())
            .OfType<InvocationExpressionSyntax>()
            .Where(call => call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "At" } });

    private static string NameOf(ExecutionContext context) => context.Kind switch
    {
        ExecutionContextKind.RequestHandler => "Request",
        ExecutionContextKind.PersistentServer => context.RunsOnce ? "Once" : "Persistent",
        ExecutionContextKind.StartUp => "StartUp",
        _ => "Unknown",
    };

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(values);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value) => values.TryGetValue(key, out value!);
    }
}
