using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A collection or an array in a field, whose elements are blocks or hold one each.</summary>
internal sealed class OwningCollection
{
    private readonly FixSite _site;
    private readonly string _name;
    private readonly ITypeSymbol _elements;
    private readonly ITypeSymbol _blocks;
    private readonly string _path;

    private readonly string? _count;

    private OwningCollection(FixSite site, string name, ITypeSymbol type, ITypeSymbol elements, ITypeSymbol blocks, string path, string? count = null)
    {
        _count = count;
        _site = site;
        _name = name;
        Type = type;
        _elements = elements;
        _blocks = blocks;
        _path = path;
    }

    public ITypeSymbol Type { get; }

    public bool IsArray => Type is IArrayTypeSymbol || IsNative;

    /// <summary>It is itself a block, and gone when the array is released.</summary>
    public bool IsNative => _count is not null;

    /// <summary>What has to be changed elsewhere in the type so that the elements can be released one by one.</summary>
    public ImmutableArray<TextChange> Preparations { get; private init; } = ImmutableArray<TextChange>.Empty;

    /// <summary>Its entries have keys.</summary>
    public bool IsKeyed => Type is INamedTypeSymbol { TypeArguments.Length: 2 };

    private bool IsReleasedThroughDispose => _site.ReleaseTemplate.StartsWith("{0}.Dispose", StringComparison.Ordinal);

    /// <summary>The native array that <paramref name="field"/> holds; null when it is not certain how many elements it has.</summary>
    public static OwningCollection? OfNative(FixSite site, IFieldSymbol field, TypeDeclarationSyntax type) =>
        NativeTable.ElementType(field.Type) is { } elements && site.ReleaseTakesNull && NativeTable.CountOf(site, field, type) is { } table ? new OwningCollection(site, field.Name, field.Type, elements, elements, string.Empty, table.Count) { Preparations = table.Changes } : null;

    /// <summary>The collection that the field <paramref name="name"/> of <paramref name="type"/> holds; null when it is not known where its elements hold the blocks.</summary>
    public static OwningCollection? Of(FixSite site, string name, ITypeSymbol type)
    {
        var elements = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol { TypeArguments: { Length: 1 or 2 } arguments, ContainingNamespace: var space } when space.ToDisplayString().StartsWith("System.Collections.", StringComparison.Ordinal) => arguments[arguments.Length - 1],
            _ => null,
        };
        if (elements is null)
        {
            return null;
        }

        if (Given(site) is not { } block || SymbolEqualityComparer.Default.Equals(block, elements) || elements is not INamedTypeSymbol { SpecialType: SpecialType.None } holder || !(holder.IsTupleType || !holder.DeclaringSyntaxReferences.IsEmpty))
        {
            return new OwningCollection(site, name, type, elements, elements, string.Empty);
        }

