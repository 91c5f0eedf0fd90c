using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Releases the address that the allocator gave instead of one inside the block; does not release what nobody allocated.</summary>
internal sealed class BasePointer : Repair
{
    public override string Name => "BasePointer";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.NodeAt<ExpressionSyntax>(site.Finding.Span) is not { } node)
        {
            yield break;
        }

        var reason = site.Finding.Reason;
        var call = node.AncestorsAndSelf().TakeWhile(ancestor => ancestor is not StatementSyntax).OfType<InvocationExpressionSyntax>().FirstOrDefault();
        if (call is null)
        {
            yield break;
        }

        if (reason == FixData.ReasonForeign)
        {
            if (call.Parent is ExpressionStatementSyntax statement && call.ArgumentList.Arguments.FirstOrDefault()?.Expression is { } foreign && IsNeverAllocated(site, OwnedBlock.Bare(foreign)))
            {
                var edits = new TextEdits();
                StatementRemoval.Remove(site, edits, statement);
                yield return Plan.Of("Remove the release of what was not allocated", edits);
            }

            yield break;
        }

        var argument = call.ArgumentList.Arguments.FirstOrDefault()?.Expression;
        if (argument is null)
        {
            yield break;
        }

        var known = site.Finding.Property(FixData.BaseKey);
        var inner = OwnedBlock.Bare(argument);
        var text = known.Length > 0 ? known : StartKeptIn(site, inner) ?? BaseOf(inner)?.ToString();
        if (text is null || text == inner.ToString())
        {
            foreach (var guarded in MayThrowBefore(call) ? new[] { true, false } : [false, true])
            {
                yield return RememberStart(site, inner, guarded);
            }

            yield break;
        }

        var replaced = new TextEdits();
        var around = inner;
        while (around.Parent is ParenthesizedExpressionSyntax parenthesized)
        {
            around = parenthesized;
        }

        replaced.Replace(around.Span, text);
        yield return Plan.Of($"Release '{text}'", replaced);
    }

    /// <summary>The variable that <paramref name="released"/> was made of, when that is the one which was allocated and it has not moved since.</summary>
    private static string? StartKeptIn(FixSite site, ExpressionSyntax released)
    {
        if (released is not IdentifierNameSyntax || site.Model.GetSymbolInfo(released, site.CancellationToken).Symbol is not ILocalSymbol local
            || local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator
            || BaseOf(initial) is not IdentifierNameSyntax start || site.Model.GetSymbolInfo(start, site.CancellationToken).Symbol is not ILocalSymbol first
            || first.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } allocated }
            || site.Finding.PlacesOf(FixData.Allocation).All(place => place != OwnedBlock.Bare(allocated).Span)
            || declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } body)
        {
            return null;
        }

        var moved = body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == first.Name).Any(name => name.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == name,
            PrefixUnaryExpressionSyntax prefix => prefix.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression,
            PostfixUnaryExpressionSyntax => true,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
            _ => false,
        });
        return moved ? null : first.Name;
    }

    /// <summary>Something else than the release is called in the statements around it.</summary>
    private static bool MayThrowBefore(InvocationExpressionSyntax release) =>
        StatementList.Around(release).FirstOrDefault()?.Statements.SelectMany(statement => statement.DescendantNodes())
            .Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or ThrowStatementSyntax && node.SpanStart < release.SpanStart && node.Parent is not (CastExpressionSyntax or EqualsValueClauseSyntax)) == true;

    /// <summary>The pointer moves on its way: a second variable keeps where it began, and is released in a <c>finally</c> where something throws in between.</summary>
    private static Plan? RememberStart(FixSite site, ExpressionSyntax released, bool guarded)
    {
        if (released is not IdentifierNameSyntax
            || OwnedBlock.Find(site) is not { IsWholeStatement: true, Owner: ILocalSymbol, Statement: { } statement } block
            || block.References(released).Any() == false
            || site.Finding.PlacesOf(FixData.Allocation).All(place => place != block.Allocation.Span)
            || !site.Layout.StartsLine(statement.SpanStart))
        {
            return null;
        }

        var name = NewName.Free(site, statement.SpanStart, "start");
        var declaration = $"var {name} = {block.OwnerText};";
        var title = $"Remember the start of '{block.OwnerText}' and release that";
        var edits = new TextEdits();
        if (guarded)
        {
            if (StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).FirstOrDefault() is not { } list
                || released.FirstAncestorOrSelf<StatementSyntax>() is not { } release
                || !list.Statements.Contains(release))
            {
                return null;
            }

            var guard = new TryFinallyEdits(site, list, list.IndexOf(statement) + 1);
            guard.Edits.Replace(released.Span, name);
            return guard.Guard(list.IndexOf(release), reuse: true, null, [declaration]) ? Plan.Of(title, guard.Edits) : null;
        }

        edits.Insert(site.Layout.NextLine(statement.Span.End), site.Layout.IndentAt(statement.SpanStart) + declaration + site.Layout.NewLine);
        edits.Replace(released.Span, name);
        return Plan.Of(title, edits);
    }

    /// <summary>No allocation ever reaches the variable: its release can go.</summary>
    private static bool IsNeverAllocated(FixSite site, ExpressionSyntax released)
    {
        if (released is not IdentifierNameSyntax name || site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is not ILocalSymbol local)
        {
            return released is PrefixUnaryExpressionSyntax;
        }

        var body = local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken).FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var values = body?.DescendantNodes().Select(node => node switch
        {
            VariableDeclaratorSyntax declarator when declarator.Identifier.ValueText == local.Name => declarator.Initializer?.Value,
            AssignmentExpressionSyntax assignment when assignment.Left.ToString() == local.Name => assignment.Right,
            _ => null,
        });
        return values?.All(value => value is null || value.DescendantNodesAndSelf().All(node => node is not InvocationExpressionSyntax)) == true;
    }

    /// <summary><c>p</c> of <c>p + n</c>, <c>p - n</c> and <c>&amp;p[n]</c>.</summary>
    private static ExpressionSyntax? BaseOf(ExpressionSyntax address)
    {
        var inner = OwnedBlock.Bare(address);
        return inner switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } sum => BaseOf(sum.Left),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression, Operand: ElementAccessExpressionSyntax element } => BaseOf(element.Expression),
            IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => inner,
            _ => null,
        };
    }
}
