using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Candidates;

/// <summary>
/// The members of the source through which blocks come and go, found by names: those that hand out what they allocate,
/// release what they are handed, make an object that owns a block, or replace what an object owns. Starts from the names
/// of the tables and goes on until there are no more. Not changed once it is complete.
/// </summary>
internal sealed partial class NameClosure
{
    /// <summary>So many trees may differ for a closure to be taken over.</summary>
    private const int MaximumEdits = 4;
    private readonly ImmutableArray<SyntaxTree> _trees;
    private readonly InterestingNames _seeds;
    private readonly GivingNames _giving;
    private readonly Dictionary<string, WordShapes> _releasing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong> _released = new(StringComparer.Ordinal);
    private readonly HashSet<string> _owners = new(StringComparer.Ordinal);
    private readonly HashSet<string> _releasable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _replacing = new(StringComparer.Ordinal);
    private readonly HashSet<SyntaxNode> _members = new();

    /// <summary>The declarations of types in which members that hand out a field have been looked for.</summary>
    private readonly HashSet<SyntaxNode> _detaching = new();

    /// <summary>The members that have added something: the names do not depend on any other.</summary>
    private readonly HashSet<SyntaxNode> _sources = new();
    private readonly ConditionalWeakTable<SyntaxTree, TreeHits> _hits;
    private readonly List<Fresh> _fresh = new();
    private DeclaredTypes? _types;

    /// <summary>All names, once they are complete: the same for every closure of one origin.</summary>
    private volatile Fresh[]? _all;
    private int _growth;

    /// <summary>Of who looks for the names, as long as nobody else has the closure.</summary>
    private CancellationToken _stop;

    private NameClosure(ImmutableArray<SyntaxTree> trees, InterestingNames seeds)
    {
        _trees = trees;
        _seeds = seeds;
        _hits = new();
        _giving = new GivingNames(() => Types);
        Origin = this;
    }

    /// <summary>The same names, for trees some of which are other versions; see <see cref="Follow"/>.</summary>
    private NameClosure(NameClosure other, ImmutableArray<SyntaxTree> trees)
    {
        _trees = trees;
        _seeds = other._seeds;
        _all = other._all ??= other.AllNames();
        Origin = other.Origin;
        _types = other._types;
        _hits = other._hits;
        _giving = new GivingNames(() => Types, other._giving);
        _releasing = new(other._releasing, StringComparer.Ordinal);
        _released = new(other._released, StringComparer.Ordinal);
        _owners = new(other._owners, StringComparer.Ordinal);
        _releasable = new(other._releasable, StringComparer.Ordinal);
        _members = new(other._members);
        _sources = new(other._sources);
        foreach (var type in other._replacing)
        {
            _replacing.Add(type.Key, new(type.Value, StringComparer.Ordinal));
        }
    }

    /// <summary>The closure that this one was taken over from: those of one origin know the same names.</summary>
    public NameClosure Origin { get; }

    /// <summary>Read when the first name asks for it; two threads may both read.</summary>
    private DeclaredTypes Types => _types ??= new DeclaredTypes(_trees, _stop);

    /// <summary>A name that has been found and not been looked for yet; members that replace only matter to their own type.</summary>
    private readonly record struct Fresh(string Name, WordShapes Shapes, string? Type, bool IsOwner = false)
    {
        public int Hash { get; } = TreeWords.HashOf(Name);
    }

    /// <summary>Follows the names of <paramref name="seeds"/> through the source.</summary>
    public static NameClosure Of(ImmutableArray<SyntaxTree> trees, InterestingNames seeds, CancellationToken cancellationToken)
    {
        var closure = new NameClosure(trees, seeds);
        foreach (var seed in seeds)
        {
            closure._fresh.Add(new Fresh(seed, WordShapes.Any, null));
        }

        closure._stop = cancellationToken;
        closure.Run(cancellationToken);
        closure._stop = CancellationToken.None;
        return closure;
    }

    /// <summary>
    /// The closure of other versions of the trees, when it is the same without a doubt: of those that differ the declared
    /// types are alike, all members that the names come from are unchanged, and no other adds one. Null when that is not so.
    /// </summary>
    public NameClosure? Follow(ImmutableArray<SyntaxTree> trees, InterestingNames seeds, CancellationToken cancellationToken)
    {
        if (trees.Length != _trees.Length || !_seeds.IsSame(seeds))
        {
            return null;
        }

        NameClosure? next = null;
        for (int i = 0, edits = 0; i < trees.Length; i++)
        {
            if (trees[i] == _trees[i])
            {
                continue;
            }

            next ??= new NameClosure(this, trees);
            if (++edits > MaximumEdits || !next.Replace(_trees[i], trees[i], cancellationToken))
            {
                return null;
            }
        }

        return next ?? this;
    }

    /// <summary>Whether the code in the span has to do with blocks.</summary>
    public bool IsCandidate(SyntaxTree tree, TextSpan span, CancellationToken cancellationToken)
    {
        if (!_hits.TryGetValue(tree, out var hits))
        {
            hits = new TreeHits(PositionsIn(tree, cancellationToken));
            hits = _hits.GetValue(tree, _ => hits);
        }

        return hits.AnyIn(span);
    }

