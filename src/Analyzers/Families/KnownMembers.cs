using System.Collections.Concurrent;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Families;

/// <summary>
/// What is known of members without looking at their bodies: the built-in table, the <c>*.lifetime.txt</c> files, the
/// ownership attributes. One per compilation; thread-safe.
/// </summary>
internal sealed class KnownMembers
{
    private readonly Compilation _compilation;
    private readonly FamilyTable _table;
    private readonly Lazy<bool> _hasAttributes;
    private readonly Lazy<InterestingNames> _interestingNames;
    private readonly Lazy<OwnerTypes> _owners;
    private readonly ConcurrentDictionary<IMethodSymbol, MemberContract?> _contracts = new(SymbolEqualityComparer.Default);
    private readonly Lazy<AttributedMembers> _attributed;
    private readonly ImportPairs _pairs;
    private readonly Lazy<IReadOnlyList<UsePair>> _used;

    private KnownMembers(Compilation compilation, FamilyTable table, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        _table = table;
        _hasAttributes = new(() => ContractAttributes.AreDeclaredIn(compilation));
        _attributed = new(() => AttributedMembers.Create(compilation, cancellationToken), LazyThreadSafetyMode.PublicationOnly);
        _interestingNames = new(() => FindInterestingNames(cancellationToken), LazyThreadSafetyMode.PublicationOnly);
        _used = new(() => UsePairs.In(compilation, cancellationToken), LazyThreadSafetyMode.PublicationOnly);
        _pairs = new(compilation, table.PairNames, method => Taught(method) is { IsEmpty: false, SaysNothingButThrows: false }, () => _used.Value, cancellationToken);
        _owners = new(() => OwnerTypes.Create(compilation, table), LazyThreadSafetyMode.PublicationOnly);
        Native = new NativeArguments(compilation, () => InterestingNames, cancellationToken);
    }

    /// <summary>What the source does with what it has handed to imported functions.</summary>
    public NativeArguments Native { get; }

    /// <summary>
    /// The simple names of all members that allocate or release, so that a body which mentions none of them is passed by
    /// without being bound. Includes the names in the source's own attributes and in the text files. <c>Dispose</c> is not
    /// among them: what it releases was allocated under another name.
    /// </summary>
    public InterestingNames InterestingNames => _interestingNames.Value;

    /// <summary>The families and statements of the built-in files and of the compilation's own.</summary>
    public FamilyTable Table => _table;

    /// <summary>Reads the tables for <paramref name="compilation"/>.</summary>
    public static KnownMembers Create(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken) =>
        new(compilation, LifetimeFiles.TableFor(compilation, options, cancellationToken), cancellationToken);

    /// <summary>
    /// What is known of <paramref name="method"/>; null when nothing is. Ordinals are those of the method as it is declared:
    /// an extension method's first parameter is 0, however it is called. Overrides and implementations inherit.
    /// </summary>
    public MemberContract? ContractOf(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return _contracts.TryGetValue(definition, out var known) ? known : _contracts.GetOrAdd(definition, Read(definition));
    }

    /// <summary>What is known of one call, by the constants among its arguments and by its receiver's type; null when nothing is.</summary>
    public MemberContract? ContractOf(IInvocationOperation call)
    {
        if (ContractOf(call.TargetMethod) is { } contract)
        {
            return contract.ForArguments(call.Arguments);
        }

        if (!IsDisposal(call.TargetMethod) || call.Instance?.Type is not { } type)
        {
            return null;
        }

        // a type of the project that implements the library's interface says itself what its Dispose releases
        var family = call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || call.TargetMethod.IsAbstract ? FamilyOfOwnerType(type) : _owners.Value.FamilyOfClass(type);
        return family is null ? null : Disposal(family);
    }

    /// <summary>What is known of one construction; null when nothing is.</summary>
    public MemberContract? ContractOf(IObjectCreationOperation creation) =>
        creation.Constructor is { } constructor ? ContractOf(constructor)?.ForArguments(creation.Arguments) : null;

    /// <summary>Whether values of <paramref name="type"/> are released by calling <c>Dispose</c> on them (<c>IMemoryOwner</c>, <c>MemoryHandle</c>), and as which family.</summary>
    public Family? FamilyOfOwnerType(ITypeSymbol type) => _owners.Value.FamilyOf(type);

