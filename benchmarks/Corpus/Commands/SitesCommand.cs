using LifetimeAnalyzers.Corpus.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>Counts the calls of the platform's allocation functions by family, and how many of them a report names.</summary>
internal static class SitesCommand
{
    private static readonly (string Type, string Member, string Family)[] Functions =
    [
        ("System.Runtime.InteropServices.NativeMemory", "Alloc", "NativeMemory"),
        ("System.Runtime.InteropServices.NativeMemory", "AllocZeroed", "NativeMemory"),
        ("System.Runtime.InteropServices.NativeMemory", "AlignedAlloc", "NativeMemory aligned"),
        ("System.Runtime.InteropServices.Marshal", "AllocHGlobal", "HGlobal"),
        ("System.Runtime.InteropServices.Marshal", "StringToHGlobalAnsi", "HGlobal"),
        ("System.Runtime.InteropServices.Marshal", "StringToHGlobalUni", "HGlobal"),
        ("System.Runtime.InteropServices.Marshal", "StringToHGlobalAuto", "HGlobal"),
        ("System.Runtime.InteropServices.Marshal", "AllocCoTaskMem", "CoTaskMem"),
        ("System.Runtime.InteropServices.Marshal", "StringToCoTaskMemAnsi", "CoTaskMem"),
        ("System.Runtime.InteropServices.Marshal", "StringToCoTaskMemUni", "CoTaskMem"),
        ("System.Runtime.InteropServices.Marshal", "StringToCoTaskMemUTF8", "CoTaskMem"),
        ("System.Runtime.InteropServices.Marshal", "StringToBSTR", "BSTR"),
        ("System.Runtime.InteropServices.GCHandle", "Alloc", "GCHandle"),
        ("System.Buffers.ArrayPool", "Rent", "ArrayPool"),
        ("System.Buffers.MemoryPool", "Rent", "MemoryOwner"),
    ];

    /// <summary>Prints a table by family; a site counts as reported when a report lies on its statement.</summary>
    public static int Run(IReadOnlyList<string> folders, bool projects, string? assembly, TextWriter output)
    {
        var analyzers = AnalyzerSet.Ours(assembly);
        var names = Functions.Select(function => function.Member).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            var sites = new List<(string Family, bool Generated, string? Report)>();
            foreach (var unit in CorpusFolder.Compile(folder, projects))
            {
                var reports = AnalyzerPass.Run(unit.Compilation, analyzers, concurrent: false, CancellationToken.None).Diagnostics
                    .Where(report => report.Severity >= DiagnosticSeverity.Info)
                    .ToLookup(report => (report.Location.SourceTree?.FilePath, report.Location.GetLineSpan().StartLinePosition.Line), report => report.Id);
                foreach (var tree in unit.Compilation.SyntaxTrees)
                {
                    var calls = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => names.Contains(NameOf(call))).ToList();
                    var model = calls.Count > 0 ? unit.Compilation.GetSemanticModel(tree) : null;
                    foreach (var call in calls)
                    {
                        if (FamilyOf(model!, call) is { } family)
                        {
                            var line = call.GetLocation().GetLineSpan().StartLinePosition.Line;
                            sites.Add((family, IsGenerated(tree), reports[(tree.FilePath, line)].FirstOrDefault()));
                        }
                    }
                }
            }

            output.WriteLine($"# {folder}: {sites.Count} sites");
            foreach (var family in sites.GroupBy(site => site.Family).OrderByDescending(group => group.Count()))
            {
                output.WriteLine($"{family.Key} | {family.Count()} sites | {family.Count(site => site.Generated)} in generated code | {family.Count(site => site.Report is not null)} reported");
            }
        }

        return 0;
    }

    private static string NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };

    private static string? FamilyOf(SemanticModel model, InvocationExpressionSyntax call)
    {
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            var name = $"{type.ContainingNamespace.ToDisplayString()}.{type.Name}";
            var found = Functions.FirstOrDefault(function => function.Type == name && function.Member == method.Name);
            if (found.Family is not null)
            {
                return found.Family;
            }
        }

        return null;
    }

    private static bool IsGenerated(SyntaxTree tree) =>
        tree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase) ||
        tree.FilePath.EndsWith(".designer.cs", StringComparison.OrdinalIgnoreCase) ||
        tree.FilePath.EndsWith(".generated.cs", StringComparison.OrdinalIgnoreCase) ||
        tree.GetRoot().GetLeadingTrivia().ToString().Contains("<auto-generated", StringComparison.Ordinal);
}
