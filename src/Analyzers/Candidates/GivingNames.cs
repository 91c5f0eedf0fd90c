namespace LifetimeAnalyzers.Candidates;

/// <summary>
/// The names of members of the source that hand out a block, how a call of them looks, and behind which types the static
/// ones stand. Not thread-safe.
/// </summary>
internal sealed class GivingNames(Func<string, IEnumerable<string>> withDerived)
{
    private readonly Dictionary<string, Giving> _names = new(StringComparer.Ordinal);

    /// <summary>A copy that grows by itself.</summary>
    public GivingNames(Func<string, IEnumerable<string>> withDerived, GivingNames other)
        : this(withDerived)
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
    /// <param name="behind">The type that a static member stands behind; null for others, which may stand behind anything.</param>
    public bool Add(string name, WordShapes shapes, string? behind)
    {
        if (behind is null && IsUbiquitous(name))
        {
            // of other objects the framework's members are meant, more often than not
            behind = "this";
        }

        if (!_names.TryGetValue(name, out var known))
        {
            _names.Add(name, known = new Giving());
        }

        var isNew = (known.Shapes & shapes) != shapes;
        known.Shapes |= shapes;
        return known.AddQualifier(behind, withDerived) || isNew;
    }

    /// <summary>Whether a mention can mean one of the members.</summary>
    public bool CanBe(Mention mention) =>
        _names.TryGetValue(mention.Name, out var known) &&
        (known.Shapes & ShapeOf(mention)) != 0 &&
        (mention.Qualifier is null || known.Qualifiers is null || known.Qualifiers.Contains(mention.Qualifier));

    private static WordShapes ShapeOf(Mention mention) =>
        mention.Kind != MentionKind.Call ? WordShapes.NoCall : mention.HasArguments ? WordShapes.CallWithArguments : WordShapes.CallWithoutArguments;

    /// <summary>Adds the positions at which a text mentions one of the members.</summary>
    public void AddPositions(TreeWords words, List<int> found)
    {
        foreach (var name in _names)
        {
            // a method can be named without being called: the delegate is called later
            words.AddPositions(name.Key, name.Value.Shapes | WordShapes.NoCall, name.Value.Qualifiers, found);
        }
    }

    /// <summary>
    /// Names that the framework's collections and views have too: they stand everywhere, and who calls one on an object that
    /// owns a block has got that object by another name.
    /// </summary>
    private static bool IsUbiquitous(string name) =>
        name is "Slice" or "Split" or "Span" or "Memory" or "Empty" or "First" or "Last" or "Value" or "Current" or "Count" or "Length" or "Add" or "Insert" or "Remove"
            or "ToString" or "Equals" or "GetHashCode" or "CompareTo" or "GetEnumerator";

    private sealed class Giving
    {
        private bool _standsAnywhere;

        public Giving()
        {
        }

        public Giving(Giving other)
        {
            _standsAnywhere = other._standsAnywhere;
            Shapes = other.Shapes;
            Qualifiers = other.Qualifiers is null ? null : new HashSet<string>(other.Qualifiers, StringComparer.Ordinal);
        }

        public WordShapes Shapes { get; set; }

        /// <summary>The names that stand in front of it, when something does; null when that may be anything.</summary>
        public HashSet<string>? Qualifiers { get; private set; }

        public bool AddQualifier(string? type, Func<string, IEnumerable<string>> withDerived)
        {
            if (_standsAnywhere)
            {
                return false;
            }

            if (type is null)
            {
                _standsAnywhere = true;
                Qualifiers = null;
                return true;
            }

            var isNew = false;
            Qualifiers ??= new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in withDerived(type))
            {
                isNew |= Qualifiers.Add(name);
            }

            return isNew;
        }
    }
}