    /// <summary>Whether <paramref name="method"/> is a <c>Dispose()</c> or <c>DisposeAsync()</c>: it releases a block whose family is <see cref="Family.ReleasedByDispose"/>.</summary>
    public static bool IsDisposal(IMethodSymbol method) =>
        method is { IsStatic: false, Parameters.Length: 0 } && MemberNames.Disposals.Contains(method.Name);

    /// <summary>Whether <paramref name="method"/> stands for a function of a native library, which throws no exception.</summary>
    public static bool IsImport(IMethodSymbol method) => ImportedFunction.Of(method) is { MayThrow: false };

    /// <summary>
    /// Whether <paramref name="method"/>, of which neither a body nor a contract is known, may by its name take over or
    /// release what it is handed, so that a report would be a guess.
    /// </summary>
    public bool MayTakeOver(IMethodSymbol method) => method.Name.Length > 0 && TakeOverNames.Fits(method, _table.TakeOverNames);

    /// <summary>Whether a word of the name of a variable, field or delegate type hints at a hand-over or release.</summary>
    public bool HintsAtHandOver(string name) => TakeOverNames.HintsOf(name, _table.TakeOverNames).Any();

    /// <summary>Whether the name of the native function hints at a hand-over by nothing else than <paramref name="words"/>.</summary>
    public bool HintsOnlyBy(IMethodSymbol method, IReadOnlyCollection<string> words) => TakeOverNames.HintsOf(method.Name, _table.TakeOverNames).All(words.Contains);

    /// <summary>What the compilation's own <c>*.lifetime.txt</c> files say of every call of <paramref name="method"/>, or of what it overrides or implements.</summary>
    public IReadOnlyList<Statement> StatementsOfOwnFiles(IMethodSymbol method)
    {
        if (ReferenceEquals(_table, BuiltInFiles.Table))
        {
            return [];
        }

        var definition = method.OriginalDefinition;
        var name = MemberBinding.SimpleName(definition);
        var found = new List<Statement>(OwnStatements(definition, name));
        if (!definition.IsStatic && definition.MethodKind != MethodKind.Constructor)
        {
            found.AddRange(Inherited(definition, ShortName(name)).SelectMany(declaration => OwnStatements(declaration, MemberBinding.SimpleName(declaration))));
        }

        return found;
    }

    private IEnumerable<Statement> OwnStatements(IMethodSymbol method, string simpleName) =>
        method.ContainingType is not { } type ? []
            : _table.ByType(type.MetadataName).Concat(_table.ByName(simpleName)).Where(statement =>
                statement is { When: null, DerivedTypes: false } && statement.Member.Kind != 'T' && !IsBuiltIn(statement) &&
                statement.Member.Matches(method, simpleName, MemberBinding.TypeName(type)));

    /// <summary>Who owns what is stored in <paramref name="field"/>, by its attributes: <see cref="Handover.Takes"/>, <see cref="Handover.Holds"/>, <see cref="Handover.Borrows"/> or unknown.</summary>
    public Handover OwnershipOf(IFieldSymbol field) => _hasAttributes.Value ? ContractAttributes.OwnershipOf(field) : Handover.Unknown;

    private static MemberContract Disposal(Family family) =>
        new() { Family = family, ReceiverHandover = Handover.Releases, Throws = false, Source = family.Name };

    private MemberContract? Read(IMethodSymbol method)
    {
        var builder = Taught(method);
        if (builder.SaysNothingButThrows && ImportedFunction.Of(method) is not null)
        {
            _pairs.Read(method, builder);
        }

        if (builder.LeavesSuccessOpen && ImportedFunction.Of(method) is not null)
        {
            builder.AddSuccess(_pairs.SuccessOf(method));
        }

        if (!builder.IsEmpty && builder.SaysNothingOfArguments && MayTakeOver(method))
        {
            builder.HandOverByValue(Handover.Holds);
        }

        return builder.Build();
    }

