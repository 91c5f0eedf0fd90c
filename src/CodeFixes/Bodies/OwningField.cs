using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A field or an automatic property that owns a block, and the type that has to release it.</summary>
internal sealed class OwningField
{
    private OwningField(FixSite site, IFieldSymbol symbol, SyntaxNode declaration, SyntaxToken position, string name, TypeDeclarationSyntax type)
    {
        Site = site;
        Symbol = symbol;
        Declaration = declaration;
        (Name, HeldType) = MemberOf(site, symbol, name) ?? (name, symbol.Type);
        Position = position.SpanStart;
        Type = type;
        Collection = site.Finding.Reason == FixData.ReasonCollection ? OwningCollection.Of(site, name, symbol.Type) ?? OwningCollection.OfNative(site, symbol, type) : null;
    }

    public FixSite Site { get; }

    public IFieldSymbol Symbol { get; }

    /// <summary>The field, or the property whose field it is: what assignments name.</summary>
    private ISymbol Spoken => Symbol.AssociatedSymbol ?? Symbol;

    /// <summary>The field's declaration, or that of the automatic property whose field it is.</summary>
    public SyntaxNode Declaration { get; }

    /// <summary>What the code calls it; with the member, when a member of a struct in the field holds the block: <c>_pair.Left</c>.</summary>
    public string Name { get; }

    /// <summary>The type of what holds the block.</summary>
    private ITypeSymbol HeldType { get; }

    /// <summary>Where its name is declared, or another place in the type.</summary>
    public int Position { get; }

    /// <summary>The part of the type in which the field is declared, or, of a field that is declared elsewhere, the part at hand.</summary>
    public TypeDeclarationSyntax Type { get; }

    /// <summary>The field holds a collection, and the collection the blocks.</summary>
    public OwningCollection? Collection { get; }

    /// <summary>The block has to go even when nobody calls <c>Dispose</c>. A finalizer does not reach for other objects, which may be gone: not for a collection.</summary>
    public bool NeedsFinalizer => Collection is null && Site.Finding.Property(FixData.LifetimeKey) == "process" && !IsReleasedThroughDispose && Symbol.ContainingType.TypeKind == TypeKind.Class;

    private bool IsReleasedThroughDispose => Site.ReleaseTemplate.StartsWith("{0}.Dispose", StringComparison.Ordinal);

    /// <summary>The field of the finding; null when it is not known where it holds its block, and when it is an override that leaves the field to nobody.</summary>
    public static OwningField? Find(FixSite site) => site.Finding.Reason != FixData.ReasonBase && Declared(site) is { } field && (field.Collection is null) == (site.Finding.Reason != FixData.ReasonCollection) ? field : null;

    private static OwningField? Declared(FixSite site)
    {
        foreach (var span in site.Finding.PlacesOf(FixData.Field).Concat([site.Finding.Span]))
        {
            switch (site.NodeAt<SyntaxNode>(span)?.AncestorsAndSelf().FirstOrDefault(node => node is VariableDeclaratorSyntax or MemberDeclarationSyntax))
            {
                case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax { Parent: TypeDeclarationSyntax type } field } declarator when site.Model.GetDeclaredSymbol(declarator, site.CancellationToken) is IFieldSymbol { IsStatic: false } symbol:
                    return new OwningField(site, symbol, field, declarator.Identifier, declarator.Identifier.Text, type);
                case PropertyDeclarationSyntax property when OfProperty(site, property) is { } found:
                    return found;
            }
        }

