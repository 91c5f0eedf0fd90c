using System.IO.Compression;

namespace LifetimeAnalyzers.Package.Tests;

/// <summary>The packed analyzers load, and report, in the oldest Roslyn of the floor and in the newest.</summary>
[Collection(PackedPackages.Collection)]
public sealed class CompilerTests(PackedPackages packages)
{
    [Theory]
    [InlineData("4.5.0", "analyzers/dotnet/cs")]
    [InlineData("5.12.0", "analyzers/dotnet/cs")]
    [InlineData("4.5.0", "compiled/linux-x64")]
    [InlineData("5.12.0", "compiled/linux-x64")]
    public async Task Packed_analyzer_reports_in_this_Roslyn(string roslyn, string assemblies)
    {
        string folder = packages.NewFolder();
        string analyzers = Path.Combine(folder, "analyzers");
        ZipFile.ExtractToDirectory(packages.Path("LifetimeAnalyzers"), analyzers);
        string host = Path.Combine(AppContext.BaseDirectory, "CompilerHost");
        File.Copy(Path.Combine(host, "Host.cs"), Path.Combine(folder, "Host.cs"));
        File.Copy(Path.Combine(host, "Host.csproj.txt"), Path.Combine(folder, "Host.csproj"));
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        string source = Path.Combine(folder, "Consumer.txt");
        File.WriteAllText(source, "using System;\n" + Sources.NeverFreed);

        CommandResult result = await Dotnet.RunAsync(
            folder, "run", "--project", "Host.csproj", $"-p:RoslynVersion={roslyn}", "--", Path.Combine(analyzers, assemblies), source);

        result.Returned(0);
        Assert.Single(result.Lines($"Roslyn {roslyn}"));
        Assert.Empty(result.Lines("load failed"));
        Assert.Empty(result.Lines("error CS"));
        Assert.Empty(result.Lines("AD0001"));
        Assert.Contains("Consumer.txt(10,", Assert.Single(result.Lines("warning LIFE003")), StringComparison.Ordinal);
        string fixes = Assert.Single(result.Lines("fixes "));
        Assert.All(["LIFE001", "LIFE002", "LIFE003", "LIFE004"], id => Assert.Contains(id, fixes, StringComparison.Ordinal));
    }
}
