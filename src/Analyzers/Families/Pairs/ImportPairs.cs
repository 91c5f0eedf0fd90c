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
    private readonly CancellationToken _cancellationToken;
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableDictionary<IMethodSymbol, (Statement Statement, Family Family)>> _types = new(SymbolEqualityComparer.Default);

    /// <param name="compilation">Has the source.</param>
    /// <param name="reader">Reads the names.</param>
    /// <param name="isTaught">Whether something is known of a method already, which then counts alone.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public ImportPairs(Compilation compilation, NameReader reader, Func<IMethodSymbol, bool> isTaught, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        _reader = reader;
        _isTaught = isTaught;
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
            AddPairs(functions, functions.Select(function => _reader.Read(function.Value.EntryPoint)).ToList(), roles);
            if (functions.Any(function => function.Value.EntryPoint != function.Method.Name))
            {
                AddPairs(functions, functions.Select(function => _reader.Read(function.Method.Name)).ToList(), roles);
            }
        }

        return roles.ToImmutable();
    }

    private void AddPairs(List<(IMethodSymbol Method, ImportedFunction Import)> functions, List<ImmutableArray<NameReading>> names, ImmutableDictionary<IMethodSymbol, (Statement, Family)>.Builder roles)
    {
        foreach (var pair in NamePairs.Among(names, _reader).GroupBy(pair => pair.Releases[0]))
        {
            // overloads of one function release alike, or it is not known what they do
            var releases = pair.First().Releases.Select(index => functions[index]).ToList();
            if (releases.Exists(release => !PairSignatures.Releases(release.Method) || _isTaught(release.Method)))
            {
                continue;
            }

            Family? family = null;
            foreach (var (index, _, verb, _) in pair)
            {
                var (method, import) = functions[index];
                if (roles.ContainsKey(method) || _isTaught(method) || PairSignatures.Gives(method, verb, releases[0].Method, import) is not { } gives)
                {
                    continue;
                }

                if (PairSignatures.IsNumber(method.ReturnType))
                {
                    if (StatusTests.SuccessOf(MentionsOf(method)) is not { } success)
                    {
                        continue;
                    }

                    gives = gives with { If = success };
                }

                family ??= roles.TryGetValue(releases[0].Method, out var known) ? known.Item2 : FamilyOf(releases.ConvertAll(release => release.Method), names[pair.Key].FirstOrDefault(static reading => reading.Role == NameRole.Releases).Resource ?? "", isCounted: pair.First().Counting is not null);
                roles.Add(method, (gives, family));
            }

            if (family is not null)
            {
                foreach (var (method, import) in releases)
                {
                    roles[method] = (PairSignatures.Statement(StatementKind.Releases, import) with { Parameters = ImmutableArray.Create(ParameterReference.Parse("#0")!.Value), NullIsReleasedSafely = true }, family);
                }

                foreach (var counting in pair.First().Counting ?? ImmutableArray<int>.Empty)
                {
                    // who is counted once more is somebody that is not known
                    var (method, import) = functions[counting];
                    if (!method.Parameters.IsEmpty && !roles.ContainsKey(method) && !_isTaught(method))
                    {
                        roles.Add(method, (PairSignatures.Statement(StatementKind.Takes, import) with { Parameters = ImmutableArray.Create(ParameterReference.Parse("#0")!.Value) }, family));
                    }
                }
            }
        }
    }

    private Family FamilyOf(List<IMethodSymbol> releases, string resource, bool isCounted)
    {
        var release = releases[0];
        var isPlain = release.Parameters[0].RefKind == RefKind.None && !PairSignatures.TakesVariable(release) && release.Parameters.Skip(1).All(parameter => parameter.IsOptional);
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
