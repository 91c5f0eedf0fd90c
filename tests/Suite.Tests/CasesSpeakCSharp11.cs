using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LifetimeAnalyzers.Suite.Tests;

/// <summary>The oldest compiler that may load the analyzer speaks C# 11: outside of CSharp14, and of Strangers, which are written as people write now, the cases ask for no more.</summary>
public sealed class CasesSpeakCSharp11
{
    private static readonly CSharpParseOptions Options = CaseCompilation.ParseOptions.WithLanguageVersion(LanguageVersion.CSharp11);

    [Fact]
    public void No_case_needs_a_newer_language()
    {
        var set = CaseSet.Read();
        IEnumerable<SyntaxTree> trees = set.Cases.Where(one => one.Folder is not ("CSharp14" or "Strangers")).Select(one => one.Tree).Concat(set.Support);
        CSharpCompilation compilation = CaseCompilation.Of(
            "cases", trees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), Options, tree.FilePath)));
        ImmutableArray<Diagnostic> errors = [.. compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error)];
        Assert.Equal([], errors.Select(one => one.ToString()));
    }
}
