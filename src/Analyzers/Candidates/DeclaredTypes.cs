using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Candidates;

/// <summary>One declaration of a type, as its syntax tells.</summary>
/// <param name="Name">The simple name.</param>
/// <param name="Bases">The simple names of base types.</param>
/// <param name="Carries">It has a field of a type that always can carry a block.</param>
/// <param name="FieldTypes">The names of the other types of its fields.</param>
/// <param name="Views">The names of its members that give out a pointer or view.</param>
/// <param name="Makers">Its methods that give something else, with a type that has to carry a block for it to be one, and its views without one.</param>
/// <param name="IsValue">It is a struct: there is one wherever a variable of the type is declared.</param>
/// <param name="Disguises">The names of fields and properties that are not of a type of the same name.</param>
/// <param name="CanBeReleased">Who has an object of the type can do something to release what it owns: a method whose name says so, a pointer or view that is open to all.</param>
internal sealed record DeclaredType(string Name, IReadOnlyList<string> Bases, bool Carries, IReadOnlyList<string> FieldTypes, IReadOnlyList<string> Views, IReadOnlyList<(MemberDeclarationSyntax Member, string Name, string? Type)> Makers, bool IsValue, IReadOnlyList<string> Disguises, bool CanBeReleased)
{
    /// <summary>Whether two declarations tell the same.</summary>
    public bool IsLike(DeclaredType other) =>
        Name == other.Name && Carries == other.Carries && IsValue == other.IsValue && CanBeReleased == other.CanBeReleased && Bases.SequenceEqual(other.Bases) && Disguises.SequenceEqual(other.Disguises) && FieldTypes.SequenceEqual(other.FieldTypes) && Views.SequenceEqual(other.Views) &&
        Makers.Count == other.Makers.Count && Makers.Zip(other.Makers, IsLike).All(static alike => alike);

    private static bool IsLike((MemberDeclarationSyntax Member, string Name, string? Type) one, (MemberDeclarationSyntax Member, string Name, string? Type) other) =>
        one.Name == other.Name && one.Type == other.Type && (one.Member.IsIncrementallyIdenticalTo(other.Member) || MemberSketch.Of(one.Member).GivesWhatItHas == MemberSketch.Of(other.Member).GivesWhatItHas);
}

/// <summary>The types that the source declares: which can carry a block in a field, and which derive from which. By names alone. Thread-safe once it is made.</summary>
internal sealed class DeclaredTypes
{
    private static readonly ConditionalWeakTable<SyntaxTree, TypesOfTree> Known = new();
    private readonly HashSet<string> _carrying = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<MemberDeclarationSyntax>> _makers = new(StringComparer.Ordinal);

    // asked by many threads once the names are complete
    private readonly ConcurrentDictionary<string, bool> _passing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HashSet<string>> _withBases = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _releasable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DeclaredType>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _derived = new(StringComparer.Ordinal);
    private readonly HashSet<string> _disguises = new(StringComparer.Ordinal);
    private readonly HashSet<string> _imports = new(StringComparer.Ordinal);

    public DeclaredTypes(IEnumerable<SyntaxTree> trees, CancellationToken cancellationToken)
    {
        var users = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var tree in trees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var declared = In(tree, cancellationToken);
            _imports.UnionWith(declared.Imports);
            foreach (var (alias, type) in declared.Aliases)
            {
                // static members of the type stand behind the alias too
                Add(_derived, type, alias);
            }

            foreach (var type in declared.Types)
            {
                Add(_byName, type.Name, type);
                _disguises.UnionWith(type.Disguises);
                foreach (var name in type.Bases)
                {
                    Add(_derived, name, type.Name);
                    Add(users, type.Name, name);
                }

                foreach (var name in type.FieldTypes.Concat(type.Bases))
                {
                    Add(users, name, type.Name);
                }
            }
        }

