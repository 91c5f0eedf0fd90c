using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Families;

/// <summary>
/// The members of one syntax tree that its attributes make interesting: those with an ownership attribute, and imports of
/// native functions. Read off declarations alone and kept with the tree, so that an edit elsewhere costs nothing.
/// </summary>
/// <param name="Contracts">Names and places of members with an ownership attribute that gives or releases.</param>
/// <param name="Imports">Names of imported functions, as code calls them and as the library exports them.</param>
internal sealed record NamesInSource(ImmutableArray<(string Name, TextSpan Span)> Contracts, ImmutableArray<DeclaredImport> Imports)
{
    private static readonly ConditionalWeakTable<SyntaxTree, NamesInSource> s_read = new();

    private static readonly string[] s_words = ["DllImport", "LibraryImport", "Allocates", "Releases", "Owned"];
    private static readonly NamesInSource s_none = new(ImmutableArray<(string, TextSpan)>.Empty, ImmutableArray<DeclaredImport>.Empty);

    /// <summary>The names in <paramref name="tree"/>.</summary>
    public static NamesInSource Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (s_read.TryGetValue(tree, out var names))
        {
            return names;
        }

        // Most files have no such attribute, and reading their text is far cheaper than walking their declarations.
        var text = tree.GetText(cancellationToken).ToString();
        names = s_words.Any(word => text.IndexOf(word, StringComparison.Ordinal) >= 0) ? Read(tree.GetRoot(cancellationToken)) : s_none;
        return s_read.GetValue(tree, _ => names);
    }

    /// <summary>The methods that <see cref="Contracts"/> stands for, in <paramref name="compilation"/>, which has the tree.</summary>
    public IEnumerable<IMethodSymbol> MethodsIn(Compilation compilation, SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (Contracts.IsEmpty)
        {
            yield break;
        }

        var model = compilation.GetSemanticModel(tree);
        var root = tree.GetRoot(cancellationToken);
        foreach (var (_, span) in Contracts)
        {
            if (root.FindNode(span).FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
            {
                continue;
            }

            switch (model.GetDeclaredSymbol(member, cancellationToken))
            {
                case IMethodSymbol method:
                    yield return method;
                    break;
                case IPropertySymbol property:
                    foreach (var accessor in new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>().Where(ContractAttributes.GivesOrReleases))
                    {
                        yield return accessor;
                    }

                    break;
            }
        }
    }

    private static NamesInSource Read(SyntaxNode root)
    {
        var contracts = ImmutableArray.CreateBuilder<(string, TextSpan)>();
        var imports = ImmutableArray.CreateBuilder<DeclaredImport>();
        foreach (var node in root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            if (node is not MemberDeclarationSyntax member || NameOf(member) is not { } name)
            {
                continue;
            }

            var attributes = member.AttributeLists.SelectMany(list => list.Attributes);
            if (member is BaseMethodDeclarationSyntax { ParameterList.Parameters: var parameters })
            {
                attributes = attributes.Concat(parameters.SelectMany(p => p.AttributeLists).SelectMany(list => list.Attributes));
            }

            if (member is PropertyDeclarationSyntax { AccessorList.Accessors: var accessors })
            {
                attributes = attributes.Concat(accessors.SelectMany(accessor => accessor.AttributeLists).SelectMany(list => list.Attributes));
            }

            foreach (var attribute in attributes)
            {
                var attributeName = SimpleName(attribute.Name);
                if (attributeName is "DllImport" or "DllImportAttribute" or "LibraryImport" or "LibraryImportAttribute")
                {
                    imports.Add(new(name, EntryPoint(attribute) ?? name, (member.Parent as TypeDeclarationSyntax)?.Identifier.ValueText ?? "", Pointers(member)));
                }
                else if (ContractAttributes.NamesAllocation(attributeName))
                {
                    contracts.Add((name, member.Span));
                }
            }
        }

        return new NamesInSource(contracts.ToImmutable(), imports.ToImmutable());
    }

    /// <summary>The ways to read the names of <see cref="Imports"/>, kept with them.</summary>
    public ImmutableArray<(DeclaredImport Import, ImmutableArray<NameReading> ByEntryPoint, ImmutableArray<NameReading> ByName)> ReadWith(NameReader reader)
    {
        if (_readings is { } known && ReferenceEquals(known.Reader, reader))
        {
            return known.Readings;
        }

        var readings = Imports.Select(import => (import, reader.Read(import.EntryPoint), import.Name == import.EntryPoint ? ImmutableArray<NameReading>.Empty : reader.Read(import.Name))).ToImmutableArray();
        _readings = new(reader, readings);
        return readings;
    }

    private sealed record KnownReadings(NameReader Reader, ImmutableArray<(DeclaredImport, ImmutableArray<NameReading>, ImmutableArray<NameReading>)> Readings);

    private KnownReadings? _readings;

    private static ImportedPointers Pointers(MemberDeclarationSyntax member)
    {
        if (member is not MethodDeclarationSyntax method)
        {
            return default;
        }

        var (given, first, outs) = ((string?)null, (string?)null, 0);
        foreach (var parameter in method.ParameterList.Parameters)
        {
            if (!IsPointer(parameter.Type))
            {
                continue;
            }

            if (parameter.Modifiers.Any(SyntaxKind.OutKeyword) || parameter.Type is PointerTypeSyntax { ElementType: var pointee } && IsPointer(pointee))
            {
                given = parameter.Identifier.ValueText;
                outs++;
            }
            else
            {
                first ??= parameter.Identifier.ValueText;
            }
        }

        return new(IsPointer(method.ReturnType), outs, outs == 1 ? given : null, first);
    }

    private static bool IsPointer(TypeSyntax? type) =>
        type is PointerTypeSyntax or IdentifierNameSyntax { Identifier.ValueText: "nint" or "IntPtr" or "nuint" or "UIntPtr" } or QualifiedNameSyntax { Right.Identifier.ValueText: "IntPtr" };

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        _ => null,
    };

    private static string SimpleName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    private static string? EntryPoint(AttributeSyntax attribute)
    {
        foreach (var argument in attribute.ArgumentList?.Arguments ?? default)
        {
            if (argument.NameEquals?.Name.Identifier.ValueText == "EntryPoint")
            {
                return argument.Expression switch
                {
                    LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => literal.Token.ValueText,
                    InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => LastIdentifier(arguments[0].Expression),
                    _ => null,
                };
            }
        }

        return null;
    }

    private static string? LastIdentifier(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}

/// <summary>A method that stands for a function of a native library: its name, that of the function, and that of its type.</summary>
/// <param name="Name">The method.</param>
/// <param name="EntryPoint">The function.</param>
/// <param name="Type">The type that declares the method.</param>
/// <param name="Pointers">Which pointers it takes and gives.</param>
internal readonly record struct DeclaredImport(string Name, string EntryPoint, string Type, ImportedPointers Pointers);

/// <summary>The pointers that an imported function takes and gives, as its declaration is written.</summary>
/// <param name="AsResult">It returns one.</param>
/// <param name="Outs">So many it leaves in parameters.</param>
/// <param name="Out">The name of the parameter that it leaves one in; null when there is none, or another one.</param>
/// <param name="First">The name of the first one that it is handed.</param>
internal readonly record struct ImportedPointers(bool AsResult, int Outs, string? Out, string? First);
