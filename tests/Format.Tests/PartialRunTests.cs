namespace LifetimeAnalyzers.Package.Tests;

/// <summary>
/// <c>dotnet format analyzers --include</c> with the packed package: other files than the one that is named stay as they
/// are, unless they have the other part of a type whose field is repaired. Half of a repair is never written.
/// </summary>
[Collection(PackedPackages.Collection)]
public sealed class PartialRunTests(PackedPackages packages)
{
    private const string Fields = """
        using System.Runtime.InteropServices;

        internal sealed partial class Owner
        {
            private nint _block = Marshal.AllocHGlobal(8);

            public byte First => Marshal.ReadByte(_block);
        }

        """;

    private const string Dispose = """
        internal partial class Owner : IDisposable
        {
            public void Dispose()
            {
                Console.WriteLine("done");
            }
        }

        """;

    private readonly string _folder = packages.NewFolder();

    [Fact]
    public async Task Only_what_is_named_is_repaired()
    {
        var (one, two) = (Leak("One"), Leak("Two"));
        WriteAll(("One.cs", one), ("Two.cs", two), ("Owner.cs", Fields), ("Owner.Dispose.cs", Dispose));
        (await Dotnet.RunAsync(_folder, "restore", "Part.csproj", "-v", "quiet")).Returned(0);

        await FormatAsync("One.cs", "LIFE003", "LIFE013");

        Assert.Contains("finally", Read("One.cs"), StringComparison.Ordinal);
        Assert.Equal((two, Fields, Dispose), (Read("Two.cs"), Read("Owner.cs"), Read("Owner.Dispose.cs")));

        await FormatAsync("Owner.cs", "LIFE003", "LIFE013");

        Assert.Equal((two, Fields), (Read("Two.cs"), Read("Owner.cs")));
        Assert.Contains("Marshal.FreeHGlobal(_block);", Read("Owner.Dispose.cs"), StringComparison.Ordinal);
        var left = (await Dotnet.RunAsync(_folder, "build", "Part.csproj", "--no-restore", "--no-incremental", "-v", "quiet")).Returned(0).Lines("warning");
        Assert.All(left, line => Assert.Contains("Two.cs", line, StringComparison.Ordinal));
        Assert.NotEmpty(left);
    }

    private static string Leak(string type) => $$"""
        using System.Runtime.InteropServices;

        internal static class {{type}}
        {
            public static int M(int n)
            {
                nint block = Marshal.AllocHGlobal(n);
                return Marshal.ReadByte(block);
            }
        }

        """.ReplaceLineEndings("\n");

    private async Task FormatAsync(string file, params string[] rules) =>
        (await Dotnet.RunAsync(_folder, ["format", "analyzers", "Part.csproj", "--no-restore", "--severity", "warn", "--include", file, "--diagnostics", .. rules])).Returned(0);

    private void WriteAll(params (string Name, string Text)[] sources)
    {
        Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(packages.Scratch, "cache")}" /></config>
              <packageSources><clear /><add key="local" value="{packages.Feed}" /></packageSources>
            </configuration>
            """);
        Write("Directory.Build.props", "<Project />");
        Write(".editorconfig", "root = true\n[*.cs]\nindent_style = space\nindent_size = 4\nend_of_line = lf\n");
        Write("Part.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Library</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LifetimeAnalyzers" Version="{packages.Version}" />
              </ItemGroup>
            </Project>
            """);
        foreach (var (name, text) in sources)
        {
            Write(name, text);
        }
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text.ReplaceLineEndings("\n"));
}
