namespace LifetimeAnalyzers.Tests;

/// <summary>What is kept apart within one straight piece of code has a limit too.</summary>
public class ManyOutcomesTests
{
    private const int Calls = 24;

    /// <summary>Each of the calls gives a block or none: together there are more ways than anybody can follow, each by itself is one.</summary>
    [Fact]
    public Task Calls_that_may_give_a_block_each_come_to_an_end_and_the_lost_one_is_reported() => Verify.AnalyzerAsync($$"""
        using System.Runtime.InteropServices;

        struct Attribute
        {
            public nint Value;
        }

        class C
        {
            static Attribute Create(byte[] value)
            {
                var attribute = new Attribute();
                if (value != null)
                {
                    attribute.Value = Marshal.AllocHGlobal(value.Length);
                }

                return attribute;
            }

            public static void M(byte[][] values)
            {
                var a0 = {|LIFE003:Create(values[0])|};
                {{string.Join("\n        ", Enumerable.Range(1, Calls).Select(static i => $"var a{i} = Create(values[{i}]);"))}}
                {{string.Join("\n        ", Enumerable.Range(1, Calls).Select(static i => $"Marshal.FreeHGlobal(a{i}.Value);"))}}
            }
        }
        """);
}
