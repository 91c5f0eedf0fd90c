using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.Tests;

/// <summary>A test that goes on behind an assertion has found it to hold.</summary>
public class AssertionTests
{
    private const string Pool = """
        using System;
        using System.Runtime.InteropServices;

        readonly struct Handle
        {
            private readonly IntPtr _block;
            public Handle(IntPtr block) => _block = block;
            public bool IsInvalid => _block == IntPtr.Zero;
            public void Free() => Marshal.FreeHGlobal(_block);
        }

        class Pool
        {
            private int _count;
            public Handle Rent() => _count++ > 3 ? default : new Handle(Marshal.AllocHGlobal(16));
        }

        """;

    [Theory]
    [InlineData("Xunit.Assert.True(handle.IsInvalid);")]
    [InlineData("Xunit.Assert.False(!handle.IsInvalid);")]
    [InlineData("Xunit.Assert.False(handle.IsInvalid); handle.Free();")]
    public Task Assertion_of_a_test_framework_that_there_is_no_block_DoesNotTrigger(string assertion) => WithXunit(Source("pool.Rent()", assertion));

    [Theory]
    [InlineData("Xunit.Assert.False(handle.IsInvalid);")]
    [InlineData("Xunit.Assert.IsType<bool>(handle.IsInvalid);")]
    public Task Assertion_that_says_nothing_or_that_there_is_one_Triggers(string assertion) => WithXunit(Source("{|LIFE003:pool.Rent()|}", assertion));

    [Fact]
    public Task Assertion_that_does_not_bind_DoesNotTrigger() => Verify.AnalyzerAsync(Source("pool.Rent()", "{|CS0103:Assert|}.True(handle.IsInvalid);"));

    [Fact]
    public Task Unbound_assertion_that_there_is_a_block_Triggers() => Verify.AnalyzerAsync(Source("{|LIFE003:pool.Rent()|}", "{|CS0103:Assert|}.False(handle.IsInvalid);"));

    private static string Source(string rent, string assertion) => Pool + $$"""
        class C
        {
            static void M(Pool pool)
            {
                var handle = {{rent}};
                {{assertion}}
            }
        }
        """;

    private static Task WithXunit(string source)
    {
        var test = new AnalyzerOnly(source);
        test.TestState.AdditionalReferences.Add(typeof(Assert).Assembly);
        return test.VerifyAsync();
    }

    private sealed class AnalyzerOnly(string source) : LifetimeTest(source)
    {
        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [];
    }
}
