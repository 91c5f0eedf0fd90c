using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>All statements of a set of files, with their families made whole, to be looked up by simple name. Immutable; thread-safe.</summary>
internal sealed class FamilyTable
{
    private readonly ImmutableDictionary<string, Family> _families;
    private readonly Dictionary<string, List<Statement>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Statement>> _byType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InterestingNames> _interestingNames;
    private readonly Dictionary<string, List<Statement>> _byImport = new(StringComparer.Ordinal);

    private FamilyTable(ImmutableArray<LifetimeFile> files, ImmutableDictionary<string, Family> families, IEnumerable<Statement> statements, ImmutableArray<(LifetimeFile, FileProblem)> problems)
    {
        Files = files;
        _families = families;
        Problems = problems;
        var names = new Dictionary<string, InterestingNames>(StringComparer.Ordinal);
        var owners = ImmutableArray.CreateBuilder<Statement>();
        foreach (var statement in statements)
        {
            if (statement.Kind == StatementKind.Owner)
            {
                owners.Add(statement);
                continue;
            }

            var member = statement.Member;
            var (index, key) = member.Kind switch
            {
                'I' => (_byImport, member.Name),
                'T' => (_byType, member.SimpleTypeName),
                _ when member.IsPrefix => (_byType, member.SimpleTypeName),
                _ => (_byName, member.Name),
            };
            if (!index.TryGetValue(key, out var list))
            {
                index.Add(key, list = []);
            }

            list.Add(statement);
            if (member.Kind != 'I' && IsInteresting(statement))
            {
                if (!names.TryGetValue(member.TypeName, out var ofType))
                {
                    names.Add(member.TypeName, ofType = new());
                }

                ofType.Add(member.Name == "#ctor" ? member.TypeNameInCode : member.Name, statement.Kind);
            }
        }

        _interestingNames = names;
        Owners = owners.ToImmutable();
        PairNames = new NameReader(files.SelectMany(file => file.PairWords));
        TakeOverNames = files.SelectMany(file => file.TakeOverNames).ToImmutableHashSet();
    }

    /// <summary>The files, in the order in which they count.</summary>
    public ImmutableArray<LifetimeFile> Files { get; }

    /// <summary>What is wrong with the files, seen together.</summary>
    public ImmutableArray<(LifetimeFile File, FileProblem Problem)> Problems { get; }

    /// <summary>Adds the simple names of members that allocate or release, as code mentions them, of the types that <paramref name="compilation"/> has.</summary>
    public void AddInterestingNames(Compilation compilation, InterestingNames names)
    {
        foreach (var type in _interestingNames)
        {
            if (MemberBinding.TypeOf(compilation, type.Key) is not null)
            {
                names.UnionWith(type.Value);
            }
        }
    }

    /// <summary>The statements about types whose values are released by <c>Dispose</c>.</summary>
    public ImmutableArray<Statement> Owners { get; }

    /// <summary>Reads names of native functions for what they give and release.</summary>
    public NameReader PairNames { get; }

    /// <summary>Beginnings of names that hint a hand-over.</summary>
    public ImmutableHashSet<HandOverName> TakeOverNames { get; }

    /// <summary>The family of that name, or null.</summary>
    public Family? FamilyNamed(string name) => _families.TryGetValue(name, out var family) ? family : null;

    /// <summary>All families.</summary>
    public IEnumerable<Family> Families => _families.Values;

    /// <summary>All statements that name a member of a type, wherever they are indexed.</summary>
    public IEnumerable<Statement> Statements => _byName.Values.Concat(_byType.Values).SelectMany(list => list).Concat(Owners);

    /// <summary>Whether a statement names an imported function <paramref name="entryPoint"/>.</summary>
    public bool KnowsImport(string entryPoint) => _byImport.ContainsKey(entryPoint);

    /// <summary>Whether any statement is about members called <paramref name="simpleName"/>.</summary>
    public bool KnowsName(string simpleName) => _byName.ContainsKey(simpleName);

    /// <summary>The statements that may be about a member of this simple name.</summary>
    public IReadOnlyList<Statement> ByName(string simpleName) => _byName.TryGetValue(simpleName, out var list) ? list : [];

    /// <summary>The statements about members of types of this metadata name.</summary>
    public IReadOnlyList<Statement> ByType(string typeName) => _byType.TryGetValue(typeName, out var list) ? list : [];

    /// <summary>The statements about the imported function.</summary>
    public IReadOnlyList<Statement> ByImport(string entryPoint) => _byImport.TryGetValue(entryPoint, out var list) ? list : [];

    /// <summary>Merges <paramref name="files"/>; <paramref name="compilation"/>, where there is one, tells instance pools from static ones.</summary>
    public static FamilyTable Create(ImmutableArray<LifetimeFile> files, Compilation? compilation)
    {
        var merger = new FamilyMerger(compilation);
        merger.AddAll(files);
        return new FamilyTable(files, merger.Families(), merger.Statements, merger.Problems.ToImmutableArray());
    }

    /// <summary>
    /// Whether a body can only go wrong with the statement's member when it mentions it. A <c>Dispose</c> or <c>Release</c>
    /// releases what another name allocated; what may stay unreleased goes wrong only where it is released.
    /// </summary>
    private bool IsInteresting(Statement statement) => statement.Kind switch
    {
        StatementKind.Allocates => statement.Family is { } name && _families.TryGetValue(name, out var family) && (!family.MayStayUnreleased || family.IsCounted) && !IsOfMany(statement),
        StatementKind.Releases => !IsOfMany(statement),
        StatementKind.Reallocates => true,
        _ => false,
    };

    /// <summary>A name that members of many types have.</summary>
    private static bool IsOfMany(Statement statement) => statement.Member.Name is "Dispose" or "DisposeAsync" or "Release" or "QueryInterface";
}
