using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>Brings the families of several files together: pairs join the family of a member that is already known.</summary>
internal sealed class FamilyMerger(Compilation? compilation)
{
    private readonly Dictionary<string, FamilyDeclaration> _declarations = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Member, bool Gives), string> _familyOfMember = [];

    /// <summary>All statements, each with its family.</summary>
    public List<Statement> Statements { get; } = [];

    /// <summary>Contradictions between lines.</summary>
    public List<(LifetimeFile File, FileProblem Problem)> Problems { get; } = [];

    /// <summary>Adds <paramref name="files"/>. A family may be used in any of them, whichever declares it.</summary>
    public void AddAll(ImmutableArray<LifetimeFile> files)
    {
        foreach (var file in files)
        {
            foreach (var family in file.Families)
            {
                Declare(file, family);
            }
        }

        var ofPairs = new List<(LifetimeFile File, Statement Statement)>();
        foreach (var file in files)
        {
            foreach (var statement in file.Statements)
            {
                if (statement.Family is { } name && !_declarations.ContainsKey(name))
                {
                    ofPairs.Add((file, statement));
                }
                else
                {
                    Add(file, statement);
                }
            }
        }

        foreach (var file in files)
        {
            foreach (var pair in file.Pairs)
            {
                AddPair(file, pair);
            }
        }

        foreach (var (file, statement) in ofPairs)
        {
            if (_declarations.ContainsKey(statement.Family!))
            {
                Add(file, statement);
            }
            else
            {
                Problem(file, statement.Line, $"no family is called '{statement.Family}'; declare it with 'family \"{statement.Family}\" process', or write a 'pair' line");
            }
        }
    }

    /// <summary>The families by name, with their releases.</summary>
    public ImmutableDictionary<string, Family> Families()
    {
        var families = ImmutableDictionary.CreateBuilder<string, Family>(StringComparer.Ordinal);
        foreach (var declaration in _declarations.Values)
        {
            // The release that messages and fixes use: not an import, whose method every project calls as it likes.
            var release = Statements.Where(s => s.Kind == StatementKind.Releases && s.Family == declaration.Name)
                .OrderBy(s => (s.Member.Kind == 'I' ? 2 : 0) + (s.When is null ? 0 : 1))
                .FirstOrDefault();
            families.Add(declaration.Name, Complete(declaration, release));
        }

        return families.ToImmutable();
    }

    private void AddPair(LifetimeFile file, Pair pair)
    {
        var known = pair.Allocations.Concat(pair.Releases)
            .Select(s => _familyOfMember.TryGetValue((s.Member.Text, s.Kind == StatementKind.Allocates), out var name) ? name : null)
            .Where(name => name is not null).Distinct().ToArray();
        if (known.Length > 1)
        {
            Problem(file, pair.Line, $"the members of this pair already belong to the families '{known[0]}' and '{known[1]}'");
            return;
        }

        var family = known.Length == 1 && !pair.IsNamed ? known[0]! : pair.Declaration.Name;
        if (known.Length == 0 || pair.IsNamed)
        {
            Declare(file, pair.Declaration with { Line = pair.Line });
        }

        foreach (var statement in pair.Allocations.Concat(pair.Releases))
        {
            Add(file, statement with { Family = family });
        }
    }

    private void Add(LifetimeFile file, Statement statement)
    {
        if (statement.Family is { } family && statement.When is null)
        {
            // A member may release a block of one family and give one of another, so the two directions are apart.
            var key = (statement.Member.Text, statement.Kind == StatementKind.Allocates);
            if (_familyOfMember.TryGetValue(key, out var other) && other != family)
            {
                Problem(file, statement.Line, $"'{statement.Member.Text}' already belongs to the family '{other}'");
                return;
            }

            _familyOfMember[key] = family;
        }

        Statements.Add(statement);
    }

    private void Declare(LifetimeFile file, FamilyDeclaration family)
    {
        if (_declarations.TryGetValue(family.Name, out var known))
        {
            if (known.Lifetime != family.Lifetime)
            {
                Problem(file, family.Line, $"the family '{family.Name}' is already declared with the lifetime '{known.Lifetime.ToString().ToLowerInvariant()}'");
            }

            return;
        }

        _declarations.Add(family.Name, family);
    }

    private void Problem(LifetimeFile file, int line, string message) => Problems.Add((file, new FileProblem(line, 0, int.MaxValue, message)));

    private Family Complete(FamilyDeclaration declaration, Statement? release)
    {
        var member = release?.Member;
        var symbol = member is null || compilation is null ? null : MemberBinding.FirstMethod(compilation, member);
        var target = release is null ? ParameterReference.Missing : DefaultTarget(release, symbol);
        var throughItself = declaration.ReleasedByDispose || (target == ParameterReference.ReceiverOrdinal && !declaration.IsOfReceiver);
        var perInstance = declaration.PerInstance
            ?? (declaration.Lifetime == Lifetime.Pool && !throughItself && symbol is { IsStatic: false });
        var text = declaration.ReleaseText ?? member?.DisplayName ?? (declaration.ReleasedByDispose ? "Dispose" : "the release of '" + declaration.Name + "'");
        return new Family(declaration.Name, declaration.Lifetime, text)
        {
            PerInstance = perInstance,
            IsPointer = declaration.IsPointer || member is { Kind: 'I' },
            ReleasedThroughItself = throughItself,
            ReleasedByDispose = declaration.ReleasedByDispose,
            DiscardIsDeliberate = declaration.DiscardIsDeliberate,
            MayStayUnreleased = declaration.MayStayUnreleased,
            FailsByThrowing = declaration.FailsByThrowing,
            IsOfReceiver = declaration.IsOfReceiver,
            IsCounted = declaration.IsCounted,
            ReleaseTemplate = declaration.IsOfReceiver ? "{1}." + member?.Name + "()" : Template(member, throughItself, perInstance, target, symbol),
        };
    }

    private static int DefaultTarget(Statement release, IMethodSymbol? symbol)
    {
        if (release.Parameters.Length > 0)
        {
            // The built-in files are read without a compilation: a release parameter that has a name there is the first.
            var parameter = release.Parameters[0];
            return symbol is not null ? parameter.In(symbol) : parameter.Name is null ? parameter.Ordinal : 0;
        }

        return symbol is { IsStatic: false, Parameters.Length: 0 } ? ParameterReference.ReceiverOrdinal : 0;
    }

    private static string? Template(MemberPattern? member, bool throughItself, bool perInstance, int target, IMethodSymbol? symbol)
    {
        if (throughItself)
        {
            return member is null ? "{0}.Dispose()" : "{0}." + member.Name + "()";
        }

        if (member is null or { Kind: not 'M' } || target != 0 || (symbol is not null && symbol.Parameters.Skip(1).Any(p => !p.IsOptional)))
        {
            return null;
        }

        if (perInstance)
        {
            return "{1}." + member.Name + "({0})";
        }

        return symbol is { IsStatic: false } || member.TypeName.IndexOf('`') >= 0 ? null : "global::" + member.TypeName + "." + member.Name + "({0})";
    }
}
