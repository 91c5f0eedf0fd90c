using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Candidates;

/// <summary>
/// The members of the source through which blocks come and go, found by names: those that hand out what they allocate,
/// release what they are handed, make an object that owns a block, or replace what an object owns. Starts from the names
/// of the tables and goes on until there are no more. Not changed once it is complete.
/// </summary>
internal sealed class NameClosure
{
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;
    private readonly Lazy<DeclaredTypes> _types;
    private readonly HashSet<string> _seeds;
    private readonly HashSet<string> _givingSeeds;
    private readonly HashSet<string> _releasingSeeds;
    private readonly GivingNames _giving;
    private readonly Dictionary<string, WordShapes> _releasing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong> _released = new(StringComparer.Ordinal);
    private readonly HashSet<string> _owners = new(StringComparer.Ordinal);
    private readonly HashSet<string> _releasable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _replacing = new(StringComparer.Ordinal);
    private readonly HashSet<SyntaxNode> _members = new();
    private readonly List<Fresh> _fresh = new();

    private NameClosure(Compilation compilation, InterestingNames seeds, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        _cancellationToken = cancellationToken;
        _types = new Lazy<DeclaredTypes>(() => new DeclaredTypes(compilation, cancellationToken));
        _seeds = new HashSet<string>(seeds, StringComparer.Ordinal);
        _givingSeeds = seeds.Giving;
        _giving = new GivingNames(type => _types.Value.WithDerived(type));
        _releasingSeeds = seeds.Releasing;
    }

    /// <summary>A name that has been found and not been looked for yet; members that replace only matter to their own type.</summary>
    private readonly record struct Fresh(string Name, WordShapes Shapes, string? Type, bool IsOwner = false);

    /// <summary>Follows the names of <paramref name="seeds"/> through the source.</summary>
    public static NameClosure Of(Compilation compilation, InterestingNames seeds, CancellationToken cancellationToken)
    {
        var closure = new NameClosure(compilation, seeds, cancellationToken);
        closure.Run();
        return closure;
    }

    /// <summary>Whether a declaration is one of the members that were found.</summary>
    public bool Contains(SyntaxNode member) => _members.Contains(member);

    /// <summary>Whether members of that name hand out or release, whichever type declares them.</summary>
    public bool ContainsName(string name) => _giving.Contains(name) || _releasing.ContainsKey(name);

    /// <summary>Whether objects of a type of that name own a block from the beginning or later.</summary>
    public bool IsOwner(string type) => _owners.Contains(type) && CanBeReleased(type);

    /// <summary>The positions in a tree at which a body has to do with blocks, in order.</summary>
    public List<int> PositionsIn(SyntaxTree tree)
    {
        var words = TreeWords.Of(tree, _cancellationToken);
        var found = new List<int>();
        foreach (var name in _seeds)
        {
            words.AddPositions(name, WordShapes.Any, found);
        }

        foreach (var name in _releasing)
        {
            words.AddPositions(name.Key, name.Value, found);
        }

        _giving.AddPositions(words, found);
        foreach (var owner in _owners)
        {
            if (!CanBeReleased(owner))
            {
                continue;
            }

            words.AddPositions(owner, WordShapes.Creation, found);
            if (words.Mentions(owner) && words.Mentions("new"))
            {
                AddTargetTyped(tree, words, owner, found);
            }
        }

        foreach (var type in _replacing)
        {
            AddReplacing(tree, words, type.Key, type.Value, found);
        }

        AddDisposedOwners(tree, words, found);
        found.Sort();
        return found;
    }

    /// <summary>Who reads the memory of an owner and disposes of one may do so in the wrong order, wherever the owner comes from.</summary>
    private void AddDisposedOwners(SyntaxTree tree, TreeWords words, List<int> found)
    {
        if (!words.Mentions("Memory") || !words.Mentions("Dispose"))
        {
            return;
        }

        var mentions = new List<int>();
        words.AddPositions("Dispose", WordShapes.CallWithoutArguments, mentions);
        var root = tree.GetRoot(_cancellationToken);
        foreach (var position in mentions)
        {
            if (MemberSyntax.MemberAround(root, position) is { } member && words.MentionsIn(member.Span, "Memory", WordShapes.NoCall))
            {
                found.Add(position);
            }
        }
    }

