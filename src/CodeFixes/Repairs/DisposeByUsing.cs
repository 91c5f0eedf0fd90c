using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Puts <c>using</c> (or <c>await using</c>) before the declaration of something that is disposed of.</summary>
internal sealed class DisposeByUsing(bool awaited = false) : Repair
{
    public override string Name => awaited ? "AwaitUsing" : "Using";

    private string KeywordAt(FixSite site) => awaited || site.ReleaseTemplate.StartsWith("{0}.DisposeAsync", StringComparison.Ordinal) ? "await using " : "using ";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || site.Language < LanguageVersion.CSharp8 || OwnedBlock.Find(site) is not { } block)
        {
            yield break;
        }

        if (!site.ReleaseTemplate.StartsWith("{0}.Dispose", StringComparison.Ordinal))
        {
            yield return awaited ? null : Receiver(block);
            yield break;
        }

        yield return Declared(block);
        yield return Discarded(block);
        yield return awaited ? null : MovedOut(block);
    }

    /// <summary>One of the object's own methods gives what it holds to another object, <c>var moved = message.TakeOver()</c>, which nobody disposes of.</summary>
    private static Plan? MovedOut(OwnedBlock block)
    {
        if (block.Owner is not ILocalSymbol { IsUsing: true, Type: var type } || block.Statement is not LocalDeclarationStatementSyntax { Parent: BlockSyntax list })
        {
            return null;
        }

        var taking = list.Statements.OfType<LocalDeclarationStatementSyntax>().Where(declaration => !declaration.UsingKeyword.IsKind(SyntaxKind.UsingKeyword) && declaration.Declaration.Variables is { Count: 1 } variables
            && variables[0].Initializer?.Value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } } call && block.References(receiver).Any()
            && SymbolEqualityComparer.Default.Equals(block.Site.Model.GetTypeInfo(call, block.Site.CancellationToken).Type, type)).ToList();
        if (taking.Count != 1)
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(taking[0].SpanStart, "using ");
        return Plan.Of($"Declare '{taking[0].Declaration.Variables[0].Identifier.Text}' with 'using'", edits);
    }

    private Plan? Declared(OwnedBlock block)
    {
        if (block.Statement is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration
            || declaration.UsingKeyword.IsKind(SyntaxKind.UsingKeyword)
            || declaration.Parent is SwitchSectionSyntax
            || ChangesItself(block)
            || AnothersBlock.MayBe(block)
            || block.IsGiven
            || GuardedRegion.Of(block) is not { IsHandedOn: false } region
            || region.List.Statements.All(statement => statement != declaration))
        {
            return null;
        }

        // What was awaited is awaited still.
        var keyword = region.Releases.Any(release => release.Statement is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax }) ? "await using " : KeywordAt(block.Site);
        var edits = new TextEdits();
        edits.Insert(declaration.SpanStart, keyword);
        var removed = new List<StatementSyntax>();
        foreach (var release in region.Releases)
        {
            if (!Remove(block, edits, release, removed))
            {
                return null;
            }
        }

        StatementRemoval.Remove(block.Site, edits, [.. removed]);
        return Plan.Of($"Declare '{block.OwnerText}' with '{keyword.Trim()}'", edits);
    }

    /// <summary>An object allocates what it disposes of in one of its methods, <c>table.Reserve(n)</c>: the object is declared with <c>using</c>.</summary>
    private static Plan? Receiver(OwnedBlock block)
    {
        var site = block.Site;
        if (block.Owner is not null || block.Allocation is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } } || site.Model.GetSymbolInfo(receiver, site.CancellationToken).Symbol is not ILocalSymbol { IsUsing: false, Type: { TypeKind: TypeKind.Class } type } local
            || !type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_IDisposable)
            || local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax, Parent.Parent: LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1, Parent: BlockSyntax or GlobalStatementSyntax } declaration })
        {
            return null;
        }

        if (!declaration.Parent!.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == local.Name).All(name => name.Parent is MemberAccessExpressionSyntax access && access.Expression == name))
        {
            // Somebody else may get the object.
            return null;
        }

        var disposed = site.Finding.PlacesOf(FixData.Release).Distinct().Select(place => site.NodeAt<InvocationExpressionSyntax>(place)).ToList();
        if (disposed.Exists(call => call is not { Parent: ExpressionStatementSyntax, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Expression: IdentifierNameSyntax name } } || name.Identifier.ValueText != local.Name))
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(declaration.SpanStart, "using ");
        StatementRemoval.Remove(site, edits, [.. disposed.Select(call => (StatementSyntax)call!.Parent!)]);
        return Plan.Of($"Declare '{local.Name}' with 'using'", edits);
    }

    /// <summary>A structure whose methods change it: what a <c>using</c> declares cannot be changed, and neither should a copy be.</summary>
    private static bool ChangesItself(OwnedBlock block) =>
        block.OwnerType is INamedTypeSymbol { TypeKind: TypeKind.Struct, IsReadOnly: false, DeclaringSyntaxReferences.IsEmpty: false }
        && block.Declaration?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } body
        && block.References(body).Any(name => name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: not "Dispose" } access && access.Expression == name
            && block.Site.Model.GetSymbolInfo(access, block.Site.CancellationToken).Symbol is IMethodSymbol { IsReadOnly: false } or IPropertySymbol { GetMethod.IsReadOnly: false });

    private Plan? Discarded(OwnedBlock block)
    {
        if (block.Statement is not ExpressionStatementSyntax { Expression: var expression } statement || statement.Parent is not (BlockSyntax or GlobalStatementSyntax))
        {
            return null;
        }

        var discards = expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } assignment && OwnedBlock.Bare(assignment.Right) == block.Allocation;
        if (!discards && OwnedBlock.Bare(expression) != block.Allocation)
        {
            return null;
        }

        var name = NewName.For(block.Site, statement.SpanStart, block.Site.Model.GetTypeInfo(block.Allocation).Type);
        var edits = new TextEdits();
        var keyword = KeywordAt(block.Site);
        if (discards)
        {
            edits.Replace(((AssignmentExpressionSyntax)expression).Left.Span, keyword + LocalType.Of(block.Site, block.Allocation, null) + " " + name);
        }
        else
        {
            edits.Insert(statement.SpanStart, keyword + LocalType.Of(block.Site, block.Allocation, null) + " " + name + " = ");
        }

        return Plan.Of($"Keep the result with '{keyword.Trim()}'", edits);
    }

    /// <summary>Takes the release away, as what a <c>using</c> does at the end of its block.</summary>
    /// <returns>Whether that can be written; what is left to be removed is in <paramref name="removed"/>.</returns>
    public static bool Remove(OwnedBlock block, TextEdits edits, ReleaseCall release, List<StatementSyntax> removed)
    {
        var site = block.Site;
        if (release.Statement is ExpressionStatementSyntax call && !ReleasingHelper.IsRelease(site, call))
        {
            return false;
        }

        if (release.Whole.Parent is BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax existing } clause })
        {
            if (existing.Catches.Count > 0)
            {
                edits.Delete(StatementRemoval.LinesOf(site, clause.Span));
                return true;
            }

            return Unwrap(site, edits, existing);
        }

        removed.Add(release.Whole);
        if (release.ClearingAfter(block, release.Whole) is { } clearing)
        {
            removed.Add(clearing);
        }

        return true;
    }

    /// <summary>Takes <c>try</c> and <c>finally</c> away and lets their statements move out by one step.</summary>
    private static bool Unwrap(FixSite site, TextEdits edits, TryStatementSyntax existing)
    {
        var open = existing.Block.OpenBraceToken.Span.End;
        var close = existing.Block.CloseBraceToken.SpanStart;
        if (!site.Layout.StartsLine(existing.SpanStart) || !site.Layout.EndsLine(open) || !site.Layout.StartsLine(close) || !site.Layout.EndsLine(existing.Span.End))
        {
            return false;
        }

        var body = TextSpan.FromBounds(site.Layout.NextLine(open), site.Layout.LineStart(close));
        edits.Delete(TextSpan.FromBounds(site.Layout.LineStart(existing.SpanStart), body.Start));
        site.Layout.Outdent(edits, body, site.Layout.UnitAt(existing));
        edits.Delete(TextSpan.FromBounds(body.End, site.Layout.NextLine(existing.Span.End)));
        return true;
    }
}
