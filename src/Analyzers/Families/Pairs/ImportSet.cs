using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LifetimeAnalyzers.Candidates;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>The imported functions of a compilation that can give or release by what the source does with them. Immutable.</summary>
internal sealed class ImportSet
{
    private static readonly ConditionalWeakTable<SyntaxTree, ImportSet> s_last = new();
    private readonly Dictionary<string, List<int>> _byName = new(StringComparer.Ordinal);
    private readonly List<EndStrength> _strengths = [];
    private readonly int[] _hashes;

    private ImportSet(ImmutableArray<DeclaredImport> declared)
    {
        Declared = declared;
        var seen = new HashSet<(string, string)>();
        var strengths = declared.Select(EndWords.Of).ToList();
        var releasing = new HashSet<string>(declared.Where((_, index) => strengths[index] != EndStrength.None).Select(static import => import.Type), StringComparer.Ordinal);
        var functions = ImmutableArray.CreateBuilder<DeclaredImport>();
        for (var i = 0; i < declared.Length; i++)
        {
            var import = declared[i];
            if (releasing.Contains(import.Type) && (import.Pointers.AsResult || import.Pointers.Outs > 0 || strengths[i] != EndStrength.None) && seen.Add((import.Type, import.Name)))
            {
                _strengths.Add(strengths[i]);
                if (!_byName.TryGetValue(import.Name, out var list))
                {
                    _byName.Add(import.Name, list = []);
                }

                list.Add(functions.Count);
                functions.Add(import);
            }
        }

        Functions = functions.ToImmutable();
        _hashes = _byName.Keys.Select(TreeWords.HashOf).ToArray();
    }

    /// <summary>All that the source declares.</summary>
    public ImmutableArray<DeclaredImport> Declared { get; }

    /// <summary>Those that can be half of a pair, each once.</summary>
    public ImmutableArray<DeclaredImport> Functions { get; }

    /// <summary>How surely a function releases, by its name.</summary>
    public EndStrength StrengthOf(int function) => _strengths[function];

    /// <summary>The functions of <paramref name="compilation"/>; the same set as for the version before when nothing has changed.</summary>
    public static ImportSet Of(Compilation compilation, CancellationToken cancellationToken)
    {
        var declared = ImmutableArray.CreateBuilder<DeclaredImport>();
        SyntaxTree? first = null;
        SyntaxTree? last = null;
        foreach (var tree in compilation.SyntaxTrees)
        {
            first ??= tree;
            last = tree;
            declared.AddRange(NamesInSource.Of(tree, cancellationToken).Imports);
        }

        var all = declared.ToImmutable();
        if (first is null || all.IsEmpty)
        {
            return new ImportSet(all);
        }

        // one of the two is there when the other one has been edited
        var set = s_last.TryGetValue(first, out var one) && one.Declared.SequenceEqual(all) ? one
            : s_last.TryGetValue(last!, out var other) && other.Declared.SequenceEqual(all) ? other
            : new ImportSet(all);
        Keep(first, set);
        Keep(last!, set);
        return set;
    }

    /// <summary>The positions at which the text may call one of the functions, in order.</summary>
    public List<int> CallsIn(TreeWords words)
    {
        var positions = new List<int>();
        foreach (var hash in _hashes)
        {
            words.AddPositions(hash, WordShapes.Call, positions);
        }

        positions.Sort();
        return positions;
    }

    /// <summary>The functions of a name.</summary>
    public IReadOnlyList<int> Named(string name) => _byName.TryGetValue(name, out var functions) ? functions : [];

    private static void Keep(SyntaxTree tree, ImportSet set)
    {
        if (!s_last.TryGetValue(tree, out var known) || known != set)
        {
            s_last.Remove(tree);
            s_last.GetValue(tree, _ => set);
        }
    }
}
