using System.Runtime.CompilerServices;
using LifetimeAnalyzers.Candidates;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Families;

/// <summary>What an imported function gives: its result, or what it leaves in an argument.</summary>
/// <param name="Function">Its position in the <see cref="ImportSet"/>.</param>
/// <param name="Place">The argument; negative for the result.</param>
internal readonly record struct GivenBy(int Function, int Place);

/// <summary>What an imported function is handed.</summary>
/// <param name="Function">Its position in the <see cref="ImportSet"/>.</param>
/// <param name="Place">The argument.</param>
internal readonly record struct HandedTo(int Function, int Place);

/// <summary>
/// What the members of one tree do with what imported functions give: by syntax alone, and kept with the tree, so that an
/// edit elsewhere costs nothing. Immutable once it is read.
/// </summary>
internal sealed class ImportUses
{
    private static readonly ConditionalWeakTable<SyntaxTree, ImportUses> s_known = new();

    private ImportUses(ImportSet set) => Set = set;

    /// <summary>The functions whose uses these are.</summary>
    public ImportSet Set { get; }

    /// <summary>A variable of one body gets what a function gives, and is handed to one that ends it by its name.</summary>
    public List<(GivenBy Given, HandedTo Ended)> Pairs { get; } = [];

    /// <summary>What a field of a type is handed to; the name is empty for a parameter of a member that releases by its name.</summary>
    public List<(string Type, string Field, HandedTo Ended)> Ended { get; } = [];

    /// <summary>Where the types lie that end what their fields hold: two of one name cannot be told apart.</summary>
    public HashSet<(string Type, string Path)> Paths { get; } = [];

    /// <summary>What a field of a type gets; the name is empty for what goes to the constructor of its base.</summary>
    public List<(string Type, string Field, GivenBy Given)> Filled { get; } = [];

    /// <summary>The field in which a constructor keeps a parameter; the name is empty for one that it hands to its base.</summary>
    public List<(string Type, int Parameter, string Field)> Kept { get; } = [];

    /// <summary>What a constructor is handed.</summary>
    public List<(string Type, int Parameter, GivenBy Given)> Handed { get; } = [];

    /// <summary>The parameter of a method with a body that it hands to a function which ends it by its name.</summary>
    public List<(string Method, int Parameter, HandedTo Ended)> Enders { get; } = [];

    /// <summary>What a method with a body is handed.</summary>
    public List<(string Method, int Parameter, GivenBy Given)> HandedOn { get; } = [];

    /// <summary>The bases of the types that have something to do with it.</summary>
    public List<(string Type, string Base)> Bases { get; } = [];

    /// <summary>Functions after whose call the variable goes on being used; by another function that ends it, or by anything else.</summary>
    public List<(int Function, bool IsEndedAgain)> Doubts { get; } = [];

    /// <summary>How often each function is called.</summary>
    public Dictionary<int, int> Calls { get; } = [];

    /// <summary>Whether the tree has nothing to do with any of the functions: so it is with most.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>The uses in a tree of the functions of <paramref name="set"/>.</summary>
    public static ImportUses In(SyntaxTree tree, ImportSet set, CancellationToken cancellationToken)
    {
        if (s_known.TryGetValue(tree, out var known) && known.Set == set)
        {
            return known;
        }

        var uses = new ImportUses(set);
        var calls = set.CallsIn(TreeWords.Of(tree, cancellationToken));
        if (calls.Count > 0)
        {
            uses.IsEmpty = false;
            new Reader(uses, tree, cancellationToken).Read(calls);
        }

        lock (s_known)
        {
            s_known.Remove(tree);
            s_known.Add(tree, uses);
        }

        return uses;
    }

    /// <summary>Reads one tree.</summary>
    private sealed class Reader(ImportUses uses, SyntaxTree tree, CancellationToken cancellationToken)
    {
        private readonly HashSet<string> _imported = new(StringComparer.Ordinal);
        private readonly HashSet<TypeDeclarationSyntax> _types = [];