    /// <summary>What tables, files and attributes say of <paramref name="method"/>.</summary>
    private ContractBuilder Taught(IMethodSymbol method)
    {
        var builder = new ContractBuilder(method);
        var simpleName = MemberBinding.SimpleName(method);
        ReadImport(method, builder);
        ReadTable(method, simpleName, builder);
        IReadOnlyList<IMethodSymbol> inherited = method.IsStatic || method.MethodKind == MethodKind.Constructor ? [] : [.. Inherited(method, ShortName(simpleName))];
        if (!HasBodyToRead(method) || PromisesMore(inherited, method))
        {
            foreach (var declaration in inherited)
            {
                ReadTable(declaration, MemberBinding.SimpleName(declaration), builder);
            }
        }

        // What the files say of a member counts more than its own attributes: it is said by who uses it.
        var familyIsKnown = builder.HasFamily;
        foreach (var declaration in inherited)
        {
            ReadAttributes(declaration, familyIsKnown, builder);
        }

        ReadAttributes(method, familyIsKnown, builder);
        return builder;
    }

    /// <summary>Whether what the tables say of the members that a method overrides is more than that they borrow: an override with a body may do anything else.</summary>
    private bool PromisesMore(IReadOnlyList<IMethodSymbol> inherited, IMethodSymbol method)
    {
        var builder = new ContractBuilder(method);
        foreach (var declaration in inherited)
        {
            ReadTable(declaration, MemberBinding.SimpleName(declaration), builder);
        }

        return builder.Build() is { } contract &&
            (contract.GivesOrReleases || contract.NeverReturns || contract.ParameterHandovers.Any(static handover => handover is Handover.Takes or Handover.Holds));
    }

    private static bool HasBodyToRead(IMethodSymbol method) => !method.DeclaringSyntaxReferences.IsEmpty && !method.IsAbstract && !method.IsExtern;

    private void ReadTable(IMethodSymbol method, string simpleName, ContractBuilder builder)
    {
        if (method.ContainingType is not { } type)
        {
            return;
        }

        var byType = _table.ByType(type.MetadataName);
        var byName = _table.ByName(simpleName);
        if (byType.Count == 0 && byName.Count == 0)
        {
            return;
        }

        var typeName = MemberBinding.TypeName(type);
        foreach (var statement in byType.Concat(byName))
        {
            if (statement.DerivedTypes ? IsMetadataOverloadInDerivedType(statement.Member, method, type) : statement.Member.Matches(method, simpleName, typeName))
            {
                builder.Add(statement, statement.Family is { } family ? _table.FamilyNamed(family) : null);
            }
        }
    }

    /// <summary>A wrapper's constructor that comes without source; one with source is judged by its body.</summary>
    private static bool IsMetadataOverloadInDerivedType(MemberPattern member, IMethodSymbol method, INamedTypeSymbol type)
    {
        if (!method.DeclaringSyntaxReferences.IsEmpty || type.BaseType is null)
        {
            return false;
        }

        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (MemberBinding.TypeName(ancestor.OriginalDefinition) != member.TypeName)
            {
                continue;
            }

            var parenthesis = member.Text.IndexOf('(');
            var id = parenthesis < 0 ? null : method.GetDocumentationCommentId();
            return id is null || (id.IndexOf('(') is var at and >= 0 ? string.CompareOrdinal(id, at, member.Text, parenthesis, int.MaxValue) == 0 : member.Text.EndsWith("()", StringComparison.Ordinal));
        }

