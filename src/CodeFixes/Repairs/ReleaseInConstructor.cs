using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A constructor puts a block into a field of its object, and what follows may throw: nobody gets the object then, so that
/// a <c>catch</c> around the rest of the constructor releases the block and throws again.
/// </summary>
internal sealed class ReleaseInConstructor : Repair
{
    public override string Name => "InConstructor";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (InCatch(site) is { } extended)
        {
            yield return extended;
            yield break;
        }

        if (site.Finding.Reason != FixData.ReasonThrows || OwnedBlock.Find(site) is not { Owner: IFieldSymbol { IsStatic: false } field, IsWholeStatement: true, Statement: { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax } body } statement } block || StatementList.Of(body) is not { } list)
        {
            yield break;
        }

        var start = list.IndexOf(statement) + 1;
        var throwing = site.Finding.PlacesOf(FixData.Throwing).ToList();
        var last = Enumerable.Range(start, list.Statements.Count - start).Where(i => throwing.Exists(list.Statements[i].Span.Contains)).Select(i => (int?)i).LastOrDefault();
        if (last is null || site.Finding.PlacesOf(FixData.Release).Any(body.Span.Contains) || Enumerable.Range(start, list.Statements.Count - start).Any(i => HandsOut(site, list.Statements[i], field))
            || ReleaseText.Call(site, site.ReleaseTemplate, block.OwnerText, field.Type, statement.Span.End, body) is not { NeedsUnsafe: false } call)
        {
            yield break;
        }

        var edits = new TryFinallyEdits(site, list, start);
        yield return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, [call.Text + ";", "throw;"], [], keyword: "catch") ? Plan.Of($"Release '{block.OwnerText}' and throw again when something throws", edits.Edits) : null;
    }

    /// <summary>The constructor allocates in a <c>try</c> whose <c>catch</c> releases another block and throws again: this one as well.</summary>
    private static Plan? InCatch(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonThrows || OwnedBlock.Find(site) is not { Owner: IFieldSymbol { IsStatic: false } field, IsWholeStatement: true, Statement: { Parent: BlockSyntax { Parent: TryStatementSyntax { Catches: { Count: 1 } catches, Finally: null, Parent.Parent: ConstructorDeclarationSyntax } } guarded } statement } block
            || catches[0] is not { Filter: null, Block: { Statements: { Count: > 0 } handled } } caught || caught.Declaration is { } declared && site.Model.GetTypeInfo(declared.Type, site.CancellationToken).Type is not { Name: "Exception", ContainingNamespace.Name: "System" } || handled.Last() is not ThrowStatementSyntax { Expression: null } || !site.Layout.StartsLine(handled[0].SpanStart)
            || IsInitialized(site, field) || guarded.Statements.Where(other => other.SpanStart > statement.SpanStart).Any(other => HandsOut(site, other, field)) || handled.Any(other => Mentions(other, field)) || ReleaseText.Call(site, site.ReleaseTemplate, block.OwnerText, field.Type, statement.Span.End, caught.Block) is not { NeedsUnsafe: false } call)
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(handled[0].SpanStart), site.Layout.Indented(site.Layout.Styled(ReleaseText.Guarded(site, block.OwnerText, field.Type, call.Text, site.Layout.UnitAt(caught.Block)), caught.Block), site.Layout.IndentAt(handled[0].SpanStart)));
        return Plan.Of($"Release '{block.OwnerText}' as well when something throws", edits);
    }

    private static bool IsInitialized(FixSite site, IFieldSymbol field) => field.DeclaringSyntaxReferences.Any(place => place.GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer: not null });

    private static bool Mentions(SyntaxNode node, IFieldSymbol field) => node.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == field.Name);

    /// <summary>Somebody else gets the object or the block, or the field gets another one.</summary>
    private static bool HandsOut(FixSite site, StatementSyntax statement, IFieldSymbol field) => statement.DescendantNodesAndSelf().Any(node => node switch
    {
        ThisExpressionSyntax => node.Parent is not MemberAccessExpressionSyntax,
        AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or ReturnStatementSyntax or TryStatementSyntax => true,
        SimpleNameSyntax name when name.Identifier.ValueText == field.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol, field) =>
            OwnedBlock.Dressed(name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : name).Parent is var user && (user is AssignmentExpressionSyntax or EqualsValueClauseSyntax || user is ArgumentSyntax argument && !IsCopied(site, argument)),
        _ => false,
    });

    /// <summary>The library copies what lies in the block, or reads or writes it, and keeps nothing.</summary>
    private static bool IsCopied(FixSite site, ArgumentSyntax argument) => argument is { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax call }
        && site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { ContainingType: { Name: "Marshal" or "NativeMemory", ContainingNamespace: { Name: "InteropServices", ContainingNamespace.Name: "Runtime" } } } method
        && (method.Name is "Copy" or "Fill" or "Clear" || method.Name.StartsWith("Write", StringComparison.Ordinal) || method.Name.StartsWith("Read", StringComparison.Ordinal));
}
