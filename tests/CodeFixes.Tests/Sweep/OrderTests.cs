using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>The formatter takes the rules in an order of its own: in whatever order they are fixed, the text becomes the same.</summary>
public class OrderTests
{
    [Theory]
    [InlineData("Interop.cs")]
    [InlineData("Jobs.cs")]
    [InlineData("Loops.cs")]
    [InlineData("Mixed.cs")]
    public async Task Order_of_the_rules_does_not_matter(string file)
    {
        var document = await ProgramTests.OpenAsync(file);

        var inOrder = await FixedAsync(Bench.Fixes);

        Assert.NotEqual((await document.GetTextAsync()).ToString(), inOrder);
        Assert.Equal(inOrder, await FixedAsync(Bench.Fixes.Reverse()));

        async Task<string> FixedAsync(IEnumerable<LifetimeFix> fixes)
        {
            var after = document;
            foreach (var fix in fixes)
            {
                after = (await Applied.AllAsync(after, fix, FixAllScope.Solution)).GetDocument(document.Id)!;
            }

            return (await after.GetTextAsync()).ToString();
        }
    }
}
