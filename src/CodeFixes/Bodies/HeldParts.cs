using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A block that a part of a local holds: a member (<c>pair.Left = Alloc()</c>) or an element (<c>table[i] = Alloc()</c>).</summary>
internal sealed class HeldParts
{
    /// <summary>The kind of <c>[a, b]</c>, which the compiler that this is built with does not know.</summary>
    private const int CollectionExpression = 9076;

    private HeldParts(OwnedBlock block, ILocalSymbol holder, LocalDeclarationStatementSyntax declaration, StatementSyntax statement, string path, ITypeSymbol type, bool isAnyElement)
    {
        Block = block;
        Holder = holder;
        Declaration = declaration;
        Statement = statement;
        Path = path;
        Type = type;
        IsAnyElement = isAnyElement;
    }

    public OwnedBlock Block { get; }

    /// <summary>The local that has the part.</summary>
    public ILocalSymbol Holder { get; }

    /// <summary>Where it is declared.</summary>
    public LocalDeclarationStatementSyntax Declaration { get; }

    /// <summary>The statement after which the part holds the block; the declaration itself when the block is in its initializer.</summary>
    public StatementSyntax Statement { get; }

    /// <summary>The part as the code names it; the holder, when any of its elements may hold a block.</summary>
    public string Path { get; }

    /// <summary>The type of the part, or of what an element holds.</summary>
    public ITypeSymbol Type { get; }

    /// <summary>The member of an element that holds the block; empty when the element is the block.</summary>
    private string ElementPath { get; init; } = string.Empty;

    /// <summary>How many elements there are, of which no loop knows by itself.</summary>
    private string? Count { get; init; }

    /// <summary>All elements hold a block: a call gives the holder so.</summary>
    public bool IsFilled => Statement == Declaration && Block.IsWholeStatement;

    /// <summary>Which element holds the block is known only when it runs: all of them are to be released.</summary>
    public bool IsAnyElement { get; }