        return false;
    }

    private void ReadImport(IMethodSymbol method, ContractBuilder builder)
    {
        if (!method.IsStatic || ImportedFunction.Of(method) is not { } import)
        {
            return;
        }

        bool? saysItself = null;
        foreach (var statement in _table.ByImport(import.EntryPoint))
        {
            if (IsBuiltIn(statement) && (saysItself ??= SaysItself(method)))
            {
                // what another library means by the name is nothing against what stands there
                continue;
            }

            if ((statement.Member.Library is null || statement.Member.Library == import.Library) && !(statement.Kind == StatementKind.Allocates && GivesOwningHandle(statement, method)))
            {
                builder.Add(statement, statement.Family is { } family ? _table.FamilyNamed(family) : null);
            }
        }

        if (!builder.IsEmpty || import.MayThrow)
        {
            builder.AddThrows(import.MayThrow);
        }
    }

    /// <summary>The import has attributes of its own about what it allocates or releases.</summary>
    private bool SaysItself(IMethodSymbol method)
    {
        if (!_hasAttributes.Value)
        {
            return false;
        }

        var own = new ContractBuilder(method);
        ContractAttributes.Read(method.PartialDefinitionPart ?? method, own, FamilyNamed, OwnedFamily);
        return own.HasFamily;
    }

    private static bool IsBuiltIn(Statement statement) => BuiltInFiles.All.Any(file => statement.Source.StartsWith(file.Name + "(", StringComparison.Ordinal));

    /// <summary>What the function gives has been declared as a handle that looks after itself.</summary>
    private static bool GivesOwningHandle(Statement statement, IMethodSymbol method) =>
        OwningHandles.IsOwningHandle(method.ReturnType) ||
        (!statement.Parameters.IsEmpty && statement.Parameters[0].In(method) is var place and >= 0 && place < method.Parameters.Length && OwningHandles.IsOwningHandle(method.Parameters[place].Type));

    private void ReadAttributes(IMethodSymbol method, bool familyIsKnown, ContractBuilder builder)
    {
        if (ContractAttributes.NeverReturns(method))
        {
            builder.AddNeverReturns();
        }

        if (!_hasAttributes.Value || familyIsKnown)
        {
            return;
        }

        ContractAttributes.Read(method.PartialDefinitionPart ?? method, builder, FamilyNamed, OwnedFamily);
        if (method.PartialImplementationPart is { } implementation)
        {
            ContractAttributes.Read(implementation, builder, FamilyNamed, OwnedFamily);
        }
    }

    private IEnumerable<IMethodSymbol> Inherited(IMethodSymbol method, string shortName)
    {
        foreach (var declaration in method.ExplicitInterfaceImplementations)
        {
            yield return declaration.OriginalDefinition;
        }

        if ((_table.KnowsName(shortName) || _hasAttributes.Value)
            && method.ContainingType is { TypeKind: TypeKind.Class or TypeKind.Struct } type && method.DeclaredAccessibility == Accessibility.Public)
        {
            foreach (var declared in type.AllInterfaces)
            {
                foreach (var member in declared.GetMembers().OfType<IMethodSymbol>())
                {
                    if (MemberBinding.SimpleName(member) == shortName
                        && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method))
                    {
                        yield return member.OriginalDefinition;
                    }
                }
            }
        }

        var chain = new Stack<IMethodSymbol>();
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            chain.Push(overridden.OriginalDefinition);
        }

        while (chain.Count > 0)
        {
            yield return chain.Pop();
        }
    }

    /// <summary>The name without the interface that an explicit implementation has in front.</summary>
    private static string ShortName(string name) => name.Substring(name.LastIndexOf('.') + 1);

    private Family FamilyNamed(string name) => _table.FamilyNamed(name) ?? _attributed.Value.FamilyNamed(name);

    private Family OwnedFamily(ITypeSymbol type) => FamilyOfOwnerType(type) ?? OwnerTypes.Unspecified(type);

    private InterestingNames FindInterestingNames(CancellationToken cancellationToken)
    {
        var names = new InterestingNames();
        _table.AddInterestingNames(_compilation, names);
        foreach (var tree in _compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var import in NamesInSource.Of(tree, cancellationToken).Imports)
            {
                foreach (var statement in _table.ByImport(import.EntryPoint))
                {
                    names.Add(import.Name, statement.Kind);
                }
            }
        }

        PairCandidates.Add(_compilation, _table.PairNames, _used.Value, names, cancellationToken);

        if (_hasAttributes.Value)
        {
            foreach (var name in _attributed.Value.Names)
            {
                names.Add(name, StatementKind.Reallocates);
            }
        }

        return names;
    }

    /// <summary>The library's class of handles that look after themselves which a type is, or derives from; null for another type.</summary>
    public static ITypeSymbol? HandleType(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "SafeHandle" or "CriticalHandle", ContainingNamespace: { Name: "InteropServices" } } && current.DeclaringSyntaxReferences.IsEmpty)
            {
                return current;
            }
        }

        return null;
    }
}
