using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>
/// Where a block is that did not come as the result of a call: in an <c>out</c> or <c>ref</c> argument, behind a pointer to
/// a variable, in a part of what was given, in one of the variables that a tuple is taken apart into.
/// </summary>
/// <param name="Text">The path.</param>
/// <param name="Root">The variable that it begins with.</param>
/// <param name="Type">The type of what is there; null where the code at hand must not name it.</param>
internal sealed record HeldPath(string Text, ILocalSymbol Root, ITypeSymbol? Type)
{
    /// <summary>So many parts of a value are tried.</summary>
    private const int MostParts = 4;

    /// <summary>How the part releases what it holds, where it does that itself.</summary>
    private string? Template { get; init; }

    /// <summary>The path that the finding names, read behind the allocation; null when it is none that can be named again.</summary>
    public static HeldPath? Of(FixSite site, SyntaxNode allocation)
    {
        var text = site.Finding.Property(FixData.HeldKey);
        if (text.Length == 0 || SyntaxFactory.ParseExpression(text) is not ExpressionSyntax { ContainsDiagnostics: false } path || path.ToFullString() != text || RootOf(path) is not { } name
            || allocation.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
        {
            return null;
        }

        // Inside the last token of the statement everything that it declares is in scope.
        var position = statement is WhileStatementSyntax { Statement: BlockSyntax turn } ? turn.OpenBraceToken.Span.End : statement.Span.End - 1;
        return site.Model.LookupSymbols(position, name: name).FirstOrDefault() is ILocalSymbol { IsRef: false, IsUsing: false, RefKind: RefKind.None } root
            ? new HeldPath(text, root, site.Model.GetSpeculativeTypeInfo(position, path, SpeculativeBindingOption.BindAsExpression).Type is { TypeKind: not TypeKind.Error } type ? type : null)
            : null;
    }

    /// <summary>The variable in which the path begins, when its type releases what lies in it itself: <c>bytes</c> of <c>bytes._start</c>.</summary>
    public static HeldPath? WholeOf(FixSite site, SyntaxNode allocation) =>
        site.Finding.Property(FixData.HeldKey).IndexOf('.') > 0 && Of(site, allocation) is { Root: { Type: INamedTypeSymbol { TypeKind: TypeKind.Struct } type } root } && ReleaseTemplates.OfObject(site, allocation.SpanStart, type) is { } template
            ? new HeldPath(root.Name, root, type) { Template = template } : null;

    /// <summary>The variable that the finding names, where it takes the block out of its object only behind the allocation; and the statement that declares it.</summary>
    public static (HeldPath Path, LocalDeclarationStatementSyntax Declaration)? TakenOut(FixSite site, OwnedBlock block)
    {
        var name = site.Finding.Property(FixData.HeldKey);
        return block.Statement is { } statement && SyntaxFacts.IsValidIdentifier(name)
            && StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).SelectMany(list => list.Statements.OfType<LocalDeclarationStatementSyntax>()).FirstOrDefault(declared => declared.SpanStart > statement.Span.End && declared.Declaration.Variables is { Count: 1 } variables && variables[0].Identifier.ValueText == name) is { } declaration
            && site.Model.GetDeclaredSymbol(declaration.Declaration.Variables[0], site.CancellationToken) is ILocalSymbol { IsRef: false, IsUsing: false } local
            ? (new HeldPath(name, local, local.Type) { Template = site.Finding.ReleaseTemplate }, declaration) : null;
    }

    /// <summary>The parts of the value that a call of the project gives, one of which holds the block; which one, the analysis of the result says.</summary>
    public static IEnumerable<HeldPath> PartsOf(FixSite site, OwnedBlock block)
    {
        if (block is not { IsWholeStatement: true, Owner: ILocalSymbol { IsRef: false, IsUsing: false, Type: INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } type } owner } || (!type.IsTupleType && type.DeclaringSyntaxReferences.IsEmpty))
        {
            return [];
        }

        var members = type.IsTupleType ? type.TupleElements : type.GetMembers().Where(member => member is { IsStatic: false, IsImplicitlyDeclared: false } and (IFieldSymbol or IPropertySymbol { IsIndexer: false, GetMethod: not null }) && site.Model.IsAccessible(block.Allocation.SpanStart, member));
        return members.Select(member => (Name: owner.Name + "." + member.Name, Type: (member as IFieldSymbol)?.Type ?? ((IPropertySymbol)member).Type))
            .Select(part => new HeldPath(part.Name, owner, part.Type) { Template = IsAddress(part.Type) ? site.ReleaseTemplate : ReleaseTemplates.OfObject(site, block.Allocation.SpanStart, part.Type) })
            .Where(part => part.Template is not null).Take(MostParts);
    }

    private static bool IsAddress(ITypeSymbol type) => type is IPointerTypeSymbol or IArrayTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } or { Name: "GCHandle", IsValueType: true };

    private static string? RootOf(ExpressionSyntax path)
    {
        while (path is MemberAccessExpressionSyntax access)
        {
            path = access.Expression;
        }

        return (path as IdentifierNameSyntax)?.Identifier.ValueText;
    }

    /// <summary>The lines of the release, to be put into <paramref name="at"/>.</summary>
    public IReadOnlyList<string>? ReleaseLines(FixSite site, SyntaxNode allocation, SyntaxNode at, bool mayBeNothing, string unit)
    {
        if (Type is null || ReleaseText.Call(site, Template ?? site.ReleaseTemplate, Text, Type, allocation.FirstAncestorOrSelf<StatementSyntax>()!.Span.End - 1, at) is not { } call)
        {
            return null;
        }

        var lines = mayBeNothing ? ReleaseText.Guarded(site, Text, Type, call.Text, unit) : [call.Text + ";"];
        return site.Layout.Styled(call.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines, at);
    }
}