        var parts = holder.IsTupleType ? holder.TupleElements.Cast<ISymbol>() : holder.GetMembers().Where(member => !member.IsStatic && !member.IsImplicitlyDeclared && member.DeclaredAccessibility >= Accessibility.Internal);
        var fitting = parts.Where(part => SymbolEqualityComparer.Default.Equals(block, part switch { IFieldSymbol field => field.Type, IPropertySymbol { IsIndexer: false, GetMethod: not null } property => property.Type, _ => null })).ToList();
        return fitting.Count == 1 ? new OwningCollection(site, name, type, elements, block, "." + fitting[0].Name)
            : site.ReleaseTemplate.StartsWith("{0}.", StringComparison.Ordinal) ? new OwningCollection(site, name, type, elements, elements, string.Empty)
            : null;
    }

    /// <summary>The lines that release all that is in the collection, and forget it unless <paramref name="isCleared"/>; its names are free where <paramref name="names"/> is.</summary>
    public IReadOnlyList<string>? ReleaseLines(SyntaxNode at, int names, int position, string unit, bool mayBeNull, bool isCleared)
    {
        if ((IsArray && !IsReleasedThroughDispose ? ByPlace(at, names, position, unit, isCleared) : OneByOne(at, names, position, unit, isCleared)) is not { } lines)
        {
            return null;
        }

        return mayBeNull ? [$"if ({_name} != null)", "{", .. Indent(lines, unit), "}"] : lines;
    }

    /// <summary>A name and the type as it is declared for an element that is taken out at <paramref name="position"/>, or not there.</summary>
    public (string Name, string Declared) Local(int position)
    {
        var name = _path.Length > 0 ? NewName.Free(_site, position, "entry") : NewName.For(_site, position, _elements);
        var given = _elements.IsReferenceType && _site.Model.GetNullableContext(position).AnnotationsEnabled() ? _elements.WithNullableAnnotation(NullableAnnotation.Annotated) : _elements;
        return (name, LocalType.Of(_site, given, position));
    }

    /// <summary>The lines that release the block of the <paramref name="element"/>, which may hold none; null when the release is not known.</summary>
    public IReadOnlyList<string>? ReleaseOf(string element, SyntaxNode at, int position, string unit, bool mayBeNothing, bool clears = false)
    {
        if (ReleaseText.Call(_site, _site.ReleaseTemplate, element + _path, _blocks, position, at) is not { } call)
        {
            return null;
        }

        var lines = mayBeNothing ? ReleaseText.Guarded(_site, element + _path, _blocks, call.Text, unit) : [call.Text + ";"];
        if (clears && !ReleaseText.ClearsItself(_blocks) && !IsReleasedThroughDispose)
        {
            lines = ReleaseText.AndCleared(lines, ReleaseText.Clearing(_site, element + _path, _blocks), unit);
        }

        return call.NeedsUnsafe ? ["unsafe", "{", .. Indent(lines, unit), "}"] : lines;
    }

    private IReadOnlyList<string>? ByPlace(SyntaxNode at, int names, int position, string unit, bool isCleared)
    {
        var index = NewName.Free(_site, names, "i");
        var release = ReleaseOf($"{_name}[{index}]", at, position, unit, mayBeNothing: true, clears: !isCleared);
        var declared = LocalType.Of(_site, _site.Model.Compilation.GetSpecialType(SpecialType.System_Int32), position);
        return release is null ? null : [$"for ({declared} {index} = 0; {index} < {_count ?? _name + ".Length"}; {index}++)", "{", .. Indent(release, unit), "}"];
    }

    private IReadOnlyList<string>? OneByOne(SyntaxNode at, int names, int position, string unit, bool isCleared)
    {
        var (name, _) = Local(names);
        var mayBeNothing = IsArray || _elements is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        if (ReleaseOf(name, at, position, unit, mayBeNothing) is not { } release)
        {
            return null;
        }

        var values = IsKeyed ? _name + ".Values" : _name;
        IReadOnlyList<string> lines = [$"foreach ({LocalType.Of(_site, _elements, position)} {name} in {values})", "{", .. Indent(release, unit), "}"];
        return isCleared || IsArray ? lines : [.. lines, string.Empty, _name + ".Clear();"];
    }

    /// <summary>The type of what goes into the elements: that of the allocation with its casts.</summary>
    private static ITypeSymbol? Given(FixSite site)
    {
        var place = site.Finding.PlacesOf(FixData.Allocation).Select(span => (TextSpan?)span).FirstOrDefault();
        if (place is null || site.NodeAt<ExpressionSyntax>(place.Value) is not { } node)
        {
            return null;
        }

        var value = OwnedBlock.Dressed(OwnedBlock.Bare(node));
        var info = site.Model.GetTypeInfo(value, site.CancellationToken);
        return value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } && site.Model.GetDeclaredSymbol(declarator, site.CancellationToken) is ILocalSymbol local ? local.Type : info.ConvertedType ?? info.Type;
    }

    private static IEnumerable<string> Indent(IEnumerable<string> lines, string unit) => lines.Select(line => line.Length > 0 ? unit + line : line);
}
