using System.Collections.Concurrent;
using System.Collections.Immutable;
using LifetimeAnalyzers.Candidates;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LifetimeAnalyzers.Families;

/// <summary>
/// Pairs of imported functions of which nobody has said that they are: those that a type of the source declares for one
/// library, and that belong together by their names and by what they take and give. One per compilation; thread-safe.
/// </summary>
internal sealed class ImportPairs
{
    private readonly Compilation _compilation;
    private readonly NameReader _reader;
    private readonly Func<IMethodSymbol, bool> _isTaught;
    private readonly Func<IReadOnlyList<UsePair>> _used;
    private readonly CancellationToken _cancellationToken;
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableDictionary<IMethodSymbol, (Statement Statement, Family Family)>> _types = new(SymbolEqualityComparer.Default);

    /// <param name="compilation">Has the source.</param>
    /// <param name="reader">Reads the names.</param>
    /// <param name="isTaught">Whether something is known of a method already, which then counts alone.</param>
    /// <param name="used">The functions that the source uses as pairs.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public ImportPairs(Compilation compilation, NameReader reader, Func<IMethodSymbol, bool> isTaught, Func<IReadOnlyList<UsePair>> used, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        _reader = reader;
        _isTaught = isTaught;
        _used = used;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Adds what follows from the pair that <paramref name="method"/>, an imported function, belongs to.</summary>
    public void Read(IMethodSymbol method, ContractBuilder builder)
    {
        if (method.ContainingType is not { } type || method.DeclaringSyntaxReferences.IsEmpty)
        {
            return;
        }

        if (!_types.TryGetValue(type, out var roles))
        {
            roles = _types.GetOrAdd(type, PairsOf(type));
        }

        if (roles.TryGetValue(method, out var role))
        {
            builder.Add(role.Statement, role.Family);
        }
    }

    /// <summary>The result with which the imported function says that it has succeeded; none when it cannot be told, or when it says that in another way.</summary>
    public ResultTest SuccessOf(IMethodSymbol method) =>
        PairSignatures.IsNumber(method.ReturnType) ? StatusTests.SuccessOf(MentionsOf(method)) ?? ResultTest.None
        : PairSignatures.SaysSuccessByZero(method.ReturnType) ? ResultTest.Zero
        : ResultTest.None;

    private ImmutableDictionary<IMethodSymbol, (Statement, Family)> PairsOf(INamedTypeSymbol type)
    {
        var roles = ImmutableDictionary.CreateBuilder<IMethodSymbol, (Statement, Family)>(SymbolEqualityComparer.Default);
        var imports = type.GetMembers().OfType<IMethodSymbol>().Where(method => method.IsStatic && !method.IsGenericMethod)
            .Select(method => (Method: method, Import: ImportedFunction.Of(method)))
            .Where(function => function.Import is { EntryPoint.Length: > 0 })
            .GroupBy(function => function.Import!.Value.Library, StringComparer.Ordinal);
        foreach (var library in imports)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var functions = library.Select(function => (function.Method, function.Import!.Value)).ToList();
            AddPairs(functions, functions.ConvertAll(static function => function.Value.EntryPoint), roles);
            if (functions.Exists(static function => function.Value.EntryPoint != function.Method.Name))
            {
                AddPairs(functions, functions.ConvertAll(static function => function.Method.Name), roles);
            }

            foreach (var pair in _used())
            {
                if (pair.Type == type.Name)
                {
                    AddUsed(functions, pair, roles);
                }
            }
        }