        var pending = new Stack<string>(_byName.Where(type => type.Value.Any(declaration => declaration.Carries)).Select(type => type.Key));
        while (pending.Count > 0)
        {
            var name = pending.Pop();
            if (_byName.ContainsKey(name) && _carrying.Add(name) && users.TryGetValue(name, out var more))
            {
                foreach (var user in more)
                {
                    pending.Push(user);
                }
            }
        }

        foreach (var type in _byName.Values.SelectMany(declarations => declarations))
        {
            foreach (var (member, name, result) in type.Makers)
            {
                if (result is null || _carrying.Contains(result))
                {
                    Add(_makers, name, member);
                }
            }
        }
    }

    /// <summary>Whether two versions of a tree declare the same types, as far as this class can tell.</summary>
    public static bool AreAlike(SyntaxTree one, SyntaxTree other, CancellationToken cancellationToken)
    {
        var (before, after) = (In(one, cancellationToken), In(other, cancellationToken));
        return before.Types.Count == after.Types.Count && before.Types.Zip(after.Types, static (type, same) => type.IsLike(same)).All(static alike => alike) &&
            before.Imports.SequenceEqual(after.Imports) && before.Aliases.SequenceEqual(after.Aliases);
    }

    /// <summary>Whether a value of <paramref name="type"/> can be or have a block.</summary>
    public bool CanCarry(TypeSyntax? type)
    {
        var names = new List<string>();
        return TypeShapes.Carries(type, names) || names.Any(_carrying.Contains);
    }

    /// <summary>Whether the source declares a type of that name that has a field for a block.</summary>
    public bool CanCarry(string type) => _carrying.Contains(type);

    /// <summary>Whether the source declares a struct of that name.</summary>
    public bool IsValue(string type) => _byName.TryGetValue(type, out var declarations) && declarations.Exists(static declaration => declaration.IsValue);

    /// <summary>Whether a name can only be that of a type, or of a value of a type of the same name.</summary>
    public bool IsTypeAlone(string name) => ((name.Length > 0 && char.IsUpper(name[0]) && _byName.ContainsKey(name)) || IsOfFramework(name)) && !_disguises.Contains(name);

    /// <summary>Whether static members of a type of that name are called without it somewhere.</summary>
    public bool IsImported(string type) => _imports.Contains(type);

    /// <summary>Whether an object of a type of that name can keep a block, wherever it is declared.</summary>
    public bool CanCarryNamed(string type) => _carrying.Contains(type) || TypeShapes.IsCarryingName(type);

    /// <summary>Whether the source declares a method or property of that name whose value can be, view or keep what it is called on or handed.</summary>
    public bool PassesOn(string member)
    {
        if (!_passing.TryGetValue(member, out var passes))
        {
            passes = _makers.TryGetValue(member, out var makers) && makers.Exists(maker => MemberSketch.Of(maker).GivesWhatItHas);
            _passing.TryAdd(member, passes);
        }

        return passes;
    }

    /// <summary>Whether somebody who has an object of a type of that name may have to release what it owns.</summary>
    public bool CanBeReleased(string type) => _releasable.GetOrAdd(type, FindRelease);

    private bool FindRelease(string type)
    {
        var pending = new Stack<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        pending.Push(type);
        while (pending.Count > 0)
        {
            var name = pending.Pop();
            if (!seen.Add(name))
            {
                continue;
            }

            if (!_byName.TryGetValue(name, out var declarations))
            {
                // an interface of a library has to be implemented here to count
                if (name.Length < 2 || name[0] != 'I' || !char.IsUpper(name[1]))
                {
                    return true;
                }

                continue;
            }

            if (declarations.Exists(declaration => declaration.CanBeReleased))
            {
                return true;
            }

            foreach (var declared in declarations.SelectMany(declaration => declaration.Bases).Concat(DerivedFrom(name)))
            {
                pending.Push(declared);
            }
        }

        return false;
    }

    /// <summary>The names of the types that derive from <paramref name="type"/> directly.</summary>
    public IReadOnlyList<string> DerivedFrom(string type) => _derived.TryGetValue(type, out var derived) ? derived : [];

    /// <summary>The type itself and all types that derive from it, by their names.</summary>
    public IEnumerable<string> WithDerived(string type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { type };
        var pending = new Stack<string>();
        pending.Push(type);
        while (pending.Count > 0)
        {
            var name = pending.Pop();
            yield return name;
            foreach (var derived in DerivedFrom(name))
            {
                if (seen.Add(derived))
                {
                    pending.Push(derived);
                }
            }
        }
    }

    /// <summary>The type itself and all types that it derives from, by their names.</summary>
    public HashSet<string> WithBases(string type) => _withBases.GetOrAdd(type, FindBases);

    private HashSet<string> FindBases(string type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { type };
        var pending = new Stack<string>();
        pending.Push(type);
        while (pending.Count > 0)
        {
            if (!_byName.TryGetValue(pending.Pop(), out var declarations))
            {
                continue;
            }

            foreach (var name in declarations.SelectMany(static declaration => declaration.Bases))
            {
                if (seen.Add(name))
                {
                    pending.Push(name);
                }
            }
        }

        return seen;
    }

    /// <summary>The names of the members of <paramref name="type"/> that give out a pointer or view.</summary>
    public IEnumerable<string> ViewsOf(string type) => _byName.TryGetValue(type, out var declarations) ? declarations.SelectMany(declaration => declaration.Views) : [];

    private static TypesOfTree In(SyntaxTree tree, CancellationToken cancellationToken) =>
        Known.TryGetValue(tree, out var known) ? known : Known.GetValue(tree, _ => Read(tree.GetRoot(cancellationToken)));

    private static TypesOfTree Read(SyntaxNode root)
    {
        var tree = new TypesOfTree([], [], []);
        var pending = new Stack<SyntaxNode>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            var node = pending.Pop();
            if (node is TypeDeclarationSyntax type)
            {
                tree.Types.Add(Read(type));
            }

            var (members, usings) = node switch
            {
                CompilationUnitSyntax unit => (unit.Members, unit.Usings),
                BaseNamespaceDeclarationSyntax space => (space.Members, space.Usings),
                TypeDeclarationSyntax declaration => (declaration.Members, default),
                _ => default,
            };
            foreach (var directive in usings)
            {
                if (TypeShapes.NameOf(directive.Name) is not { } name)
                {
                    continue;
                }

                if (directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword))
                {
                    tree.Imports.Add(name);
                }
                else if (directive.Alias is { } alias)
                {
                    tree.Aliases.Add((alias.Name.Identifier.ValueText, name));
                }
            }

            foreach (var member in members)
            {
                if (member is BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
                {
                    pending.Push(member);
                }
            }
        }

        return tree;
    }

    private static DeclaredType Read(TypeDeclarationSyntax type)
    {
        var carries = false;
        var fieldTypes = new List<string>();
        var views = new List<string>();
        var makers = new List<(MemberDeclarationSyntax, string, string?)>();
        var canBeReleased = false;
        var named = new List<string>();
        var disguises = new List<string>();
        foreach (var member in type.Members)
        {
            switch (member)
            {
                case FieldDeclarationSyntax field when !field.Modifiers.Any(SyntaxKind.ConstKeyword):
                    var isCarrier = TypeShapes.Carries(field.Declaration.Type, fieldTypes);
                    carries |= isCarrier;
                    canBeReleased |= isCarrier && IsOpen(field);
                    foreach (var variable in field.Declaration.Variables)
                    {
                        AddDisguise(variable.Identifier.ValueText, field.Declaration.Type);
                    }

                    break;
                case PropertyDeclarationSyntax property:
                    AddDisguise(property.Identifier.ValueText, property.Type);
                    if (TypeShapes.Carries(property.Type, fieldTypes))
                    {
                        carries = true;
                        views.Add(property.Identifier.ValueText);
                        makers.Add((property, property.Identifier.ValueText, null));
                        canBeReleased |= IsOpen(property) && property.Type is not ArrayTypeSyntax;
                    }

                    break;
                case MethodDeclarationSyntax method:
                    // a SafeHandle keeps its handle in a field of the library's
                    carries |= method.Identifier.ValueText == "ReleaseHandle";
                    named.Clear();
                    if (TypeShapes.Carries(method.ReturnType, named))
                    {
                        views.Add(method.Identifier.ValueText);
                        makers.Add((method, method.Identifier.ValueText, null));
                    }
                    else
                    {
                        makers.AddRange(named.Select(result => ((MemberDeclarationSyntax)method, method.Identifier.ValueText, (string?)result)));
                    }

                    canBeReleased |= IsNamedForRelease(method.Identifier.ValueText);
                    break;
            }
        }

        // the oldest compiler that is served knows parameters of records only
        foreach (var parameter in type.ChildNodes().OfType<ParameterListSyntax>().SelectMany(list => list.Parameters))
        {
            var isCarrier = TypeShapes.Carries(parameter.Type, fieldTypes);
            carries |= isCarrier;
            canBeReleased |= isCarrier && type is RecordDeclarationSyntax;
            AddDisguise(parameter.Identifier.ValueText, parameter.Type);
        }

        var bases = type.BaseList?.Types.Select(declared => TypeShapes.NameOf(declared.Type)).OfType<string>().ToList() ?? [];
        return new DeclaredType(type.Identifier.ValueText, bases, carries, fieldTypes, views, makers, type.IsKind(SyntaxKind.StructDeclaration) || type.IsKind(SyntaxKind.RecordStructDeclaration), disguises, canBeReleased);

        void AddDisguise(string name, TypeSyntax? declared)
        {
            // types begin with a capital letter
            if (name.Length > 0 && char.IsUpper(name[0]) && TypeShapes.NameOf(declared) != name)
            {
                disguises.Add(name);
            }
        }
    }

    /// <summary>Types of the framework whose members are often called, by names that members of the source have too.</summary>
    private static bool IsOfFramework(string name) =>
        name is "string" or "byte" or "sbyte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" or "float" or "double" or "decimal" or "bool" or "char" or "String" or "Int32" or "Int64" or "Enum"
            or "Guid" or "DateTime" or "DateTimeOffset" or "TimeSpan" or "DateOnly" or "TimeOnly" or "Version" or "Uri" or "Type" or "Convert" or "BitConverter" or "Math" or "MathF" or "Encoding" or "Environment"
            or "Console" or "Debug" or "Trace" or "Volatile" or "Interlocked" or "Thread" or "Monitor" or "Task" or "ValueTask" or "File" or "Directory" or "Path" or "IPAddress" or "Assembly" or "Activator"
            or "Enumerable" or "Regex" or "Stopwatch" or "Process" or "Unsafe" or "BinaryPrimitives" or "Utf8Parser" or "JsonSerializer" or "CultureInfo" or "Assert" or "Is" or "Has";

    private static bool IsOpen(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.PublicKeyword) || member.Modifiers.Any(SyntaxKind.InternalKeyword);

    private static bool IsNamedForRelease(string name) =>
        name.StartsWith("Dispose", StringComparison.Ordinal) || name.StartsWith("Close", StringComparison.Ordinal) || name.StartsWith("Free", StringComparison.Ordinal) ||
        name.StartsWith("Release", StringComparison.Ordinal) || name.StartsWith("Destroy", StringComparison.Ordinal) || name.StartsWith("Return", StringComparison.Ordinal);

    private static void Add<T>(Dictionary<string, List<T>> lists, string key, T item)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = new List<T>());
        }

        list.Add(item);
    }

    /// <summary>What one tree declares.</summary>
    /// <param name="Types">The types.</param>
    /// <param name="Imports">The types whose static members it uses without their name.</param>
    /// <param name="Aliases">Other names that it gives types.</param>
    private sealed record TypesOfTree(List<DeclaredType> Types, List<string> Imports, List<(string Alias, string Type)> Aliases);
}
