using System.Collections.Concurrent;
using LifetimeAnalyzers.Contexts.Tables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Contexts;

/// <summary>What <c>.editorconfig</c> says about contexts. The values are the file's own, so that folders can differ. Thread-safe.</summary>
internal sealed class ContextOptions(AnalyzerOptions options)
{
    /// <summary>Types and methods whose code runs once per request.</summary>
    public const string RequestHandlersKey = "lifetime_analyzers.request_handlers";

    /// <summary>Types and methods whose code runs as long as the process.</summary>
    public const string PersistentServersKey = "lifetime_analyzers.persistent_servers";

    /// <summary><c>request</c>, or <c>persistent</c> where one process-long life cycle serves all requests.</summary>
    public const string HostingModelKey = "lifetime_analyzers.hosting_model";

    private static readonly char[] Separators = [',', ';', ' ', '\t'];

    private readonly ConcurrentDictionary<(string Value, ExecutionContextKind Kind), ContextRule[]> parsed = new();

    /// <summary>Whether request handlers in <paramref name="tree"/> run in a process-long life cycle.</summary>
    public bool IsPersistentHosting(SyntaxTree? tree) =>
        string.Equals(Value(tree, HostingModelKey), "persistent", StringComparison.OrdinalIgnoreCase);

    /// <summary>The rules that are configured for <paramref name="tree"/>, the persistent ones first.</summary>
    public IEnumerable<ContextRule> Rules(SyntaxTree? tree) =>
        Parse(Value(tree, PersistentServersKey), ExecutionContextKind.PersistentServer).Concat(Parse(Value(tree, RequestHandlersKey), ExecutionContextKind.RequestHandler));

    private ContextRule[] Parse(string? value, ExecutionContextKind kind)
    {
        if (value is null)
        {
            return [];
        }

        return parsed.GetOrAdd((value, kind), key => key.Value.Split(Separators, StringSplitOptions.RemoveEmptyEntries).SelectMany(name => Lines(name, key.Kind)).ToArray());
    }

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

    private string? Value(SyntaxTree? tree, string key) =>
        tree is not null && options.AnalyzerConfigOptionsProvider.GetOptions(tree).TryGetValue(key, out string? value) && value.Trim().Length > 0 ? value.Trim() : null;
}