    /// <summary><c>Owner x = new(...)</c>, and bodies that return <c>new(...)</c> as an owner.</summary>
    private static void AddTargetTyped(SyntaxTree tree, TreeWords words, string owner, List<int> found)
    {
        var mentions = new List<int>();
        words.AddPositions(owner, WordShapes.NoCall, mentions);
        if (mentions.Count == 0)
        {
            return;
        }

        var root = tree.GetRoot();
        foreach (var position in mentions)
        {
            if (MemberSyntax.MemberAround(root, position) is { } member && words.MentionsIn(member.Span, "new", WordShapes.Call))
            {
                found.Add(position);
            }
        }
    }

    /// <summary>Calls that replace what an object owns matter in its own type, and where somebody looks into it at the same time.</summary>
    private void AddReplacing(SyntaxTree tree, TreeWords words, string type, HashSet<string> names, List<int> found)
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

        var views = _types.Value.ViewsOf(type).Where(view => !names.Contains(view)).ToList();
        var root = tree.GetRoot(_cancellationToken);
        foreach (var position in mentions)
        {
            if (MemberSyntax.MemberAround(root, position) is { } member &&
                (IsIn(member, type) || views.Exists(view => words.MentionsIn(member.Span, view, WordShapes.Call | WordShapes.NoCall))))
            {
                found.Add(position);
            }
        }
    }

    private void Run()
    {
        foreach (var seed in _seeds)
        {
            _fresh.Add(new Fresh(seed, WordShapes.Any, null));
        }

        while (_fresh.Count > 0)
        {
            var names = _fresh.ToArray();
            _fresh.Clear();
            foreach (var tree in _compilation.SyntaxTrees)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                var words = TreeWords.Of(tree, _cancellationToken);
                SyntaxNode? root = null;
                HashSet<SyntaxNode>? seen = null;
                foreach (var fresh in names)
                {
                    if (!words.Mentions(fresh.Name))
                    {
                        continue;
                    }

                    var positions = new List<int>();
                    words.AddPositions(fresh.Name, fresh.Shapes, positions);
                    foreach (var position in positions)
                    {
                        root ??= tree.GetRoot(_cancellationToken);
                        if (MemberSyntax.MemberAround(root, position) is { } member && seen?.Contains(member) != true && Concerns(fresh, member, words) && (seen ??= new()).Add(member))
                        {
                            Judge(member);
                        }
                    }
                }
            }
        }
    }

    private bool Concerns(Fresh fresh, SyntaxNode member, TreeWords words) =>
        fresh.Type is { } type ? IsIn(member, type)
        : !fresh.IsOwner || words.MentionsIn(member.Span, fresh.Name, WordShapes.Creation) || words.MentionsIn(member.Span, "new", WordShapes.Call);

    /// <summary>Looks at a member that mentions one of the names.</summary>
    private void Judge(SyntaxNode member)
    {
        var sketch = MemberSketch.Of(member);
        var type = MemberSyntax.TypeAround(member);
        var given = sketch.Spread(Gives, Passes, parts: true);
        if ((given.Contains(MemberSketch.Result) && CanGive(MemberSyntax.ResultTypeOf(member))) || GivesToParameter(sketch, given))
        {
            AddGiving(member);
        }

        if (type is not null && given.Contains(MemberSketch.Field) && !MemberSyntax.IsStatic(member) && _types.Value.CanCarry(type))
        {
            AddOwner(type);
            AddReplacing(type, member);
        }

        if (type is not null && _replacing.TryGetValue(type, out var replacing) && sketch.Calls.Exists(call => call.IsOnSelf && replacing.Contains(call.Name)))
        {
            AddReplacing(type, member);
        }

        var released = sketch.Calls.SelectMany(ReleasedBy).ToList();
        if (released.Count == 0)
        {
            return;
        }

        for (var i = 0; i < sketch.Parameters.Count; i++)
        {
            var (name, declared) = sketch.Parameters[i];
            if (_types.Value.CanCarry(declared))
            {
                bool IsIt(Mention mention) => mention.Kind == MentionKind.Name && mention.Name == name;
                var held = sketch.Spread(IsIt, PassesOn, parts: false);
                if (released.Exists(value => sketch.IsReached(value, IsIt, PassesOn, held)))
                {
                    AddReleasing(member, i);
                }
            }
        }

        bool IsField(Mention mention) => mention.Kind == MentionKind.Name && !sketch.Locals.Contains(mention.Name) && !sketch.Parameters.Exists(parameter => parameter.Name == mention.Name);
        var kept = sketch.Spread(IsField, PassesOn, parts: false);
        if (type is null || !released.Exists(value => sketch.IsReached(value, IsField, PassesOn, kept)))
        {
            return;
        }

        if (MemberSyntax.IsStatic(member))
        {
            AddReleasing(member, -1);
        }
        else
        {
            AddReplacing(type, member);
            AddReleasable(type);
        }
    }

    private bool GivesToParameter(MemberSketch sketch, HashSet<string> given)
    {
        for (var i = 0; i < sketch.Parameters.Count; i++)
        {
            if (given.Contains(MemberSketch.Parameter(i)) && CanGive(sketch.Parameters[i].Type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what is left in a variable of the type can be released by whoever gets it.</summary>
    private bool CanGive(TypeSyntax? type) => !TypeShapes.IsView(type) && _types.Value.CanCarry(type);

    /// <summary>What a call releases: what each argument or receiver that it releases is made of.</summary>
    private IEnumerable<List<Mention>> ReleasedBy(NamedCall call)
    {
        var isSeed = _releasingSeeds.Contains(call.Name);
        if (!isSeed && !_released.ContainsKey(call.Name))
        {
            yield break;
        }

        var which = isSeed ? ulong.MaxValue : _released[call.Name];
        for (var i = 0; i < call.Arguments.Count && i < 63; i++)
        {
            if ((which & (1UL << i)) != 0)
            {
                yield return call.Arguments[i];
            }
        }

        if (call.Receiver.Count > 0 && (which & (1UL << 63)) != 0)
        {
            yield return call.Receiver;
        }
    }

    private static bool PassesOn(Mention outer) => IsAnotherForm(outer.Name);

    private bool Gives(Mention mention) => mention.Kind switch
    {
        MentionKind.Creation => IsOwner(mention.Name) || _givingSeeds.Contains(mention.Name),
        _ => _givingSeeds.Contains(mention.Name) || _giving.CanBe(mention),
    };

    /// <summary>Whether the result of a call or creation may be, view or keep what it is handed.</summary>
    private bool Passes(Mention outer) => outer.Kind == MentionKind.Creation
        ? _types.Value.CanCarryNamed(outer.Name)
        : IsAnotherForm(outer.Name) || _types.Value.PassesOn(outer.Name);

    /// <summary>Library functions whose result is what they are handed, a view over it, or a promise of it.</summary>
    private static bool IsAnotherForm(string name) =>
        name is "AsSpan" or "AsMemory" or "AsStream" or "Slice" or "Cast" or "As" or "AsPointer" or "ToPointer" or "ToIntPtr" or "FromIntPtr" or "AddrOfPinnedObject" or "CreateSpan" or "GetReference"
            or "GetArrayDataReference" or "UnsafeAddrOfPinnedArrayElement" or "DangerousGetHandle" or "FromResult" or "ConfigureAwait" or "AsTask" or "Run" or "StartNew" or "GetResult" or "GetAwaiter" or "Add"
            or "Select" or "Where" or "Concat" or "ToList" or "ToDictionary" or "GetOrAdd" or "Exchange" or "CompareExchange" or "Max" or "Min" or "Unsafe" or "GetPinnableReference" or "GetValueOrDefault";

    private void AddGiving(SyntaxNode member)
    {
        switch (member)
        {
            case MethodDeclarationSyntax method:
                var isExtension = method.ParameterList.Parameters.FirstOrDefault() is { } first && first.Modifiers.Any(SyntaxKind.ThisKeyword);
                AddGiving(method.Identifier.ValueText, MemberSyntax.ShapesOf(method), isExtension ? null : MemberSyntax.StaticTypeOf(member));
                _members.Add(member);
                break;
            case BasePropertyDeclarationSyntax property:
                if (property is PropertyDeclarationSyntax { Identifier.ValueText: var name })
                {
                    AddGiving(name, WordShapes.Any, MemberSyntax.StaticTypeOf(member));
                }

                _members.Add(member);
                break;
            case OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax when MemberSyntax.TypeAround(member) is { } type:
                // an operator has no name: who mentions the type may use it
                AddGiving(type, WordShapes.Any, null);
                _members.Add(member);
                break;
        }
    }

    private void AddGiving(string name, WordShapes shapes, string? behind)
    {
        if (_giving.Add(name, shapes, behind))
        {
            _fresh.Add(new Fresh(name, shapes, null));
        }
    }

    private void AddReleasing(SyntaxNode member, int parameter)
    {
        switch (member)
        {
            case MethodDeclarationSyntax method:
                _released.TryGetValue(method.Identifier.ValueText, out var which);
                var isExtension = parameter >= 0 && method.ParameterList.Parameters[0].Modifiers.Any(SyntaxKind.ThisKeyword);

                // an extension method is called both ways
                which |= parameter is >= 0 and < 63 ? 1UL << parameter : 0;
                which |= isExtension && parameter > 0 ? 1UL << (parameter - 1) : isExtension ? 1UL << 63 : 0;
                _released.TryGetValue(method.Identifier.ValueText, out var known);
                if (known != which)
                {
                    _released[method.Identifier.ValueText] = which;
                    _fresh.Add(new Fresh(method.Identifier.ValueText, MemberSyntax.ShapesOf(method), null));
                }

                Add(_releasing, method.Identifier.ValueText, MemberSyntax.ShapesOf(method));
                _members.Add(member);
                break;
            case ConstructorDeclarationSyntax constructor:
                AddOwner(constructor.Identifier.ValueText);
                break;
        }
    }

    /// <summary>Nobody else can release what an object of the type owns when it offers no way to: that is then the type's own affair.</summary>
    private bool CanBeReleased(string type) => _releasable.Contains(type) || _types.Value.CanBeReleased(type);

    /// <summary>A member of the type releases what a field holds.</summary>
    private void AddReleasable(string type)
    {
        foreach (var name in _types.Value.WithDerived(type))
        {
            if (_releasable.Add(name) && _owners.Contains(name))
            {
                _fresh.Add(new Fresh(name, WordShapes.Any, null, IsOwner: true));
            }
        }
    }

    private void AddOwner(string type)
    {
        foreach (var name in _types.Value.WithDerived(type))
        {
            if (_owners.Add(name) && CanBeReleased(name))
            {
                _fresh.Add(new Fresh(name, WordShapes.Any, null, IsOwner: true));
            }
        }
    }

    private void AddReplacing(string type, SyntaxNode member)
    {
        _members.Add(member);
        if (member is not MethodDeclarationSyntax { Identifier.ValueText: var name })
        {
            return;
        }

        if (!_replacing.TryGetValue(type, out var names))
        {
            _replacing.Add(type, names = new(StringComparer.Ordinal));
        }

        if (names.Add(name))
        {
            _fresh.Add(new Fresh(name, WordShapes.Call, type));
        }
    }

    private void Add(Dictionary<string, WordShapes> names, string name, WordShapes shapes)
    {
        names.TryGetValue(name, out var known);
        if ((known & shapes) != shapes)
        {
            names[name] = known | shapes;
            _fresh.Add(new Fresh(name, shapes, null));
        }
    }

    /// <summary>Whether a member belongs to a type of that name, one that lies in it, or one that derives from it.</summary>
    private bool IsIn(SyntaxNode member, string type)
    {
        for (var outer = member.Parent; outer is TypeDeclarationSyntax declaration; outer = outer.Parent)
        {
            var pending = new Stack<string>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            pending.Push(declaration.Identifier.ValueText);
            while (pending.Count > 0)
            {
                var name = pending.Pop();
                if (name == type)
                {
                    return true;
                }

                if (seen.Add(name))
                {
                    foreach (var declared in _types.Value.BasesOf(name))
                    {
                        pending.Push(declared);
                    }
                }
            }
        }

        return false;
    }
}
