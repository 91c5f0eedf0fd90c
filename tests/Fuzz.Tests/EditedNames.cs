using System.Collections.Immutable;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Suite;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Fuzz.Tests;

/// <summary>What is taken over from the version of a program before an edit is what a search of the new version finds.</summary>
public sealed class EditedNames
{
    private const int Edits = 12;
    private static readonly CaseSet Set = CaseSet.Read();

    public static TheoryData<string> Folders => [.. Set.Cases.Select(one => one.Folder).Distinct()];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Names_after_an_edit_are_those_of_a_new_search(string folder)
    {
        var random = new Random(folder.Length);
        CaseFile[] cases = [.. Set.Cases.Where(one => one.Folder == folder).Take(40)];
        CSharpCompilation compilation = CaseCompilation.Of("edited", [.. Set.Support, .. cases.Select(one => one.Tree)]);
        InterestingNames seeds = KnownMembers.Create(compilation, new AnalyzerOptions([]), default).InterestingNames;
        ImmutableArray<SyntaxTree> trees = compilation.SyntaxTrees;
        NameClosure before = NameClosure.Of(trees, seeds, default);
        Func<string, int, Random, IEnumerable<string>>[] kinds = [Mutations.Deletions, Mutations.Exchanges, TypedStatements];
        for (int edit = 0; edit < Edits * kinds.Length; edit++)
        {
            int index = random.Next(trees.Length);
            string? text = kinds[edit % kinds.Length](trees[index].ToString(), 1, random).FirstOrDefault();
            if (text is null)
            {
                continue;
            }

            ImmutableArray<SyntaxTree> after = trees.SetItem(index, trees[index].WithChangedText(SourceText.From(text)));
            NameClosure searched = NameClosure.Of(after, seeds, default);
            if (before.Follow(after, seeds, default) is { } followed)
            {
                Assert.All(Members(after), member => Assert.Equal(Tell(searched, member), Tell(followed, member)));
            }

            // typing goes on from the version that is there
            (trees, before) = edit % 2 == 0 ? (after, searched) : (trees, before);
        }
    }

    [Fact]
    public void Names_stay_when_a_statement_is_typed_into_a_body()
    {
        CSharpCompilation compilation = CaseCompilation.Of("typed", [.. Set.Support, .. Set.Cases.Take(20).Select(one => one.Tree)]);
        InterestingNames seeds = KnownMembers.Create(compilation, new AnalyzerOptions([]), default).InterestingNames;
        NameClosure before = NameClosure.Of(compilation.SyntaxTrees, seeds, default);
        List<string> lost = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            foreach (string text in TypedStatements(tree.ToString(), 1, new Random(1)))
            {
                SyntaxTree edited = tree.WithChangedText(SourceText.From(text));
                if (before.Follow(compilation.SyntaxTrees.Replace(tree, edited), seeds, default) is null)
                {
                    lost.Add(text[Math.Max(0, text.IndexOf("{;", StringComparison.Ordinal) - 300)..][..400]);
                }
            }
        }

        Assert.Equal("", string.Join("\n--\n", lost));
    }

    [Fact]
    public void Names_are_searched_again_when_a_helper_allocates()
    {
        const string Code = """
            using System.Runtime.InteropServices;
            static class A { public static nint Make(int n) { return 0; } }
            static class B { public static void Use() { nint p = A.Make(3); } }
            """;
        CSharpCompilation compilation = CaseCompilation.Of("helper", [CSharpSyntaxTree.ParseText(Code, CaseCompilation.ParseOptions)]);
        InterestingNames seeds = KnownMembers.Create(compilation, new AnalyzerOptions([]), default).InterestingNames;
        NameClosure before = NameClosure.Of(compilation.SyntaxTrees, seeds, default);
        SyntaxTree edited = compilation.SyntaxTrees[0].WithChangedText(SourceText.From(Code.Replace("return 0;", "return Marshal.AllocHGlobal(n);", StringComparison.Ordinal)));

        Assert.Null(before.Follow([edited], seeds, default));
        Assert.False(before.ContainsName("Make"));
        Assert.True(NameClosure.Of([edited], seeds, default).ContainsName("Make"));
    }

    private static (bool IsMember, bool IsCandidate) Tell(NameClosure names, SyntaxNode member) =>
        (names.Contains(member), names.IsCandidate(member.SyntaxTree, member.Span, default));

    private static IEnumerable<SyntaxNode> Members(IEnumerable<SyntaxTree> trees) =>
        trees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>());

    private static IEnumerable<string> TypedStatements(string text, int count, Random random)
    {
        BlockSyntax[] bodies = [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<BlockSyntax>()];
        for (int i = 0; i < count && bodies.Length > 0; i++)
        {
            yield return text.Insert(bodies[random.Next(bodies.Length)].OpenBraceToken.Span.End, ";");
        }
    }
}
