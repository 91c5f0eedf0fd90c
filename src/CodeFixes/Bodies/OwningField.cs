using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A field that owns a block, and the type that has to release it.</summary>
internal sealed class OwningField
{
    private OwningField(FixSite site, IFieldSymbol symbol, VariableDeclaratorSyntax declarator, TypeDeclarationSyntax type)
    {
        Site = site;
        Symbol = symbol;
        Declarator = declarator;
        Type = type;
    }

    public FixSite Site { get; }

    public IFieldSymbol Symbol { get; }

    public VariableDeclaratorSyntax Declarator { get; }

    /// <summary>The part of the type in which the field is declared.</summary>
    public TypeDeclarationSyntax Type { get; }

    /// <summary>The block has to go even when nobody calls <c>Dispose</c>.</summary>
    public bool NeedsFinalizer => Site.Finding.Property(FixData.LifetimeKey) == "process" && !IsReleasedThroughDispose && Symbol.ContainingType.TypeKind == TypeKind.Class;

    private bool IsReleasedThroughDispose => Site.ReleaseTemplate.StartsWith("{0}.Dispose", StringComparison.Ordinal);

    public static OwningField? Find(FixSite site)
    {
        foreach (var span in site.Finding.PlacesOf(FixData.Field).Concat([site.Finding.Span]))
        {
            var declarator = site.NodeAt<VariableDeclaratorSyntax>(span);
            if (declarator is { Parent.Parent: FieldDeclarationSyntax { Parent: TypeDeclarationSyntax type } } && site.Model.GetDeclaredSymbol(declarator, site.CancellationToken) is IFieldSymbol { IsStatic: false } symbol)
            {
                return new OwningField(site, symbol, declarator, type);
            }
        }

        return null;
    }

    /// <summary>The lines that release the block and forget it; null when the release is not known.</summary>
    public IReadOnlyList<string>? ReleaseLines(string unit)
    {
        var name = Declarator.Identifier.Text;
        var position = Site.Finding.PlacesOf(FixData.Allocation).Select(span => (int?)span.Start).FirstOrDefault(start => Type.Span.Contains(start!.Value)) ?? Declarator.SpanStart;
        if (ReleaseText.Call(Site, Site.ReleaseTemplate, name, Symbol.Type, position, Type) is not { } release)
        {
            return null;
        }

        List<string> lines;
        if (IsReleasedThroughDispose)
        {
            var mayBeNull = Symbol.Type is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.NotAnnotated };
            lines = [name + (mayBeNull ? "?" : string.Empty) + release.Text.Substring(name.Length) + ";"];
        }
        else
        {
            lines = [release.Text + ";"];
            if (Clearing() is { } clearing)
            {
                lines.Add(clearing);
            }

            if (Guard() is { } guard)
            {
                lines = [$"if ({guard})", "{", .. lines.Select(line => unit + line), "}"];
            }
        }

        return release.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines;
    }

    /// <summary>Clearing the field is what makes a second <c>Dispose</c> harmless; it cannot be read-only then.</summary>
    public bool MustBeWritable => Symbol.IsReadOnly && Clearing() is not null;

    private string? Clearing()
    {
        if (Symbol.ContainingType.IsReadOnly || IsReleasedThroughDispose)
        {
            return null;
        }

        var name = Declarator.Identifier.Text;
        return Symbol.Type switch
        {
            IPointerTypeSymbol => name + " = null;",
            { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } => name + " = null!;",
            { IsReferenceType: true } => name + " = null;",
            _ => name + " = default;",
        };
    }

    private string? Guard() => Symbol.Type switch
    {
        { Name: "GCHandle" } => Declarator.Identifier.Text + ".IsAllocated",
        { IsReferenceType: true } => Declarator.Identifier.Text + " != null",
        _ => null,
    };
}
