using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Solutions;

/// <summary>How a fix declares a new local is what the options <c>csharp_style_var_*</c> say, and without them what the code around it does.</summary>
public class NewLocalTests
{
    private const string BuiltIn = "return *p;";
    private const string Elsewhere = "return *(Pair*)p;";
    private const string Apparent = "return (Kind)(*p);";

    [Theory]
    [InlineData(BuiltIn, "int", "for_built_in_types", false, "int")]
    [InlineData(BuiltIn, "int", "for_built_in_types", true, "var")]
    [InlineData(BuiltIn, "int", "elsewhere", false, "var")]
    [InlineData(Elsewhere, "Pair", "elsewhere", false, "Pair")]
    [InlineData(Elsewhere, "Pair", "elsewhere", true, "var")]
    [InlineData(Elsewhere, "Pair", "for_built_in_types", false, "var")]
    [InlineData(Apparent, "Kind", "when_type_is_apparent", false, "Kind")]
    [InlineData(Apparent, "Kind", "when_type_is_apparent", true, "var")]
    [InlineData(Apparent, "Kind", "elsewhere", false, "var")]
    public async Task Options_say_how(string use, string type, string option, bool isVar, string expected) =>
        Assert.Contains($"        {expected} result = ", await FixedAsync(use, type, $"[*.cs]\ncsharp_style_var_{option} = {(isVar ? "true" : "false")}:suggestion\n", "var other = Get(n);"), StringComparison.Ordinal);

    /// <summary>Without a file of options, and against code that says otherwise.</summary>
    [Theory]
    [InlineData("", "int other = Get(n);", "int")]
    [InlineData("", "var other = Get(n);", "var")]
    [InlineData("[*.cs]\ncsharp_style_var_for_built_in_types = true\n", "int other = Get(n);", "var")]
    [InlineData("[*.cs]\ncsharp_style_var_for_built_in_types = false:silent\n", "var other = Get(n);", "int")]
    [InlineData("[*.vb]\ncsharp_style_var_for_built_in_types = false\n", "var other = Get(n);", "var")]
    public async Task Options_come_before_the_code_around(string options, string around, string expected) =>
        Assert.Contains($"        {expected} result = ", await FixedAsync(BuiltIn, "int", options, around), StringComparison.Ordinal);

    private static async Task<string> FixedAsync(string use, string type, string options, string around)
    {
        var source = $$"""
            using System.Runtime.InteropServices;

            struct Pair { public int A, B; }
            enum Kind { None }

            class C
            {
                static int Get(int n) => n;

                static unsafe {{type}} M(int n)
                {
                    {{around}}
                    var p = (int*)NativeMemory.AllocZeroed(16, (nuint)other);
                    NativeMemory.Free(p);
                    {{use}}
                }
            }

            """;
        var project = Bench.EmptyProject();
        if (options.Length > 0)
        {
            var id = DocumentId.CreateNewId(project.Id);
            project = project.Solution.AddAnalyzerConfigDocument(id, ".editorconfig", SourceText.From("root = true\n" + options), filePath: "/.editorconfig").GetProject(project.Id)!;
        }

        var document = project.AddDocument("Test.cs", SourceText.From(source, System.Text.Encoding.UTF8), filePath: "/Test.cs");
        var fixes = Bench.Fixes.Single(fix => fix.FixableDiagnosticIds[0] == "LIFE007");
        return (await (await Bar.FixAllHoldsAsync(document, fixes, everyScope: false)).GetDocument(document.Id)!.GetTextAsync()).ToString();
    }
}