    /// <summary>Whether a body is that of a member which hands out what it takes out of a field: it need not mention any of the names.</summary>
    public bool Detaches(SyntaxNode body) => body is MethodDeclarationSyntax && _members.Contains(body) && MemberSketch.Of(body).Detaches;

    /// <summary>Whether a declaration is one of the members that were found.</summary>
    public bool Contains(SyntaxNode member) => _members.Contains(member);

    /// <summary>Whether members of that name hand out or release, whichever type declares them.</summary>
    public bool ContainsName(string name) => _giving.Contains(name) || _releasing.ContainsKey(name);

    /// <summary>Whether objects of a type of that name own a block from the beginning or later.</summary>
    public bool IsOwner(string type) => _owners.Contains(type) && CanBeReleased(type);

    /// <summary>The type of that name and all types that derive from it or implement it, by their names.</summary>
    public IEnumerable<string> WithDerived(string type) => Types.WithDerived(type);

    /// <summary>The positions in a tree at which a body has to do with blocks, in order.</summary>
    private List<int> PositionsIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var words = TreeWords.Of(tree, cancellationToken);
        var found = new List<int>();
        foreach (var name in _seeds)
        {
            words.AddPositions(name, WordShapes.Any, found);
        }

        foreach (var name in _releasing)
        {
            words.AddPositions(name.Key, name.Value, found);
        }

        _giving.AddPositions(words, position => TreeMembers.Of(tree, cancellationToken).Around(position), found);
        foreach (var owner in _owners)
        {
            if (!CanBeReleased(owner))
            {
                continue;
            }

            words.AddPositions(owner, WordShapes.Creation, found);
            if (words.Mentions(owner))
            {
                AddUnnamed(tree, words, owner, found, cancellationToken);
            }
        }

        foreach (var type in _replacing)
        {
            AddReplacing(tree, words, type.Key, type.Value, found, cancellationToken);
        }

        AddDisposedOwners(tree, words, found, cancellationToken);
        found.Sort();
        return found;
    }

    /// <summary>Who reads the memory of an owner and disposes of one may do so in the wrong order, wherever the owner comes from.</summary>
    private static void AddDisposedOwners(SyntaxTree tree, TreeWords words, List<int> found, CancellationToken cancellationToken)
    {
        if (!words.Mentions("Memory") || !words.Mentions("Dispose"))
        {
            return;
        }

        var mentions = new List<int>();
        words.AddPositions("Dispose", WordShapes.CallWithoutArguments, mentions);
        var members = TreeMembers.Of(tree, cancellationToken);
        foreach (var position in mentions)
        {
            if (members.Around(position) is { } member && words.MentionsIn(member.Span, "Memory", WordShapes.NoCall))
            {
                found.Add(position);
            }
        }
    }

    /// <summary><c>Owner x = new(...)</c>, bodies that return <c>new(...)</c> as an owner, and structs that nobody has to make.</summary>
    private void AddUnnamed(SyntaxTree tree, TreeWords words, string owner, List<int> found, CancellationToken cancellationToken)
    {
        var mentions = new List<int>();
        words.AddPositions(owner, WordShapes.NoCall, mentions);
        if (mentions.Count == 0)
        {
            return;
        }

        var members = TreeMembers.Of(tree, cancellationToken);
        foreach (var position in mentions)
        {
            if (members.Around(position) is { } member && MayMakeUnnamed(owner, member, words))
            {
                found.Add(position);
            }
        }
    }

    /// <summary>Whether a member that mentions an owner may make one without <c>new</c> in front of its name.</summary>
    private bool MayMakeUnnamed(string owner, SyntaxNode member, TreeWords words) =>
        words.MentionsIn(member.Span, "new", WordShapes.Call) ||
        (Types.IsValue(owner) && (words.MentionsIn(member.Span, "default", WordShapes.Any) || words.DeclaresIn(member.Span, owner)));

    /// <summary>Calls that replace what an object owns matter in its own type, and where somebody looks into it at the same time.</summary>
    private void AddReplacing(SyntaxTree tree, TreeWords words, string type, HashSet<string> names, List<int> found, CancellationToken cancellationToken)
    {
        var mentions = new List<int>();
        foreach (var name in names)
        {
            words.AddPositions(name, WordShapes.Call, mentions);
        }

        if (mentions.Count == 0)
        {
            return;
        }

        var views = new List<int>();
        foreach (var view in Types.ViewsOf(type).Distinct(StringComparer.Ordinal))
        {
            if (!names.Contains(view))
            {
                words.AddPositions(view, WordShapes.Call | WordShapes.NoCall, views);
            }
        }

        views.Sort();
        var looks = new TreeHits(views);
        var members = TreeMembers.Of(tree, cancellationToken);
        foreach (var position in mentions)
        {
            if (members.Around(position) is { } member && (looks.AnyIn(member.Span) || IsIn(member, type)))
            {
                found.Add(position);
            }
        }
    }

    /// <summary>Where a tree mentions the names that matter.</summary>
    private sealed class TreeHits(List<int> positions)
    {
        public bool AnyIn(TextSpan span)
        {
            var first = positions.BinarySearch(span.Start);
            first = first < 0 ? ~first : first;
            return first < positions.Count && positions[first] < span.End;
        }
    }
}
