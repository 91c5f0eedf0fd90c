namespace LifetimeAnalyzers.Package.Tests;

/// <summary>A user's project that restores the packages from the local feed.</summary>
internal sealed class ConsumerProject
{
    private ConsumerProject(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Writes and restores a class library that references <paramref name="package"/>.</summary>
    public static async Task<ConsumerProject> CreateAsync(
        PackedPackages packages, string package, string source, string editorConfig = "", string properties = "", string sdk = "Microsoft.NET.Sdk", string items = "")
    {
        ConsumerProject project = new(packages.NewFolder());
        project.Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(packages.Scratch, "cache")}" /></config>
              <packageSources><clear /><add key="local" value="{packages.Feed}" /></packageSources>
            </configuration>
            """);
        project.Write("Directory.Build.props", "<Project />");
        project.Write("Consumer.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Library</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{packages.Version}" />
                {items}
              </ItemGroup>
            </Project>
            """);
        project.Write(".editorconfig", "root = true\n[*.cs]\nindent_style = space\nindent_size = 4\nend_of_line = lf\n" + editorConfig);
        project.Write("Consumer.cs", source);
        (await Dotnet.RunAsync(project.Folder, "restore", "Consumer.csproj")).Returned(0);
        return project;
    }

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text.ReplaceLineEndings("\n"));

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>Builds from scratch: an incremental build prints no warnings.</summary>
    public Task<CommandResult> BuildAsync(params string[] more) =>
        Dotnet.RunAsync(Folder, ["build", "Consumer.csproj", "--no-restore", "--no-incremental", "-v", "quiet", .. more]);

    public Task<CommandResult> FormatAsync(params string[] more) =>
        Dotnet.RunAsync(Folder, ["format", "analyzers", "Consumer.csproj", "--no-restore", .. more]);
}
