namespace LifetimeAnalyzers.Tests;

/// <summary>What bodies do that are too long to be followed on every path.</summary>
public class LongCalleeTests
{
    /// <summary>Native code gives the number back to a callback, which frees the handle: only before it gets there something may throw.</summary>
    [Fact]
    public Task Number_of_a_handle_that_goes_to_native_code_is_not_lost() => Verify.AnalyzerAsync(Program("IntPtr.Zero, GCHandle.ToIntPtr({|LIFE005:GCHandle.Alloc(target)|})"));

    [Fact]
    public Task Memory_that_goes_to_native_code_Triggers() => Verify.AnalyzerAsync(Program("{|LIFE003:Marshal.AllocHGlobal(16)|}, IntPtr.Zero"));

    private static string Program(string arguments) => $$"""
        using System;
        using System.Runtime.InteropServices;

        static class C
        {
            [DllImport("native")]
            private static extern int execute(IntPtr memory, IntPtr target, int sum);

            public static int Start(object target) => Execute({{arguments}}, 3);

            private static int Execute(IntPtr memory, IntPtr target, int factor)
            {
                int sum = 0;
        {{string.Concat(Enumerable.Range(1, 160).Select(static i => $"        sum += factor * {i};\n"))}}
                return execute(memory, target, sum);
            }
        }
        """;
}
