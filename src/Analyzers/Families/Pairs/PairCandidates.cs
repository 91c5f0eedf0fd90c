using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>The names of imported functions that can be halves of a pair, as the source declares them: before anything is bound, and so some too many.</summary>
internal static class PairCandidates
{
    /// <summary>Adds the names of the methods, as code mentions them.</summary>
    public static void Add(Compilation compilation, NameReader reader, InterestingNames names, CancellationToken cancellationToken)
    {
        var types = new Dictionary<string, List<(DeclaredImport Import, ImmutableArray<NameReading> ByEntryPoint, ImmutableArray<NameReading> ByName)>>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var read in NamesInSource.Of(tree, cancellationToken).ReadWith(reader))
            {
                if (read.ByEntryPoint.IsEmpty && read.ByName.IsEmpty)
                {
                    continue;
                }

                if (!types.TryGetValue(read.Import.Type, out var ofType))
                {
                    types.Add(read.Import.Type, ofType = []);
                }

                ofType.Add(read);
            }
        }

        foreach (var type in types.Values)
        {
            Add(type.ConvertAll(read => (read.Import.Name, read.ByEntryPoint)), reader, names);
            Add(type.ConvertAll(read => (read.Import.Name, read.ByName)), reader, names);
        }
    }

    private static void Add(List<(string Name, ImmutableArray<NameReading> Readings)> functions, NameReader reader, InterestingNames names)
    {
        foreach (var (giving, releases, _, _) in NamePairs.Among(functions.ConvertAll(function => function.Readings), reader))
        {
            names.Add(functions[giving].Name, StatementKind.Allocates);
            foreach (var release in releases)
            {
                names.Add(functions[release].Name, StatementKind.Releases);
            }
        }
    }
}