        return roles.ToImmutable();
    }

    private void AddPairs(List<(IMethodSymbol Method, ImportedFunction Import)> functions, List<string> called, ImmutableDictionary<IMethodSymbol, (Statement, Family)>.Builder roles)
    {
        var names = called.ConvertAll(_reader.Read);
        var pairs = NamePairs.Among(names, _reader).ToList();
        Add(functions, pairs, names, roles);
        var known = new HashSet<int>(pairs.SelectMany(static pair => pair.Releases));
        var others = functions.Select((function, index) => new OutPairs.Function(called[index], names[index], PairSignatures.PointersOf(function.Method))).ToList();
        Add(functions, OutPairs.Among(others, known), names, roles);
    }

    private void Add(List<(IMethodSymbol Method, ImportedFunction Import)> functions, IEnumerable<NamePairs.Pair> pairs, List<ImmutableArray<NameReading>> names, ImmutableDictionary<IMethodSymbol, (Statement, Family)>.Builder roles)
    {
        foreach (var pair in pairs.GroupBy(static pair => pair.Releases[0]))
        {
            // overloads of one function release alike, or it is not known what they do
            var releases = pair.First().Releases.Select(index => functions[index]).ToList();
            if (releases.Exists(release => !PairSignatures.CanRelease(release.Method) || _isTaught(release.Method)))
            {
                continue;
            }

            Family? family = null;
            IParameterSymbol? released = null;
            foreach (var (index, _, verb, _) in pair)
            {
                var (method, import) = functions[index];
                if (roles.ContainsKey(method) || _isTaught(method) || (verb.Length == 0 && method.ReturnsVoid) || PairSignatures.ReleasedBy(releases[0].Method, method) is not { } block || (released ?? block).Ordinal != block.Ordinal ||
                    PairSignatures.Gives(method, verb, block, import) is not { } gives)
                {
                    continue;
                }

                if (WithSuccess(method, gives) is not { } statement)
                {
                    continue;
                }

                released = block;
                family ??= roles.TryGetValue(releases[0].Method, out var known) ? known.Item2 : FamilyOf(releases.ConvertAll(release => release.Method), released, names[pair.Key].FirstOrDefault(static reading => reading.Role == NameRole.Releases).Resource ?? "", isCounted: pair.First().Counting is not null);
                roles.Add(method, (statement, family));
            }

            if (family is not null)
            {
                foreach (var (method, import) in releases)
                {
                    roles[method] = (PairSignatures.Statement(StatementKind.Releases, import) with { Parameters = ImmutableArray.Create(PairSignatures.Reference(released!)), NullIsReleasedSafely = true }, family);
                }

                foreach (var counting in pair.First().Counting ?? ImmutableArray<int>.Empty)
                {
                    // who is counted once more is somebody that is not known
                    var (method, import) = functions[counting];
                    if (!method.Parameters.IsEmpty && !roles.ContainsKey(method) && !_isTaught(method))
                    {
                        roles.Add(method, (PairSignatures.Statement(StatementKind.Takes, import) with { Parameters = ImmutableArray.Create(PairSignatures.Reference(method.Parameters[0])) }, family));
                    }
                }
            }
        }
    }

    /// <summary>Adds two functions that the source uses as a pair, unless their names have said something else.</summary>
    private void AddUsed(List<(IMethodSymbol Method, ImportedFunction Import)> functions, UsePair pair, ImmutableDictionary<IMethodSymbol, (Statement Statement, Family Family)>.Builder roles)
    {
        var releases = functions.FindAll(function => function.Method.Name == pair.Releasing);
        if (releases.Count == 0 || releases.Exists(release => !PairSignatures.CanRelease(release.Method) || pair.Released >= release.Method.Parameters.Length || !PairSignatures.CanBeReleased(release.Method, release.Method.Parameters[pair.Released]) || _isTaught(release.Method)))
        {
            return;
        }

        var released = releases[0].Method.Parameters[pair.Released];
        Family? family = null;
        if (roles.TryGetValue(releases[0].Method, out var known))
        {
            if (known.Statement.Kind != StatementKind.Releases || known.Statement.Parameters[0].In(releases[0].Method) != pair.Released)
            {
                return;
            }

            family = known.Family;
        }

        var isGiven = false;
        foreach (var (method, import) in functions)
        {
            if (method.Name != pair.Giving || _isTaught(method))
            {
                continue;
            }

            if (roles.TryGetValue(method, out var role))
            {
                if (family is null && role.Statement.Kind == StatementKind.Allocates && (role.Statement.Parameters.IsEmpty ? -1 : role.Statement.Parameters[0].In(method)) == pair.Given)
                {
                    // another way to release the same
                    family = role.Family;
                    isGiven = true;
                }

                continue;
            }

            if (PairSignatures.GivesAt(method, pair.Given, released, import) is { } gives && WithSuccess(method, gives) is { } statement)
            {
                var reading = _reader.Read(releases[0].Import.EntryPoint).FirstOrDefault(static reading => reading.Role == NameRole.Releases);
                var related = functions.FindAll(function => reading.Resource is { Length: > 0 } && _reader.Read(function.Import.EntryPoint).Any(other => other.Resource == reading.Resource && other.Role is NameRole.Counts or NameRole.Resizes));
                if (related.Exists(function => _reader.Read(function.Import.EntryPoint).Any(static other => other.Role == NameRole.Resizes)))
                {
                    return;
                }

                family ??= FamilyOf(releases.ConvertAll(static release => release.Method), released, resource: "", isCounted: related.Count > 0 || (reading.Verb is { } verb && _reader.IsOneOfSeveral(verb))) with { IsByUse = true };
                roles.Add(method, (statement, family));
                isGiven = true;
            }
        }

        if (isGiven && family is not null)
        {
            foreach (var (method, import) in releases)
            {
                if (!roles.ContainsKey(method))
                {
                    roles.Add(method, (PairSignatures.Statement(StatementKind.Releases, import) with { Parameters = ImmutableArray.Create(PairSignatures.Reference(released)), NullIsReleasedSafely = true }, family));
                }
            }
        }
    }

    /// <summary>Adds by which number the function says that it has given something; null when its callers do not agree.</summary>
    private Statement? WithSuccess(IMethodSymbol method, Statement gives)
    {
        if (gives.If != ResultTest.Zero || gives.Tested is not null || !(PairSignatures.IsNumber(method.ReturnType) || PairSignatures.IsCount(method.ReturnType)))
        {
            return gives;
        }

        return StatusTests.SuccessOf(MentionsOf(method)) is { } success && !(success == ResultTest.Zero && PairSignatures.IsCount(method.ReturnType)) ? gives with { If = success } : null;
    }

    private Family FamilyOf(List<IMethodSymbol> releases, IParameterSymbol released, string resource, bool isCounted)
    {
        var release = releases[0];
        var isPlain = released.Ordinal == 0 && released.RefKind == RefKind.None && !PairSignatures.TakesVariable(release) && release.Parameters.Skip(1).All(parameter => parameter.IsOptional);
        return new Family(release.ContainingType.Name + "." + release.Name, Lifetime.Process, release.ContainingType.Name + "." + release.Name)
        {
            IsPointer = true,
            IsInferred = true,
            IsCounted = isCounted,
            Resource = resource,
            IsNeverReleased = !releases.Exists(release => MentionsOf(release).Any()),
            ReleaseTemplate = isPlain ? release.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + release.Name + "({0})" : null,
        };
    }

    /// <summary>Where the source mentions the function, its declaration left out. Lazy.</summary>
    private IEnumerable<SyntaxToken> MentionsOf(IMethodSymbol function)
    {
        var qualifiers = new HashSet<string>(StringComparer.Ordinal) { function.ContainingType.Name };
        foreach (var tree in _compilation.SyntaxTrees)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var words = TreeWords.Of(tree, _cancellationToken);
            if (!words.Mentions(function.Name) || !words.Mentions(function.ContainingType.Name))
            {
                continue;
            }

            var positions = new List<int>();
            words.AddPositions(function.Name, WordShapes.Any, (qualifier, _) => qualifier is null || qualifiers.Contains(qualifier), positions);
            foreach (var position in positions)
            {
                if (!IsDeclared(function, tree, position) && tree.GetRoot(_cancellationToken).FindToken(position) is var token && token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == function.Name)
                {
                    yield return token;
                }
            }
        }
    }

    private static bool IsDeclared(IMethodSymbol release, SyntaxTree tree, int position) =>
        new[] { release, release.PartialImplementationPart }.OfType<IMethodSymbol>().SelectMany(part => part.DeclaringSyntaxReferences).Any(reference => reference.SyntaxTree == tree && reference.Span.Contains(position));
}
