using System.Collections.Concurrent;
using System.Collections.Immutable;
using LifetimeAnalyzers.Configuration;
using LifetimeAnalyzers.Contexts.Tables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Contexts;

/// <summary>What <c>.editorconfig</c> says about contexts. The values are those of the file at hand, so that folders can differ. Thread-safe.</summary>
internal sealed class ContextOptions(AnalyzerOptions options)
{
    private readonly OptionReader _reader = new(options.AnalyzerConfigOptionsProvider);
    private readonly ConcurrentDictionary<(ImmutableArray<string> Names, ExecutionContextKind Kind), ContextRule[]> _made = new();

    /// <summary>Whether request handlers in <paramref name="tree"/> run in a process-long life cycle.</summary>
    public bool IsPersistentHosting(SyntaxTree? tree) => _reader.Get(Options.HostingModel, tree) == HostingModel.Persistent;

    /// <summary>The rules that are configured for <paramref name="tree"/>, the persistent ones first.</summary>
    public IEnumerable<ContextRule> Rules(SyntaxTree? tree) =>
        Rules(_reader.Get(Options.PersistentServers, tree), ExecutionContextKind.PersistentServer).Concat(Rules(_reader.Get(Options.RequestHandlers, tree), ExecutionContextKind.RequestHandler));

    private ContextRule[] Rules(ImmutableArray<string> names, ExecutionContextKind kind) =>
        names.IsEmpty ? [] : _made.GetOrAdd((names, kind), key => key.Names.SelectMany(name => Lines(name, key.Kind)).ToArray());

    /// <summary>A name may be that of a type or that of a method in a type: both readings become a line, and the wrong one finds nothing.</summary>
    private static IEnumerable<ContextRule> Lines(string name, ExecutionContextKind kind)
    {
        string words = kind == ExecutionContextKind.RequestHandler ? "the request handler" : "the persistent server";
        bool isType = name.StartsWith("T:", StringComparison.Ordinal);
        bool isMethod = name.StartsWith("M:", StringComparison.Ordinal);
        string plain = isType || isMethod ? name.Substring(2) : name;
        int dot = plain.LastIndexOf('.');
        if (!isMethod)
        {
            yield return new ContextRule(plain, "*", kind, words, RuleReach.PublicMethods);
        }

        if (!isType && dot > 0 && dot < plain.Length - 1)
        {
            yield return new ContextRule(plain.Substring(0, dot), plain.Substring(dot + 1), kind, words, RuleReach.ByName);
        }
    }
}
