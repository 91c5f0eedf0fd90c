namespace LifetimeAnalyzers.Tests;

/// <summary>What is assigned to something that does not bind, or handed to it, has left the body.</summary>
public class UnresolvedTargetTests
{
    [Theory]
    [InlineData("Marshal.StringToCoTaskMemUni(text)")]
    [InlineData("Marshal.StringToCoTaskMemUni(text is { Length: > 3 } ? text : \"short\")")]
    public Task Member_of_an_unknown_type_DoesNotTrigger(string allocation) => Verify.AnalyzerAsync($$"""
        using System.Runtime.InteropServices;

        class C
        {
            static unsafe void M({|CS0246:Missing|}* result, string text)
            {
                result->Name = (char*){{allocation}};
            }

            static void N({|CS0246:Missing|} result, string text)
            {
                result.Name = {{allocation}};
            }
        }
        """);

    [Theory]
    [InlineData("missing.Later(() => Marshal.FreeHGlobal(block));")]
    [InlineData("missing.Later(delegate { missing.Keep(block); });")]
    public Task Lambda_that_releases_or_keeps_handed_to_an_unknown_type_DoesNotTrigger(string call) => Verify.AnalyzerAsync($$"""
        using System;
        using System.Runtime.InteropServices;

        class C
        {
            static void M({|CS0246:Missing|} missing)
            {
                IntPtr block = Marshal.AllocHGlobal(16);
                {{call}}
            }
        }
        """);

    [Theory]
    [InlineData("missing.Later(() => Console.WriteLine(1));")]
    [InlineData("missing.Later(() => Console.WriteLine(Marshal.ReadInt32(block)));")]
    public Task Lambda_that_does_neither_handed_to_an_unknown_type_Triggers(string call) => Verify.AnalyzerAsync($$"""
        using System;
        using System.Runtime.InteropServices;

        class C
        {
            static void M({|CS0246:Missing|} missing)
            {
                IntPtr block = {|LIFE003:Marshal.AllocHGlobal(16)|};
                {{call}}
            }
        }
        """);

    [Fact]
    public Task Element_without_an_index_IsJudgedAllTheSame() => Verify.AnalyzerAsync("""
        using System;
        using System.Runtime.InteropServices;

        class C
        {
            private readonly IntPtr[] _blocks = new IntPtr[2];

            void M()
            {
                this._blocks[{|CS0443:]|} = {|LIFE013:Marshal.AllocHGlobal(16)|};
            }
        }
        """);
}
