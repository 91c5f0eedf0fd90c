using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Candidates;

/// <summary>
/// The names of members of the source that hand out a block, how a call of them looks, and behind which types they stand.
/// Not thread-safe.
/// </summary>
internal sealed class GivingNames(Func<DeclaredTypes> types)
{
    private readonly Dictionary<string, Giving> _names = new(StringComparer.Ordinal);

    /// <summary>A copy that grows by itself.</summary>
    public GivingNames(Func<DeclaredTypes> types, GivingNames other)
        : this(types)
    {
        foreach (var name in other._names)
        {
            _names.Add(name.Key, new Giving(name.Value));
        }
    }

    /// <summary>The names, and how they are mentioned.</summary>
    public IEnumerable<(string Name, WordShapes Shapes)> Names => _names.Select(static name => (name.Key, name.Value.Shapes));

    public bool Contains(string name) => _names.ContainsKey(name);

    /// <summary>Adds a member; true when that says something new of its name.</summary>
    /// <param name="name">The simple name.</param>
    /// <param name="shapes">How it is mentioned.</param>
    /// <param name="type">The type that declares it; null or empty when it may stand behind anything, as a member of an extension block.</param>
    /// <param name="isStatic">It stands behind its type, and not behind a value.</param>
    public bool Add(string name, WordShapes shapes, string? type, bool isStatic)
    {
        if (!_names.TryGetValue(name, out var known))
        {
            _names.Add(name, known = new Giving());
        }

        var isNew = (known.Shapes & shapes) != shapes;
        known.Shapes |= shapes;
        if (isStatic && !string.IsNullOrEmpty(type))
        {
            return known.AddTypes(types().WithDerived(type!)) || isNew;
        }

        return string.IsNullOrEmpty(type)
            ? known.AddPlace(IsUbiquitous(name) ? Place.Unqualified : Place.Anywhere) || isNew
            // of other objects the framework's members are meant by names that stand everywhere, more often than not
            : (!IsUbiquitous(name) && known.AddPlace(Place.BehindValues)) | known.AddTypes(types().WithDerived(type!).Concat(types().WithBases(type!))) || isNew;
    }

    /// <summary>Whether a mention in a member can mean one of the members.</summary>
    public bool CanBe(Mention mention, SyntaxNode member) =>
        _names.TryGetValue(mention.Name, out var known) && (known.Shapes & ShapeOf(mention)) != 0 && CanStand(mention.Qualifier, known, () => member);

    /// <summary>Whether one of the members of a name can be meant behind a name, or without one in a member.</summary>
    private bool CanStand(string? qualifier, Giving known, Func<SyntaxNode?> within) =>
        known.Place == Place.Anywhere ||
        (qualifier is null or "this" or "base"
            ? known.Place == Place.Unqualified || within() is not { } member || MemberSyntax.TypesAround(member).Any(known.Types.Contains) || (qualifier is null && known.Types.Any(types().IsImported))
            : known.Types.Contains(qualifier) || (known.Place == Place.BehindValues && !types().IsTypeAlone(qualifier)));

    private static WordShapes ShapeOf(Mention mention) =>
        mention.Kind != MentionKind.Call ? WordShapes.NoCall : mention.HasArguments ? WordShapes.CallWithArguments : WordShapes.CallWithoutArguments;

    /// <summary>Adds the positions at which a text mentions one of the members.</summary>
    public void AddPositions(TreeWords words, Func<int, SyntaxNode?> memberAt, List<int> found)
    {
        foreach (var name in _names)
        {
            // a method can be named without being called: the delegate is called later
            words.AddPositions(name.Key, name.Value.Shapes | WordShapes.NoCall, name.Value.Place == Place.Anywhere ? null : (qualifier, position) => CanStand(qualifier, name.Value, () => memberAt(position)), found);
        }
    }

    /// <summary>
    /// Names that the framework's collections and views have too: they stand everywhere, and who calls one on an object that
    /// owns a block has got that object by another name.
    /// </summary>
    private static bool IsUbiquitous(string name) =>
        name is "Slice" or "Split" or "Span" or "Memory" or "Empty" or "First" or "Last" or "Value" or "Current" or "Count" or "Length" or "Add" or "Insert" or "Remove"
            or "ToString" or "Equals" or "GetHashCode" or "CompareTo" or "GetEnumerator";

    /// <summary>What the members of a name stand behind, besides types.</summary>
    private enum Place
    {
        /// <summary>Nothing else.</summary>
        BehindTypes,

        /// <summary>Nothing at all, wherever that is.</summary>
        Unqualified,

        /// <summary>Values, whose type the names do not tell.</summary>
        BehindValues,

        /// <summary>Whatever there is: an extension method, an operator.</summary>
        Anywhere,
    }

    private sealed class Giving
    {
        public Giving() => Types = new(StringComparer.Ordinal);

        public Giving(Giving other)
        {
            Shapes = other.Shapes;
            Place = other.Place;
            Types = new(other.Types, StringComparer.Ordinal);
        }

        public WordShapes Shapes { get; set; }

        public Place Place { get; private set; }

        /// <summary>The types behind whose names one of the members can stand: for one of an object because a property may have the name of its type.</summary>
        public HashSet<string> Types { get; }

        public bool AddPlace(Place place)
        {
            if (place <= Place)
            {
                return false;
            }

            Place = place;
            return true;
        }

        public bool AddTypes(IEnumerable<string> types)
        {
            var isNew = false;
            foreach (var type in types)
            {
                isNew |= Types.Add(type);
            }

            return isNew && Place != Place.Anywhere;
        }
    }
}
