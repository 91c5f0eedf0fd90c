using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LifetimeAnalyzers.Suite;

/// <summary>The files of the suite's folder: the cases, the support files, the misses that are known.</summary>
public sealed class CaseSet
{
    private const string SupportFolder = "Support";
    private static readonly string[] NoCases = [SupportFolder, "Generator", "bin", "obj"];

    /// <summary>Cases that older compilers cannot parse.</summary>
    private const string NewestFolder = "CSharp14";

    private static readonly bool SpeaksNewest = LanguageVersion.Latest.MapSpecifiedToEffectiveVersion() >= (LanguageVersion)1400;

    private CaseSet(string root, ImmutableArray<CaseFile> cases, ImmutableArray<SyntaxTree> support, ImmutableArray<KnownMiss> knownMisses)
    {
        Root = root;
        Cases = cases;
        Support = support;
        KnownMisses = knownMisses;
    }

    /// <summary>The folder of the suite.</summary>
    public string Root { get; }

    /// <summary>The cases, ordered by path.</summary>
    public ImmutableArray<CaseFile> Cases { get; }

    /// <summary>What every compilation of cases includes.</summary>
    public ImmutableArray<SyntaxTree> Support { get; }

    /// <summary>The bad functions that are known to be missed, with reasons.</summary>
    public ImmutableArray<KnownMiss> KnownMisses { get; }

    /// <summary>Reads the suite of the repository that the running program was built in.</summary>
    /// <param name="filter">Only cases whose path contains it, whatever the case of letters; all when null.</param>
    public static CaseSet Read(string? filter = null)
    {
        string root = Path.Combine(RepositoryRoot(), "tests", "Suite");
        string[] files = [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        ImmutableArray<CaseFile> cases =
            [.. files.Where(path => !NoCases.Contains(path.Split('/')[0]) && (SpeaksNewest || path.Split('/')[0] != NewestFolder))
                .Where(path => filter is null || path.Contains(filter, StringComparison.OrdinalIgnoreCase))
                .Select(path => CaseFile.Read(path, File.ReadAllText(Path.Combine(root, path))))];
        ImmutableArray<SyntaxTree> support =
            [.. files.Where(path => path.Split('/')[0] == SupportFolder)
                .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(root, path)), CaseCompilation.ParseOptions, path))];
        string misses = Path.Combine(root, "known-misses.txt");
        return new CaseSet(root, cases, support, File.Exists(misses) ? KnownMiss.Read(File.ReadAllLines(misses)) : []);
    }

    /// <summary>One compilation for each folder.</summary>
    public IEnumerable<(string Folder, CSharpCompilation Compilation, ImmutableArray<CaseFile> Cases)> Compilations() =>
        Cases.GroupBy(one => one.Folder).Select(group => (
            group.Key,
            CaseCompilation.Of(group.Key.Replace('/', '.'), [.. group.Select(one => one.Tree), .. Support]),
            group.ToImmutableArray()));

    /// <summary>The folder that holds the solution.</summary>
    /// <exception cref="DirectoryNotFoundException">The program does not run inside the repository.</exception>
    public static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LifetimeAnalyzers.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The program has to run inside the repository: no folder above it holds LifetimeAnalyzers.sln.");
    }
}