        return OfAssigned(site) ?? Elsewhere(site);
    }

    /// <summary>The field of an automatic property that can be set later than its object is made.</summary>
    private static OwningField? OfProperty(FixSite site, PropertyDeclarationSyntax property) =>
        property is { Parent: TypeDeclarationSyntax type, AccessorList: { } accessors } && site.Model.GetDeclaredSymbol(property, site.CancellationToken) is { IsStatic: false } declared
        && declared.ContainingType.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, declared)) is { } backing && accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null } && !accessor.IsKind(SyntaxKind.InitAccessorDeclaration))
            ? new OwningField(site, backing, property, property.Identifier, property.Identifier.Text, type) : null;

    /// <summary>The automatic property of this part of the type that a member gives its block.</summary>
    private static OwningField? OfAssigned(FixSite site)
    {
        var part = site.NodeAt<TypeDeclarationSyntax>(site.Finding.Span);
        var backing = part is null ? null : site.Model.GetDeclaredSymbol(part, site.CancellationToken)?.GetMembers(site.Finding.Owner).OfType<IFieldSymbol>().FirstOrDefault();
        return backing?.AssociatedSymbol?.DeclaringSyntaxReferences.Select(place => place.GetSyntax(site.CancellationToken)).OfType<PropertyDeclarationSyntax>().FirstOrDefault(property => property.Parent == part) is { } property ? OfProperty(site, property) : null;
    }

    /// <summary>The member of a struct in the field to which the allocation goes; null when the field itself is the owner.</summary>
    private static (string Path, ITypeSymbol Type)? MemberOf(FixSite site, IFieldSymbol field, string name)
    {
        if (field.Type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None, DeclaringSyntaxReferences.IsEmpty: false } || site.Finding.Reason == FixData.ReasonCollection || field.AssociatedSymbol is not null
            || site.Finding.PlacesOf(FixData.Allocation).Select(span => site.NodeAt<ExpressionSyntax>(span)).FirstOrDefault() is not { } node || OwnedBlock.Dressed(OwnedBlock.Bare(node)) is not { Parent: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: MemberAccessExpressionSyntax target } assignment } value || assignment.Right != value)
        {
            return null;
        }

        var path = string.Empty;
        for (ExpressionSyntax part = target; part is MemberAccessExpressionSyntax access; part = access.Expression)
        {
            if (site.Model.GetSymbolInfo(access, site.CancellationToken).Symbol is not IFieldSymbol { IsReadOnly: false } member || !access.IsKind(SyntaxKind.SimpleMemberAccessExpression))
            {
                return null;
            }

            if (SymbolEqualityComparer.Default.Equals(member, field))
            {
                return path.Length == 0 || access.Expression is not ThisExpressionSyntax ? null : (name + path, site.Model.GetTypeInfo(target, site.CancellationToken).Type!);
            }

            path = "." + access.Name.Identifier.Text + path;
            if (access.Expression is IdentifierNameSyntax root)
            {
                return SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(root, site.CancellationToken).Symbol, field) ? (name + path, site.Model.GetTypeInfo(target, site.CancellationToken).Type!) : null;
            }
        }

        return null;
    }

    /// <summary>The field that the finding names, of the type around it, when it is declared in another file.</summary>
    private static OwningField? Elsewhere(FixSite site)
    {
        var part = site.NodeAt<TypeDeclarationSyntax>(site.Finding.Span);
        var symbol = part is null ? null : site.Model.GetDeclaredSymbol(part, site.CancellationToken)?.GetMembers(site.Finding.Owner).OfType<IFieldSymbol>().FirstOrDefault();
        return symbol is { IsStatic: false } && symbol.DeclaringSyntaxReferences.Any(place => place.SyntaxTree != site.Root.SyntaxTree)
            ? new OwningField(site, symbol, symbol.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken).FirstAncestorOrSelf<MemberDeclarationSyntax>()!, part!.Identifier, symbol.Name, part)
            : null;
    }

    /// <summary>The field as another file sees it, in which <paramref name="part"/> of its type stands; what is written goes to <paramref name="position"/>.</summary>
    public OwningField In(FixSite there, TypeDeclarationSyntax part, SyntaxToken position) => new(there, Symbol, Declaration, position, Name, part);

    /// <summary>
    /// Releases what the field holds before each assignment that gives it another block, outside of constructors: where
    /// the type gets a <c>Dispose</c>, that one sees only the last block.
    /// </summary>
    /// <returns>Whether there is such an assignment, and all of them could be written.</returns>
    public bool ReleaseBeforeAssignments(TextEdits edits)
    {
        var found = false;
        foreach (var assignment in Type.DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            if (!assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) || ReleaseCall.IsNothing(assignment.Right) || !MeansField(assignment.Left) || assignment.Right.DescendantNodesAndSelf().OfType<ExpressionSyntax>().Any(MeansField)
                || assignment.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault() is ConstructorDeclarationSyntax)
            {
                continue;
            }

            if (assignment.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement || !Site.Layout.StartsLine(statement.SpanStart) || ReleaseLines(Site.Layout.UnitAt(statement)) is not { } lines)
            {
                return false;
            }

            var indent = Site.Layout.IndentAt(statement.SpanStart);
            edits.Insert(Site.Layout.LineStart(statement.SpanStart), string.Concat(lines.Select(line => indent + line + Site.Layout.NewLine)));
            found = true;
        }

        return found;
    }

    /// <summary>
    /// Every object has a block from the beginning, and a member puts another one in its place, whatever the field holds and
    /// without a release in sight: a <c>Dispose</c> would see the last one alone.
    /// </summary>
    public bool IsOverwritten
    {
        get
        {
            if (Collection is not null || !IsFilledAtFirst)
            {
                return false;
            }

            var method = "." + Site.ReleaseTemplate.Split('(')[0].Split('.').Last();
            if (Type.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => ("." + call.Expression).EndsWith(method, StringComparison.Ordinal) && call.DescendantNodes().OfType<ExpressionSyntax>().Any(MeansField)))
            {
                return false;
            }

            var later = Type.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => MeansField(assignment.Left) && assignment.Ancestors().OfType<MemberDeclarationSyntax>().First() is not ConstructorDeclarationSyntax).ToList();
            return later.Count > 0 && later.TrueForAll(assignment => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && !ReleaseCall.IsNothing(assignment.Right)
                && !assignment.Ancestors().OfType<IfStatementSyntax>().Any(test => test.Condition.DescendantNodesAndSelf().OfType<ExpressionSyntax>().Any(MeansField)));
        }
    }

    /// <summary>The field has a block when its object has been made.</summary>
    private bool IsFilledAtFirst
    {
        get
        {
            if (Declaration is FieldDeclarationSyntax declared && declared.Declaration.Variables.FirstOrDefault(variable => variable.Identifier.ValueText == Symbol.Name) is { Initializer.Value: { } first })
            {
                return !ReleaseCall.IsNothing(first);
            }

            var made = Type.Members.OfType<ConstructorDeclarationSyntax>().Where(constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword) && constructor.Initializer?.ThisOrBaseKeyword.IsKind(SyntaxKind.ThisKeyword) != true).ToList();
            return made.Count > 0 && made.TrueForAll(constructor => ((SyntaxNode?)constructor.Body ?? constructor.ExpressionBody)?.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => MeansField(assignment.Left) && !ReleaseCall.IsNothing(assignment.Right)) == true);
        }
    }

    /// <summary>Whether <paramref name="assignment"/> gives the field another value.</summary>
    public bool IsTargetOf(AssignmentExpressionSyntax assignment) => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && MeansField(assignment.Left);

    /// <summary>Whether <paramref name="node"/> names the field.</summary>
    public bool IsMeantBy(ExpressionSyntax node) => MeansField(node);

    private bool MeansField(ExpressionSyntax node) =>
        (node is IdentifierNameSyntax name ? name : (node as MemberAccessExpressionSyntax)?.Name) is { } used && used.Identifier.ValueText == Spoken.Name
        && SymbolEqualityComparer.Default.Equals(Site.Model.GetSymbolInfo(node, Site.CancellationToken).Symbol, Spoken);

    /// <summary>The lines that release the block and forget it; null when the release is not known.</summary>
    /// <param name="unit">One step of indentation.</param>
    /// <param name="at">Where they are written, when that is known.</param>
    /// <param name="isCleared">The field, or the collection in it, is cleared behind them.</param>
    /// <param name="isThere">There is a collection where they are written.</param>
    public IReadOnlyList<string>? ReleaseLines(string unit, SyntaxNode? at = null, bool isCleared = false, bool isThere = false)
    {
        var name = Name;
        var position = Site.Finding.PlacesOf(FixData.Allocation).Select(span => (int?)span.Start).FirstOrDefault(start => Type.Span.Contains(start!.Value)) ?? Position;
        if (Collection is not null)
        {
            return Collection.ReleaseLines(at ?? Type, at?.SpanStart ?? Declaration.SpanStart, position, unit, MayBeNull && !isThere, isCleared) is { } all ? Site.Layout.Styled(all, Type) : null;
        }

        if (ReleaseText.Call(Site, Site.ReleaseTemplate, name, HeldType, position, Type) is not { } release)
        {
            return null;
        }

        List<string> lines;
        if (IsReleasedThroughDispose)
        {
            var mayBeNull = HeldType is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.NotAnnotated };
            lines = [name + (mayBeNull ? "?" : string.Empty) + release.Text.Substring(name.Length) + ";"];
        }
        else
        {
            lines = [release.Text + ";"];
            // A property gives a copy of a handle, and the copy is what its release clears.
            if ((!ReleaseText.ClearsItself(HeldType) || Symbol.AssociatedSymbol is not null) && Clearing() is { } clearing)
            {
                lines.Add(clearing);
            }

            if (Guard() is { } guard)
            {
                lines = [$"if ({guard})", "{", .. lines.Select(line => unit + line), "}"];
            }
        }

        return Site.Layout.Styled(release.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines, Type);
    }

    /// <summary>Clearing the field is what makes a second <c>Dispose</c> harmless; it cannot be read-only then.</summary>
    public bool MustBeWritable => Symbol.IsReadOnly && Clearing() is not null;

    /// <summary>There may be no collection: nothing says that every object has one.</summary>
    public bool MayBeNull => Collection is { IsNative: true } ? !Symbol.IsReadOnly : Symbol.Type.NullableAnnotation == NullableAnnotation.Annotated || Symbol.ContainingType.IsValueType || (Symbol.Type.NullableAnnotation == NullableAnnotation.None && !Symbol.IsReadOnly && !IsInitialized);

    private bool IsInitialized => Declaration switch
    {
        FieldDeclarationSyntax declared => declared.Declaration.Variables.All(variable => variable.Initializer is not null),
        PropertyDeclarationSyntax property => property.Initializer is not null,
        _ => false,
    };

    private string? Clearing()
    {
        if (Collection is not null || Symbol.ContainingType.IsReadOnly || IsReleasedThroughDispose || (Symbol.IsReadOnly && NeighboursStay()))
        {
            return null;
        }

        return ReleaseText.Clearing(Site, Name, HeldType);
    }

    /// <summary>The type releases another read-only field by the same function and does not clear it: a second <c>Dispose</c> does harm anyway.</summary>
    private bool NeighboursStay() =>
        Site.ReleaseTemplate.IndexOf("({0}", StringComparison.Ordinal) is > 0 and var end && Site.ReleaseTemplate.Substring(0, end).Split('.').Last() is var release
        && Type.Members.OfType<MethodDeclarationSyntax>().Where(method => method.Identifier.ValueText == "Dispose").SelectMany(method => method.DescendantNodes()).OfType<InvocationExpressionSyntax>().Any(call =>
            call.ArgumentList.Arguments.Count == 1 && ("." + call.Expression).EndsWith("." + release, StringComparison.Ordinal)
            && Site.Model.GetSymbolInfo(OwnedBlock.Bare(call.ArgumentList.Arguments[0].Expression), Site.CancellationToken).Symbol is IFieldSymbol { IsReadOnly: true } other && !SymbolEqualityComparer.Default.Equals(other, Symbol));

    private string? Guard() => HeldType switch
    {
        { Name: "GCHandle" } => Name + ".IsAllocated",
        { IsReferenceType: true } => Name + " != null",

        // Of a library nobody knows what it makes of nothing: a second Dispose must not find out.
        IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr } when !Site.ReleaseTakesNull && Clearing() is not null && Site.ReleaseTemplate.IndexOf("({0}", StringComparison.Ordinal) > 0 => ReleaseText.NotNothing(Site, Name, HeldType),
        _ => null,
    };
}
