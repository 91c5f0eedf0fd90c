using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Candidates;

/// <content>The search: from the names that are known to the members that mention one, and to what these add.</content>
internal sealed partial class NameClosure
{
    private void Run(CancellationToken cancellationToken)
    {
        while (_fresh.Count > 0)
        {
            var names = _fresh.ToArray();
            _fresh.Clear();
            foreach (var tree in _trees)
            {
                cancellationToken.ThrowIfCancellationRequested();
                LookFor(names, tree, cancellationToken);
            }
        }
    }

    /// <summary>Judges the members of a tree that mention one of the names.</summary>
    private void LookFor(IReadOnlyList<Fresh> names, SyntaxTree tree, CancellationToken cancellationToken)
    {
        var words = TreeWords.Of(tree, cancellationToken);
        TreeMembers? members = null;
        HashSet<SyntaxNode>? seen = null;
        var positions = new List<int>();
        foreach (var fresh in names)
        {
            positions.Clear();
            words.AddPositions(fresh.Hash, fresh.Shapes, positions);
            SyntaxNode? last = null;
            foreach (var position in positions)
            {
                if (last is not null && last.Span.Contains(position))
                {
                    // the member has been judged, or need not be
                    continue;
                }

                members ??= TreeMembers.Of(tree, cancellationToken);
                last = members.Around(position);
                if (last is { } member && seen?.Contains(member) != true && Concerns(fresh, member, words) && (seen ??= new()).Add(member))
                {
                    var before = _growth;
                    Judge(member);
                    if (_growth != before)
                    {
                        _sources.Add(member);
                    }
                }
            }
        }
    }

    /// <summary>Puts a new version of a tree in the place of the old one; false when the names may change by that.</summary>
    private bool Replace(SyntaxTree before, SyntaxTree after, CancellationToken cancellationToken)
    {
        if (!DeclaredTypes.AreAlike(before, after, cancellationToken))
        {
            return false;
        }

        var sources = _sources.Where(member => member.SyntaxTree == before).ToList();
        if (sources.Count > 0 && !KeepSources(sources, TreeMembers.Of(after, cancellationToken).All))
        {
            return false;
        }

        _members.RemoveWhere(member => member.SyntaxTree == before);
        LookFor(_all ??= AllNames(), after, cancellationToken);
        return _fresh.Count == 0 && _growth == 0;
    }

    /// <summary>Every source is still there, with whatever else in it: what it adds depends on its declaration and its sketch alone.</summary>
    private bool KeepSources(List<SyntaxNode> sources, IReadOnlyList<SyntaxNode> members)
    {
        foreach (var source in sources)
        {
            var kept = members.FirstOrDefault(member => member.IsIncrementallyIdenticalTo(source) && HaveOneType(member, source)) ??
                members.FirstOrDefault(member => member.RawKind == source.RawKind && MemberSyntax.HeaderOf(member) == MemberSyntax.HeaderOf(source) && HaveOneType(member, source) && MemberSketch.Of(member).IsLike(MemberSketch.Of(source)));
            if (kept is null)
            {
                return false;
            }

            _sources.Remove(source);
            _sources.Add(kept);
        }

        return true;
    }

    private static bool HaveOneType(SyntaxNode one, SyntaxNode other) => MemberSyntax.TypeAround(one) == MemberSyntax.TypeAround(other);

    private Fresh[] AllNames()
    {
        var names = _seeds.Select(static seed => new Fresh(seed, WordShapes.Any, null)).ToList();
        names.AddRange(_giving.Names.Select(static name => new Fresh(name.Name, name.Shapes, null)));
        names.AddRange(_releasing.Select(static name => new Fresh(name.Key, name.Value, null)));
        names.AddRange(_owners.Where(CanBeReleased).Select(static owner => new Fresh(owner, WordShapes.Any, null, IsOwner: true)));
        names.AddRange(_replacing.SelectMany(static type => type.Value.Select(name => new Fresh(name, WordShapes.Call, type.Key))));
        return names.ToArray();
    }

    private bool Concerns(Fresh fresh, SyntaxNode member, TreeWords words) =>
        fresh.Type is { } type ? IsIn(member, type)
        : !fresh.IsOwner || words.MentionsIn(member.Span, fresh.Name, WordShapes.Creation) || MayMakeUnnamed(fresh.Name, member, words);

    /// <summary>Looks at a member that mentions one of the names.</summary>
    private void Judge(SyntaxNode member)
    {
        var sketch = MemberSketch.Of(member);
        var type = MemberSyntax.TypeAround(member);
        var given = sketch.Spread(mention => Gives(mention, member), Passes, parts: true);
        if ((given.Contains(MemberSketch.Result) && CanGive(MemberSyntax.ResultTypeOf(member))) || GivesToParameter(sketch, given))
        {
            AddGiving(member);
        }

        if (type is not null && given.Contains(MemberSketch.Field) && !MemberSyntax.IsStatic(member) && Types.CanCarry(type))
        {
            AddOwner(type);
            AddReplacing(type, member);
            AddDetaching(member);
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
            if (Types.CanCarry(declared))
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
            AddDetaching(member);
        }
    }

