namespace LifetimeAnalyzers.Families.Tests;

/// <summary>What is not understood in a lifetime file: its place and its words. Every other line counts.</summary>
public sealed class FormatTests
{
    private const string Pool = """
        namespace My;
        public class Pool { public byte[] Get(int size) => null!; public void Return(byte[] buffer) { } public static void Free(nint p) { } }
        """;

    [Theory]
    [InlineData("frees M:A.B", "(1,1): 'frees' is no statement; a line begins with one of family, pair, allocates")]
    [InlineData("pair forever M:A.B => M:A.C", "(1,6): 'forever' is no lifetime; write process")]
    [InlineData("pair", "(1,1): a lifetime is missing: process")]
    [InlineData("pair pool My.Pool.Get => M:A.C", "(1,11): 'My.Pool.Get' is no member; write a documentation-comment id")]
    [InlineData("pair pool M:A.B", "(1,11): a pair is 'pair <lifetime> <what gives> => <what releases>'")]
    [InlineData("pair pool M:A.B =>", "(1,17): a member is missing")]
    [InlineData("pair pool M:A.B => dispose M:A.C", "(1,28): 'M:A.C' is not expected here")]
    [InlineData("allocates Nobody M:A.B", "(1,1): no family is called 'Nobody'; declare it")]
    [InlineData("allocates M:A.B", "(1,11): the family's name is missing")]
    [InlineData("releases HGlobal T:A.B", "(1,18): 'T:A.B' is a type; name its member")]
    [InlineData("releases HGlobal M:A.B*", "(1,18): a member that allocates or releases is named in full")]
    [InlineData("borrows M:A.B of 3x", "(1,18): '3x' is no parameter")]
    [InlineData("takes M:A", "(1,7): 'M:A' has no type and member")]
    [InlineData("takes M:A.B(System.Int32", "(1,7): the parameter list of 'M:A.B(System.Int32' does not end")]
    [InlineData("takes M:A.B when x", "(1,18): 'x' is no condition; write 'when parameter=true'")]
    [InlineData("allocates HGlobal M:A.B if maybe", "(1,28): 'maybe' is no result to test for")]
    [InlineData("owner MemoryOwner M:A.B", "(1,19): an owner is a type")]
    [InlineData("family F process colour", "(1,18): 'colour' is not expected here")]
    [InlineData("releases ArrayPool M:System.Runtime.InteropServices.Marshal.FreeHGlobal", "already belongs to the family 'HGlobal'")]
    [InlineData("family HGlobal pool", "the family 'HGlobal' is already declared with the lifetime 'process'")]
    [InlineData("hints managed", "(1,7): the words are missing")]
    [InlineData("names create", "(1,7): words are missing; write 'names create => destroy free'")]
    [InlineData("names counted", "(1,7): the words are missing")]
    [InlineData("names aside from => to", "(1,18): '=>' is not expected here")]
    [InlineData("pair process import: => dispose", "(1,14): 'import:' names no function")]
    public void A_line_that_is_not_understood_is_reported_at_its_place(string line, string expected) =>
        Assert.Contains(expected, Assert.Single(Contract.Problems(line)), StringComparison.Ordinal);

    [Theory]
    [InlineData("takes M:My.Pool.Gett", "the type 'My.Pool' has no member 'Gett'")]
    [InlineData("takes M:My.Pool.Get(System.String)", "no overload of 'Pool.Get' is 'M:My.Pool.Get(System.String)'")]
    [InlineData("takes M:My.Pool.Return of array", "'Pool.Return' does not have a parameter 'array'")]
    [InlineData("takes M:My.Pool.Return of #1", "'Pool.Return' does not have a parameter #1")]
    [InlineData("takes M:My.Pool.Free of this", "'Pool.Free' does not have an object that it is called on")]
    public void A_member_that_its_type_does_not_have_is_reported(string line, string expected) =>
        Assert.Contains(expected, Assert.Single(Contract.Problems(line, Pool)), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("   # only a comment")]
    [InlineData("\uFEFF# a byte order mark")]
    [InlineData("pair pool M:My.Pool.Get => M:My.Pool.Return   # and a comment")]
    [InlineData("pair pool M:My.Pool.Get(System.Int32) => M:My.Pool.Return of #0")]
    [InlineData("takes M:Other.Thing.Do(System.Int32, System.String) of #1")]
    [InlineData("hints Stash Hoard")]
    [InlineData("names spawn hatch => reap")]
    [InlineData("names counted seize")]
    [InlineData("names aside upon")]
    [InlineData("names last quick")]
    [InlineData("family \"my own\" process pointer release \"Own.Free\"")]
    public void A_line_that_is_understood_is_not_reported(string line) => Assert.Empty(Contract.Problems(line, Pool));

    [Fact]
    public void The_lines_around_a_problem_count()
    {
        const string Text = "nonsense\npair pool M:My.Pool.Get => M:My.Pool.Return\nmore nonsense";

        Assert.Equal(["(1,1)", "(3,1)"], Contract.Problems(Text, Pool).Select(p => p[..5]));
        Assert.NotNull(Contract.OfCall(Pool + "class Test { void Run(My.Pool p) => p.Get(1); }", Text));
    }

    [Fact]
    public void Files_add_up_and_may_use_each_others_families()
    {
        var compilation = Compile.Source(Pool);
        var members = Compile.Members(compilation, ("a.lifetime.txt", "allocates mine M:My.Pool.Get"), ("b.lifetime.txt", "family mine pool\nreleases mine M:My.Pool.Return"), ("notes.txt", "nonsense"));

        Assert.Equal("Pool.Return", members.ContractOf(Compile.Method(compilation, "My.Pool", "Get"))!.Family!.ReleaseText);
    }

    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        var words = new[] { "pair", "family", "pool", "=>", "dispose", "M:A.B", "M:A.B(", "\"", "\"x", "of", "at", "#0", "when", "if", "as", "release", "import:", "allocates", "T:", "M:", ",", "per-instance", "HGlobal", "(", ")" };
        var random = new Random(7);
        for (var run = 0; run < 2000; run++)
        {
            var line = string.Join(" ", Enumerable.Range(0, random.Next(1, 9)).Select(_ => words[random.Next(words.Length)]));
            var file = LifetimeFileParser.Parse("x.lifetime.txt", [line]);
            var table = FamilyTable.Create(BuiltInFiles.All.Add(file), null);

            Assert.All(file.Problems, problem => Assert.InRange(problem.Column, 0, line.Length));
            Assert.NotEmpty(table.Families);
            if (run % 200 == 0)
            {
                Assert.True(file.Problems.Length + file.Statements.Length + file.Pairs.Length + file.Families.Length > 0, line);
            }
        }
    }
}