        public void Read(List<int> calls)
        {
            foreach (var directive in tree.GetCompilationUnitRoot(cancellationToken).Usings)
            {
                if (directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword) && TypeShapes.NameOf(directive.Name) is { } name)
                {
                    _imported.Add(name);
                }
            }

            var members = TreeMembers.Of(tree, cancellationToken);
            SyntaxNode? last = null;
            foreach (var position in calls)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (last?.FullSpan.Contains(position) != true && members.Around(position) is { } member)
                {
                    last = member;
                    if (member is not MethodDeclarationSyntax { Body: null, ExpressionBody: null })
                    {
                        ReadMember(member);
                    }
                }
            }

            foreach (var type in _types)
            {
                ReadType(type);
            }
        }

        private void ReadMember(SyntaxNode member)
        {
            var body = new ImportUsesOfMember(uses, member, _imported);
            body.Read();
            if (body.ConcernsItsType && member.Parent is TypeDeclarationSyntax type)
            {
                _types.Add(type);
            }
        }

        /// <summary>The bases of a type, and what its constructors keep.</summary>
        private void ReadType(TypeDeclarationSyntax type)
        {
            var name = type.Identifier.ValueText;
            foreach (var declared in type.BaseList?.Types ?? default)
            {
                if (TypeShapes.NameOf(declared.Type) is { } known)
                {
                    uses.Bases.Add((name, known));
                }

                if (declared is PrimaryConstructorBaseTypeSyntax { ArgumentList: var arguments } && type.ChildNodes().OfType<ParameterListSyntax>().FirstOrDefault() is { } primary)
                {
                    AddForwarded(name, primary, arguments);
                }
            }

            if (type.ChildNodes().OfType<ParameterListSyntax>().FirstOrDefault() is { } parameters)
            {
                for (var i = 0; i < parameters.Parameters.Count; i++)
                {
                    // it is mentioned like a field
                    uses.Kept.Add((name, i, parameters.Parameters[i].Identifier.ValueText));
                    foreach (var field in type.Members.OfType<FieldDeclarationSyntax>().SelectMany(static field => field.Declaration.Variables).Where(variable => ImportUsesOfMember.NameOf(variable.Initializer?.Value) == parameters.Parameters[i].Identifier.ValueText))
                    {
                        uses.Kept.Add((name, i, field.Identifier.ValueText));
                    }
                }
            }

            foreach (var constructor in type.Members.OfType<ConstructorDeclarationSyntax>())
            {
                if (constructor.Initializer is { ArgumentList: { } arguments } initializer && initializer.ThisOrBaseKeyword.IsKind(SyntaxKind.BaseKeyword))
                {
                    AddForwarded(name, constructor.ParameterList, arguments);
                }

                foreach (var node in constructor.DescendantNodes())
                {
                    var (target, value) = node switch
                    {
                        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment => (ImportUsesOfMember.NameOf(assignment.Left), ImportUsesOfMember.NameOf(assignment.Right)),
                        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "SetHandle" }, ArgumentList.Arguments: { Count: 1 } set } => ("handle", ImportUsesOfMember.NameOf(set[0].Expression)),
                        _ => default,
                    };
                    if (target is not null && value is not null && IndexOf(constructor.ParameterList, value) is var index and >= 0)
                    {
                        uses.Kept.Add((name, index, target));
                    }
                }
            }
        }

        private void AddForwarded(string type, ParameterListSyntax parameters, ArgumentListSyntax arguments)
        {
            foreach (var argument in arguments.Arguments)
            {
                if (ImportUsesOfMember.NameOf(argument.Expression) is { } name && IndexOf(parameters, name) is var index and >= 0)
                {
                    uses.Kept.Add((type, index, ""));
                }
            }
        }

        private static int IndexOf(ParameterListSyntax parameters, string name)
        {
            for (var i = 0; i < parameters.Parameters.Count; i++)
            {
                if (parameters.Parameters[i].Identifier.ValueText == name)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