    public static HeldParts? Of(OwnedBlock block)
    {
        var site = block.Site;
        var value = PutIntoTable(block) ?? OwnedBlock.Dressed(block.Allocation);
        switch (value.Parent)
        {
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax statement, Left: var part } assignment when assignment.Right == value && part is ElementAccessExpressionSyntax or MemberAccessExpressionSyntax:
                if (Root(part) is not { } name || HolderOf(site, name) is not { } holder || site.Model.GetTypeInfo(part, site.CancellationToken).Type is not { } type)
                {
                    return null;
                }

                var isAny = part is ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } index } && !site.Model.GetConstantValue(index[0].Expression, site.CancellationToken).HasValue;
                if (isAny && part is not ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax } || !isAny && !IsFixedPath(site, part))
                {
                    return null;
                }

                if (holder.Local.Type is not IPointerTypeSymbol)
                {
                    return new HeldParts(block, holder.Local, holder.Declaration, statement, isAny ? AllOf(holder.Local) : part.ToString(), type, isAny);
                }

                return isAny && CountOnStack(site, holder.Declaration) is not { } ? null
                    : new HeldParts(block, holder.Local, holder.Declaration, statement, isAny ? holder.Local.Name : part.ToString(), type, isAny) { Count = isAny ? CountOnStack(site, holder.Declaration) : null };
            case ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax collection, Name.Identifier.ValueText: "Add" or "TryAdd" or "Enqueue" or "Push" or "AddLast" or "AddFirst" } } } when HolderOf(site, collection) is { } filled && ElementType(filled.Local.Type) is { } element:
                return new HeldParts(block, filled.Local, filled.Declaration, statement, AllOf(filled.Local), element, isAnyElement: true);
            case InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ArrayInitializerExpression or (int)SyntaxKind.CollectionInitializerExpression } list when Declared(site, list) is { } declared && ElementType(declared.Local.Type) is { } element:
                return list.Expressions.All(other => IsSuchBlock(block, other)) ? new HeldParts(block, declared.Local, declared.Declaration, declared.Declaration, declared.Local.Name, element, isAnyElement: true) : null;
            case { Parent: { RawKind: CollectionExpression } list } when Declared(site, list) is { } declared && ElementType(declared.Local.Type) is { } element && list.ChildNodes().All(other => other.ChildNodes().FirstOrDefault() is ExpressionSyntax one && IsSuchBlock(block, one)):
                return new HeldParts(block, declared.Local, declared.Declaration, declared.Declaration, declared.Local.Name, element, isAnyElement: true);
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax member, Parent: InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ObjectInitializerExpression } list } when Declared(site, list) is { } declared && site.Model.GetTypeInfo(member, site.CancellationToken).Type is { } held:
                return new HeldParts(block, declared.Local, declared.Declaration, declared.Declaration, declared.Local.Name + "." + member.Identifier.Text, held, isAnyElement: false);
            case ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax { Left: TupleExpressionSyntax targets, Parent: ExpressionStatementSyntax statement } together } values } one when together.Right == values && values.Arguments.IndexOf(one) is var place && place < targets.Arguments.Count
                && targets.Arguments[place].Expression is MemberAccessExpressionSyntax target && IsFixedPath(site, target) && Root(target) is { } root && HolderOf(site, root) is { } whole && site.Model.GetTypeInfo(target, site.CancellationToken).Type is { } given:
                return new HeldParts(block, whole.Local, whole.Declaration, statement, target.ToString(), given, isAnyElement: false);
            case ArgumentSyntax { Parent: TupleExpressionSyntax { Arguments: var parts } tuple } part when Declared(site, tuple) is { Local.Type: INamedTypeSymbol { IsTupleType: true, TupleElements: var elements } } declared && parts.IndexOf(part) is var at && at < elements.Length:
                return new HeldParts(block, declared.Local, declared.Declaration, declared.Declaration, declared.Local.Name + "." + elements[at].Name, elements[at].Type, isAnyElement: false);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } declarator } when value is InvocationExpressionSyntax && site.Model.GetDeclaredSymbol(declarator, site.CancellationToken) is ILocalSymbol { IsRef: false, IsUsing: false } given && ElementType(given.Type) is { } element && PartOf(element) is var (path, part):
                return new HeldParts(block, given, declaration, declaration, AllOf(given), part, isAnyElement: true) { ElementPath = path };
            case ExpressionStatementSyntax or IfStatementSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Parent: IfStatementSyntax } when block.Statement is { } statement && value is InvocationExpressionSyntax { ArgumentList.Arguments: var handed } && handed.Where(argument => IsTable(site, argument)).ToList() is { Count: 1 } tables && HolderOf(site, (IdentifierNameSyntax)tables[0].Expression) is { } table && ElementType(table.Local.Type) is { } element && PartOf(element) is var (path, part):
                return new HeldParts(block, table.Local, table.Declaration, statement, AllOf(table.Local), part, isAnyElement: true) { ElementPath = path };
            default:
                return null;
        }
    }

    /// <summary>The block has a name for no longer than it takes to put it into a table, in each turn of a loop: where that happens; null otherwise.</summary>
    private static ExpressionSyntax? PutIntoTable(OwnedBlock block)
    {
        foreach (var name in NamesInTurn(block))
        {
            var value = OwnedBlock.Dressed(name);
            if (value.Parent is AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax, Parent: ExpressionStatementSyntax } assignment && assignment.Right == value
                || value.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax, Name.Identifier.ValueText: "Add" or "Enqueue" or "Push" or "AddLast" or "AddFirst" } } })
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Where the turn of a loop that allocates the block names it.</summary>
    private static IEnumerable<IdentifierNameSyntax> NamesInTurn(OwnedBlock block)
    {
        if (block.Statement is not { Parent: BlockSyntax { Parent: WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax } turn } statement)
        {
            return [];
        }

        // if (Open(path, out var block)) all.Add(block);
        return statement is LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } && block.Owner is ILocalSymbol { IsRef: false, IsUsing: false }
            ? turn.Statements.Where(other => other.SpanStart > statement.Span.End).OfType<ExpressionStatementSyntax>().SelectMany(block.References)
            : HeldPath.Of(block.Site, block.Allocation) is { } held && held.Text == held.Root.Name ? block.In(held.Root).References(turn) : [];
    }

    /// <summary>An element that can be a block by itself: an address, a handle, or an object.</summary>
    private static bool IsBlock(ITypeSymbol type) => type is IPointerTypeSymbol or IArrayTypeSymbol or INamedTypeSymbol { TypeKind: TypeKind.Class } or { SpecialType: SpecialType.System_IntPtr } || ReleaseText.ClearsItself(type);

    /// <summary>The one member of a structure that can be a block, and its type; the element itself when it can.</summary>
    private static (string Path, ITypeSymbol Type)? PartOf(ITypeSymbol element)
    {
        if (IsBlock(element))
        {
            return (string.Empty, element);
        }

        var members = element is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } type && (type.IsTupleType || !type.DeclaringSyntaxReferences.IsEmpty)
            ? (type.IsTupleType ? type.TupleElements.Cast<ISymbol>() : type.GetMembers()).Where(member => member is IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false, DeclaredAccessibility: >= Accessibility.Internal } field && IsBlock(field.Type)).ToList() : [];
        return members.Count == 1 ? ("." + members[0].Name, ((IFieldSymbol)members[0]).Type) : null;
    }

    /// <summary>An array or a list that a call may fill.</summary>
    private static bool IsTable(FixSite site, ArgumentSyntax argument) =>
        argument is { RefKindKeyword.RawKind: 0, Expression: IdentifierNameSyntax name } && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { Type: var type } && ElementType(type) is not null;

    /// <summary>
    /// The elements are only looked at: none is kept elsewhere, and what they are handed to is code of libraries. An
    /// element that is found by its place is said to leave the body whenever nobody knows which one it is.
    /// </summary>
    /// <param name="before">What comes behind this does not count.</param>
    /// <param name="except">Nor does what is in here.</param>
    public bool IsOnlyLookedAt(int before = int.MaxValue, SyntaxNode? except = null) => References().All(name => name.SpanStart >= before || except?.Span.Contains(name.Span) == true || Block.Allocation.Span.Contains(name.Span) || name.Parent switch
    {
        ElementAccessExpressionSyntax element => IsLookedAt(element),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" or "Add" or "Enqueue" or "Push" } => true,
        ForEachStatementSyntax loop => loop.Statement.DescendantNodes().OfType<IdentifierNameSyntax>().Where(inner => inner.Identifier.ValueText == loop.Identifier.ValueText).All(IsLookedAt),
        _ => false,
    });

    private bool IsLookedAt(ExpressionSyntax value)
    {
        var dressed = OwnedBlock.Dressed(value);
        return dressed.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == dressed,
            ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax call } => Block.Site.Model.GetSymbolInfo(call, Block.Site.CancellationToken).Symbol is IMethodSymbol { MethodKind: not MethodKind.DelegateInvoke, DeclaringSyntaxReferences.IsEmpty: true },
            MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or BinaryExpressionSyntax => dressed.Parent.ChildNodes().First() == dressed,
            PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PointerIndirectionExpression),
            _ => false,
        };
    }

    private SyntaxNode Body => Declaration.Parent is GlobalStatementSyntax ? Block.Site.Root : Declaration.Parent!;

    private IEnumerable<IdentifierNameSyntax> References() =>
        Body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == Holder.Name && SymbolEqualityComparer.Default.Equals(Block.Site.Model.GetSymbolInfo(name, Block.Site.CancellationToken).Symbol, Holder));

    /// <summary>
    /// Nothing but this part ever holds what was put into it: the holder stays the same and is not captured, and no
    /// other value is put there.
    /// </summary>
    public bool StaysWhereItIs()
    {
        foreach (var name in References())
        {
            if (name.Parent is AssignmentExpressionSyntax || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } || name.Parent is EqualsValueClauseSyntax or ReturnStatementSyntax
                || name.Ancestors().TakeWhile(node => node != Body).Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            {
                return false;
            }

            ExpressionSyntax part = name;
            while (part.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax && part.Parent.ChildNodes().First() == part)
            {
                part = (ExpressionSyntax)part.Parent;
            }

            if (part != name && part.Parent is AssignmentExpressionSyntax assignment && assignment.Left == part && !IsSuchBlock(Block, assignment.Right) && (IsAnyElement || part.ToString() == Path))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The statements that make the collection forget what is in it, which is lost then.</summary>
    public IReadOnlyList<StatementSyntax> Clearings() => CallsOf("Clear").Select(call => call.Parent).OfType<ExpressionStatementSyntax>().ToList<StatementSyntax>();

    /// <summary>Elements are taken out one by one: who releases what is left does not see them.</summary>
    public bool LosesElements() => Holder.Type is not IArrayTypeSymbol && CallsOf("Pop", "TryPop", "Dequeue", "TryDequeue", "Remove", "RemoveAt", "RemoveRange", "RemoveAll", "RemoveFirst", "RemoveLast").Any(call => !IsReleasedAtOnce(call));

    /// <summary>The releases of an element by its place, <c>Free(two[0])</c>, which stays where it is: who releases all of them would do so once more.</summary>
    public IReadOnlyList<StatementSyntax> ElementReleases() => ReleaseText.ClearsItself(Type) ? [] : References().Select(name => name.Parent).OfType<ElementAccessExpressionSyntax>().Select(element => OwnedBlock.Dressed(element).Parent switch
    {
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax release, Expression: MemberAccessExpressionSyntax or SimpleNameSyntax } call }
            when Block.Site.ReleaseTemplate.Contains("." + (call.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Expression) + "(") && !IsCleared(release, element) => release,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax release } } member
            when Block.Site.ReleaseTemplate.StartsWith("{0}." + member.Name + "(", StringComparison.Ordinal) && !IsCleared(release, element) => release,
        _ => null,
    }).Where(release => release is not null).Select(release => (StatementSyntax)release!).ToList();

    private static bool IsCleared(StatementSyntax release, ElementAccessExpressionSyntax element) => StatementList.Of(release.Parent!) is { } list && list.IndexOf(release) + 1 is var next && next < list.Statements.Count
        && list.Statements[next] is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } && assignment.Left.ToString() == element.ToString();

    /// <summary><c>Free(blocks.Pop())</c>: what is taken out is released.</summary>
    private bool IsReleasedAtOnce(InvocationExpressionSyntax call) =>
        OwnedBlock.Dressed(call).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax or SimpleNameSyntax } releasing }
        && Block.Site.ReleaseTemplate.Contains("." + (releasing.Expression is MemberAccessExpressionSyntax access ? access.Name : releasing.Expression) + "(");

    /// <summary>Nobody asks for the collection behind <paramref name="statement"/>.</summary>
    public bool IsLast(StatementSyntax statement) => !References().Any(name => name.SpanStart > statement.Span.End);

    private IEnumerable<InvocationExpressionSyntax> CallsOf(params string[] names) => References().Select(name => name.Parent).OfType<MemberAccessExpressionSyntax>().Where(access => names.Contains(access.Name.Identifier.ValueText, StringComparer.Ordinal)).Select(access => access.Parent).OfType<InvocationExpressionSyntax>();

    /// <summary>Outside of <paramref name="list"/>, in which the part is to be released, nobody asks for it any more; and the list runs once.</summary>
    public bool EndsIn(StatementList list)
    {
        foreach (var node in list.Container.AncestorsAndSelf().TakeWhile(node => node != Body))
        {
            if (node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            {
                return false;
            }
        }

        return References().All(name => name.SpanStart < list.Container.Span.End || name.Ancestors().OfType<ExpressionSyntax>().FirstOrDefault(part => part.Parent is not (MemberAccessExpressionSyntax or ElementAccessExpressionSyntax)) is { } whole && whole.ToString() != Path);
    }

    /// <summary>Another block of the same allocation, or none.</summary>
    private static bool IsSuchBlock(OwnedBlock block, ExpressionSyntax value)
    {
        var site = block.Site;
        var bare = OwnedBlock.Bare(value);
        return ReleaseCall.IsNothing(bare) || bare == block.Allocation || (block.Owner is ILocalSymbol && block.References(bare).Any(name => name == bare))
            || (site.Model.GetSymbolInfo(block.Allocation, site.CancellationToken).Symbol is { } allocates && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(bare, site.CancellationToken).Symbol, allocates));
    }

    private static (ILocalSymbol Local, LocalDeclarationStatementSyntax Declaration)? Declared(FixSite site, SyntaxNode initializer)
    {
        var value = initializer.Parent is ExpressionSyntax made ? OwnedBlock.Dressed(made) : initializer;
        return value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } declarator }
            && site.Model.GetDeclaredSymbol(declarator, site.CancellationToken) is ILocalSymbol { IsRef: false, IsUsing: false } local ? (local, declaration) : null;
    }

    private static (ILocalSymbol Local, LocalDeclarationStatementSyntax Declaration)? HolderOf(FixSite site, IdentifierNameSyntax name) =>
        site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { IsRef: false, IsUsing: false } local
        && local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } declarator
        && (local.Type is IPointerTypeSymbol ? declarator.Initializer?.Value is StackAllocArrayCreationExpressionSyntax { Initializer: null } && !KeepsGarbage(site, declaration) : declarator.Initializer?.Value is null or BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or DefaultExpressionSyntax or LiteralExpressionSyntax) ? (local, declaration) : null;

    /// <summary>What is on the stack does not begin as zeros there.</summary>
    private static bool KeepsGarbage(FixSite site, SyntaxNode at)
    {
        var around = at.Ancestors().OfType<MemberDeclarationSyntax>().Where(member => member is not (BaseNamespaceDeclarationSyntax or GlobalStatementSyntax)).Select(member => site.Model.GetDeclaredSymbol(member, site.CancellationToken)).Concat([site.Model.Compilation.SourceModule]);
        return around.Any(symbol => symbol?.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "SkipLocalsInitAttribute") == true);
    }

    /// <summary>How many elements the array on the stack has, in words that mean the same later; null when there are none.</summary>
    private static string? CountOnStack(FixSite site, LocalDeclarationStatementSyntax declaration)
    {
        if (declaration.Declaration.Variables[0].Initializer?.Value is not StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } } || ranks[0].Sizes is not { Count: 1 } sizes)
        {
            return null;
        }

        var size = sizes[0] is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } access ? access.Expression : sizes[0];
        var isKept = site.Model.GetConstantValue(size, site.CancellationToken).HasValue || size is IdentifierNameSyntax name && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is IParameterSymbol { RefKind: RefKind.None } or ILocalSymbol { IsRef: false }
            && declaration.Parent!.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } body && body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(other => other.Identifier.ValueText == name.Identifier.ValueText).All(other => other.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left != other,
                ArgumentSyntax argument => argument.RefKindKeyword.RawKind == 0,
                PrefixUnaryExpressionSyntax prefix => !prefix.IsKind(SyntaxKind.PreIncrementExpression) && !prefix.IsKind(SyntaxKind.PreDecrementExpression) && !prefix.IsKind(SyntaxKind.AddressOfExpression),
                PostfixUnaryExpressionSyntax => false,
                RefExpressionSyntax => false,
                _ => true,
            });
        return isKept ? sizes[0].ToString() : null;
    }

    private static IdentifierNameSyntax? Root(ExpressionSyntax part)
    {
        while (true)
        {
            switch (part)
            {
                case IdentifierNameSyntax name:
                    return name;
                case MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } access:
                    part = access.Expression;
                    break;
                case ElementAccessExpressionSyntax element:
                    part = element.Expression;
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>Fields, automatic properties and elements at constant places: read again they are the same.</summary>
    private static bool IsFixedPath(FixSite site, ExpressionSyntax part)
    {
        for (var node = part; node is not IdentifierNameSyntax; node = node is MemberAccessExpressionSyntax access ? access.Expression : ((ElementAccessExpressionSyntax)node).Expression)
        {
            var same = node switch
            {
                MemberAccessExpressionSyntax => site.Model.GetSymbolInfo(node, site.CancellationToken).Symbol is IFieldSymbol or IPropertySymbol { IsVirtual: false, IsOverride: false, IsAbstract: false },
                ElementAccessExpressionSyntax { ArgumentList.Arguments: var indices } => indices.All(index => site.Model.GetConstantValue(index.Expression, site.CancellationToken).HasValue),
                _ => false,
            };
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    private static ITypeSymbol? ElementType(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { Name: "List" or "IList" or "ICollection" or "Queue" or "Stack" or "HashSet" or "LinkedList" or "Dictionary" or "SortedDictionary", TypeArguments: { Length: 1 or 2 } arguments } => arguments[arguments.Length - 1],
        _ => null,
    };

    /// <summary>
    /// The lines that release all that a call has put into the owner of <paramref name="block"/>, of which nothing is
    /// kept elsewhere before <paramref name="at"/>; null when the owner is no array or list that a call gives.
    /// </summary>
    public static IReadOnlyList<string>? ReleaseAll(OwnedBlock block, SyntaxNode at) =>
        Of(block) is { IsAnyElement: true, IsFilled: true } parts && SymbolEqualityComparer.Default.Equals(parts.Holder, block.Owner)
        && !ReleaseText.Takes(block.Site, block.Site.ReleaseTemplate, parts.Holder.Type, block.Allocation.SpanStart) && parts.IsOnlyLookedAt(at.SpanStart) ? parts.ReleaseLines(at) : null;

    /// <summary>The lines that release the part, or all elements, to be written in <paramref name="at"/>; null when the release is not known.</summary>
    public IReadOnlyList<string>? ReleaseLines(SyntaxNode at)
    {
        var site = Block.Site;
        var unit = site.Layout.UnitAt(at);
        var position = Block.Allocation.SpanStart;
        var name = IsAnyElement ? NewName.For(site, position, Type) : Path;
        var template = (IsAnyElement ? ReleaseTemplates.OfObject(site, position, Type) : null) ?? site.ReleaseTemplate;
        var index = Count is null ? string.Empty : NewName.Counter(site, at);
        if (Count is not null)
        {
            name = $"{Holder.Name}[{index}]";
        }
        else if (ElementPath.Length > 0)
        {
            name = NewName.InLoop(site, at, "entry");
        }

        if (ReleaseText.Call(site, template, name + ElementPath, Type, position, at) is not { } release)
        {
            return null;
        }

        // A list has no elements that nobody put there.
        var isThere = IsFilled ? Type.NullableAnnotation != NullableAnnotation.Annotated : Holder.Type is not IArrayTypeSymbol && Type.NullableAnnotation == NullableAnnotation.NotAnnotated;
        IReadOnlyList<string> lines = IsAnyElement && !isThere ? ReleaseText.Guarded(site, name + ElementPath, Type, release.Text, unit) : [release.Text + ";"];
        if (Count is not null)
        {
            lines = [$"for ({LocalType.Of(site, site.Model.Compilation.GetSpecialType(SpecialType.System_Int32), position)} {index} = 0; {index} < {Count}; {index}++)", "{", .. lines.Select(line => unit + line), "}"];
        }
        else if (IsAnyElement)
        {
            var declared = ElementPath.Length == 0 ? LocalType.Of(site, Type, position) : "var";
            lines = [$"foreach ({declared} {name} in {Path})", "{", .. lines.Select(line => unit + line), "}"];
        }

        return site.Layout.Styled(release.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines, at);
    }

    /// <summary>What a loop over all elements goes through.</summary>
    private static string AllOf(ILocalSymbol holder) => holder.Type is INamedTypeSymbol { TypeArguments.Length: 2 } ? holder.Name + ".Values" : holder.Name;
}
