using LifetimeAnalyzers.Suite;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Fuzz.Tests;

/// <summary>What is reported after an edit, with what is kept from the versions before, is what is reported when the program is read anew.</summary>
public sealed class EditedReports
{
    private const int Files = 8;
    private const int Edits = 15;
    private static readonly CaseSet Set = CaseSet.Read();

    public static TheoryData<string> Folders => [.. Set.Cases.Select(one => one.Folder).Distinct()];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Reports_after_an_edit_are_those_of_a_new_program(string folder)
    {
        var random = new Random(folder.Length);
        CaseFile[] cases = [.. Set.Cases.Where(one => one.Folder == folder)];
        random.Shuffle(cases);
        SyntaxTree[] parts = [.. cases.Take(Files).SelectMany(one => Parts(one.Tree))];
        CSharpCompilation compilation = CaseCompilation.Of("edited", [.. Set.Support, .. parts]);
        await ReportsAsync(compilation);
        Func<string, int, Random, IEnumerable<string>>[] kinds = [RemovedStatements, MovedStatements, Mutations.Deletions, RemovedStatements, TypedStatements];
        for (int edit = 0; edit < Edits; edit++)
        {
            SyntaxTree tree = compilation.SyntaxTrees[^(1 + random.Next(parts.Length))];
            if (kinds[edit % kinds.Length](tree.ToString(), 1, random).FirstOrDefault() is not { } text)
            {
                continue;
            }

            CSharpCompilation edited = compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text)));
            string[] kept = await ReportsAsync(edited);
            string[] anew = await ReportsAsync(CaseCompilation.Of("anew", edited.SyntaxTrees.Select(one => CSharpSyntaxTree.ParseText(one.ToString(), CaseCompilation.ParseOptions, one.FilePath))));
            Assert.Equal(anew, kept);

            // typing goes on from the version that is there, or what was typed is undone
            compilation = edit % 3 == 0 ? compilation : edited;
        }
    }

    /// <summary>A file for each type, so that most edits are in another file than what they mean something to.</summary>
    private static IEnumerable<SyntaxTree> Parts(SyntaxTree tree)
    {
        CompilationUnitSyntax root = tree.GetCompilationUnitRoot();
        foreach (BaseNamespaceDeclarationSyntax space in root.Members.OfType<BaseNamespaceDeclarationSyntax>())
        {
            for (int i = 0; i < space.Members.Count; i++)
            {
                CompilationUnitSyntax part = root.WithMembers([space.WithMembers([space.Members[i]])]);
                yield return CSharpSyntaxTree.ParseText(part.ToFullString(), CaseCompilation.ParseOptions, $"{tree.FilePath}.{i}.cs");
            }
        }
    }

    private static async Task<string[]> ReportsAsync(CSharpCompilation compilation)
    {
        AnalyzerRun run = await AnalyzerRun.OfAsync(new LifetimeAnalyzer(), compilation, concurrent: false, default);
        Assert.Empty(run.Failures);
        return [.. run.Reports.Select(report => report.ToString()).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> RemovedStatements(string text, int count, Random random) =>
        Statements(text, count, random).Select(statement => text.Remove(statement.Start, statement.Length));

    /// <summary>A statement in front of the block in which it is.</summary>
    private static IEnumerable<string> MovedStatements(string text, int count, Random random)
    {
        foreach (TextSpan statement in Statements(text, count, random))
        {
            int start = text.LastIndexOf('{', statement.Start) + 1;
            yield return text.Remove(statement.Start, statement.Length).Insert(start, text.Substring(statement.Start, statement.Length));
        }
    }

    private static IEnumerable<string> TypedStatements(string text, int count, Random random) =>
        Statements(text, count, random).Select(statement => text.Insert(statement.Start, ";"));

    private static IEnumerable<TextSpan> Statements(string text, int count, Random random)
    {
        TextSpan[] statements = [.. CSharpSyntaxTree.ParseText(text, cancellationToken: default).GetRoot().DescendantNodes().OfType<StatementSyntax>().Where(statement => statement is not BlockSyntax).Select(statement => statement.Span)];
        for (int i = 0; i < count && statements.Length > 0; i++)
        {
            yield return statements[random.Next(statements.Length)];
        }
    }
}
