namespace LifetimeAnalyzers.Tests;

/// <summary>What is assigned to something that does not bind has left the body.</summary>
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
}
