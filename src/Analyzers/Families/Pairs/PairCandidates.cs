using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>The names of imported functions that can be halves of a pair, as the source declares them: before anything is bound, and so some too many.</summary>
internal static class PairCandidates
{
    /// <summary>Adds the names of the methods, as code mentions them.</summary>
    public static void Add(Compilation compilation, NameReader reader, IReadOnlyList<UsePair> used, InterestingNames names, CancellationToken cancellationToken)
    {
        foreach (var pair in used)
        {
            names.Add(pair);
        }

        var types = new Dictionary<string, List<(DeclaredImport Import, ImmutableArray<NameReading> ByEntryPoint, ImmutableArray<NameReading> ByName)>>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var read in NamesInSource.Of(tree, cancellationToken).ReadWith(reader))
            {
                if (read.ByEntryPoint.IsEmpty && read.ByName.IsEmpty && read.Import.Pointers.Out is null)
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
            Add(type.ConvertAll(read => (read.Import.Name, new OutPairs.Function(read.Import.EntryPoint, read.ByEntryPoint, read.Import.Pointers))), reader, names);
            Add(type.ConvertAll(read => (read.Import.Name, new OutPairs.Function(read.Import.Name, read.ByName, read.Import.Pointers))), reader, names);
        }
    }

    private static void Add(List<(string Name, OutPairs.Function Function)> functions, NameReader reader, InterestingNames names)
    {
        var released = new HashSet<int>();
        foreach (var pair in NamePairs.Among(functions.ConvertAll(function => function.Function.Readings), reader))
        {
            released.UnionWith(pair.Releases);
            Add(pair);
        }

        foreach (var pair in OutPairs.Among(functions.ConvertAll(function => function.Function), released))
        {
            Add(pair);
        }

        void Add(NamePairs.Pair pair)
        {
            names.Add(functions[pair.Giving].Name, StatementKind.Allocates);
            foreach (var release in pair.Releases)
            {
                names.Add(functions[release].Name, StatementKind.Releases);
            }
        }
    }
}