    /// <summary>The members beside one that fills or releases a field may hand out what it holds, for the caller to own.</summary>
    private void AddDetaching(SyntaxNode member)
    {
        if (member.Parent is not TypeDeclarationSyntax type || !_detaching.Add(type))
        {
            return;
        }

        foreach (var sibling in type.Members)
        {
            if (sibling is MethodDeclarationSyntax method && !MemberSyntax.IsStatic(method) && (CanGive(method.ReturnType) || method.ParameterList.Parameters.Any(static parameter => parameter.Modifiers.Any(SyntaxKind.OutKeyword))) && MemberSketch.Of(method).Detaches)
            {
                var before = _growth;
                AddGiving(method);
                if (_growth != before)
                {
                    _sources.Add(method);
                }
            }
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
    private bool CanGive(TypeSyntax? type) => !TypeShapes.IsView(type) && Types.CanCarry(type);

    /// <summary>What a call releases: what each argument or receiver that it releases is made of.</summary>
    private IEnumerable<List<Mention>> ReleasedBy(NamedCall call)
    {
        var isSeed = _seeds.Releasing.Contains(call.Name);
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

    private bool Gives(Mention mention, SyntaxNode member) => mention.Kind switch
    {
        MentionKind.Creation => IsOwner(mention.Name) || _seeds.Giving.Contains(mention.Name),
        _ => _seeds.Giving.Contains(mention.Name) || _giving.CanBe(mention, member),
    };

    /// <summary>Whether the result of a call or creation may be, view or keep what it is handed.</summary>
    private bool Passes(Mention outer) => outer.Kind == MentionKind.Creation
        ? Types.CanCarryNamed(outer.Name)
        : IsAnotherForm(outer.Name) || Types.PassesOn(outer.Name);

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
                AddGiving(method.Identifier.ValueText, MemberSyntax.ShapesOf(method), isExtension ? null : MemberSyntax.TypeAround(member), MemberSyntax.IsStatic(member));
                _members.Add(member);
                break;
            case BasePropertyDeclarationSyntax property:
                if (property is PropertyDeclarationSyntax { Identifier.ValueText: var name })
                {
                    AddGiving(name, WordShapes.Any, MemberSyntax.TypeAround(member), MemberSyntax.IsStatic(member));
                }

                _members.Add(member);
                break;
            case OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax when MemberSyntax.TypeAround(member) is { } type:
                // an operator has no name: who mentions the type may use it
                AddGiving(type, WordShapes.Any, null, isStatic: false);
                _members.Add(member);
                break;
        }
    }

    private void AddGiving(string name, WordShapes shapes, string? type, bool isStatic)
    {
        if (_giving.Add(name, shapes, type, isStatic))
        {
            _growth++;
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
                    _growth++;
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
    private bool CanBeReleased(string type) => _releasable.Contains(type) || Types.CanBeReleased(type);

    /// <summary>A member of the type releases what a field holds.</summary>
    private void AddReleasable(string type)
    {
        foreach (var name in Types.WithDerived(type))
        {
            if (!_releasable.Add(name))
            {
                continue;
            }

            _growth++;
            if (_owners.Contains(name))
            {
                _fresh.Add(new Fresh(name, WordShapes.Any, null, IsOwner: true));
            }
        }
    }

    private void AddOwner(string type)
    {
        foreach (var name in Types.WithDerived(type))
        {
            if (!_owners.Add(name))
            {
                continue;
            }

            _growth++;
            if (CanBeReleased(name))
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
            _growth++;
            _fresh.Add(new Fresh(name, WordShapes.Call, type));
        }
    }

    private void Add(Dictionary<string, WordShapes> names, string name, WordShapes shapes)
    {
        names.TryGetValue(name, out var known);
        if ((known & shapes) != shapes)
        {
            _growth++;
            names[name] = known | shapes;
            _fresh.Add(new Fresh(name, shapes, null));
        }
    }

    /// <summary>Whether a member belongs to a type of that name, one that lies in it, or one that derives from it.</summary>
    private bool IsIn(SyntaxNode member, string type)
    {
        for (var outer = member.Parent; outer is TypeDeclarationSyntax declaration; outer = outer.Parent)
        {
            if (Types.WithBases(declaration.Identifier.ValueText).Contains(type))
            {
                return true;
            }
        }

        return false;
    }
}
