using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Tests;

/// <summary>What a report carries beside its message: the places of the story, each with its role.</summary>
public class EvidenceTests
{
    [Fact]
    public async Task Missed_path_shows_allocation_release_branch_and_exit()
    {
        var report = await Reports.SingleAsync(In("var p = Marshal.AllocHGlobal(8); if (flag) { return; } Marshal.FreeHGlobal(p);"));

        Assert.Equal("Marshal.AllocHGlobal(8)", Text(report, FixData.Allocation));
        Assert.Equal("Marshal.FreeHGlobal(p)", Text(report, FixData.Release));
        Assert.Equal("flag", Text(report, FixData.Branch));
        Assert.Equal(report.AdditionalLocations.Count, report.Properties[FixData.RolesKey]!.Split(',').Length);
        Assert.Equal("p", report.Properties[FixData.OwnerKey]);
        Assert.Equal("HGlobal", report.Properties[FixData.FamilyKey]);
        Assert.Equal("process", report.Properties[FixData.LifetimeKey]);
    }

    [Fact]
    public async Task Exception_shows_what_throws() =>
        Assert.Equal("s.Flush()", Text(await Reports.SingleAsync(In("var p = Marshal.AllocHGlobal(8); s.Flush(); Marshal.FreeHGlobal(p);")), FixData.Throwing));

    [Fact]
    public async Task Overwritten_owner_shows_the_assignment() =>
        Assert.Equal("p = 0", Text(await Reports.SingleAsync(In("var p = Marshal.AllocHGlobal(8); p = 0;")), FixData.Overwrite));

    [Fact]
    public async Task Second_release_is_reported_and_shows_the_first()
    {
        var code = In("var p = Marshal.AllocHGlobal(8); Marshal.FreeHGlobal(p); Marshal.FreeHGlobal(p);");
        var report = await Reports.SingleAsync(code);

        Assert.Equal(code.LastIndexOf("Marshal.FreeHGlobal(p)", StringComparison.Ordinal), report.Location.SourceSpan.Start);
        Assert.Contains(FixData.LocationsOf(report, FixData.Release), location => location.SourceSpan.Start == code.IndexOf("Marshal.FreeHGlobal(p)", StringComparison.Ordinal));
    }

    private static string Text(Diagnostic report, string role)
    {
        var location = FixData.LocationsOf(report, role)[0];
        return location.SourceTree!.GetText().ToString(location.SourceSpan);
    }

    private static string In(string body) => $$"""
        using System.IO;
        using System.Runtime.InteropServices;

        public static class Code
        {
            public static void Run(bool flag, Stream s)
            {
                {{body}}
            }
        }
        """;
}
