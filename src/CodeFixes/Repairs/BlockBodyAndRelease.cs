using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Gives a member, local function or lambda that is one expression a block, in which what the expression allocates has a name and is released.</summary>
internal sealed class BlockBodyAndRelease : Repair
{
    public override string Name => "BlockBody";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || OwnedBlock.Find(site) is not { Owner: null, Statement: null } block || BodyOf(site, block.Allocation) is not { } body || !CanMove(site, body.Expression, body.Span))
        {
            yield break;
        }

        var unit = site.Layout.UnitAt(body.Owner.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? site.Root);
        var braceEndsLine = site.Layout.BraceEndsLine(body.Owner);
        foreach (var named in NamedBlock.Of(block, body.Expression, body.Owner, unit))
        {
            var value = site.Text.ToString(TextSpan.FromBounds(body.Expression.SpanStart, NameAndRelease.PlaceOf(block, named).Start)) + named.Replacement + site.Text.ToString(TextSpan.FromBounds(NameAndRelease.PlaceOf(block, named).End, body.Expression.Span.End));
            var (from, to) = (site.Layout.IndentAt(body.Expression.SpanStart), site.Layout.IndentAt(body.Owner.SpanStart) + unit + unit);
            value = string.Join("\n", value.Split('\n').Select((line, i) => i == 0 || !line.StartsWith(from, StringComparison.Ordinal) || line.Trim().Length == 0 ? line : to + line.Substring(from.Length)));
            var guarded = Block(braceEndsLine, "try", [(body.ReturnsValue ? "return " : string.Empty) + value + ";"], unit).ToList();
            var releasing = Block(braceEndsLine, "finally", named.Release, unit);
            if (braceEndsLine)
            {
                guarded.RemoveAt(guarded.Count - 1);
                releasing = releasing.Select((line, i) => i == 0 ? "} " + line : line);
            }

            var isUsed = site.ReleaseTemplate.StartsWith("{0}.Dispose()", StringComparison.Ordinal) && NameAndRelease.IsUsable(site, block, named);
            var lines = Block(braceEndsLine, string.Empty, isUsed ? ["using " + named.Declaration, (body.ReturnsValue ? "return " : string.Empty) + value + ";"] : new[] { named.Declaration }.Concat(guarded).Concat(releasing), unit);
            if (body.Owner is BasePropertyDeclarationSyntax)
            {
                lines = Block(braceEndsLine, string.Empty, Block(braceEndsLine, "get", lines.Skip(1).Take(lines.Count() - 2).Select(line => line.Substring(unit.Length)), unit), unit);
            }

            var indent = site.Layout.IndentAt(body.Owner.SpanStart);
            var text = string.Join(site.Layout.NewLine, lines.Select(line => indent + line));
            var edits = new TextEdits();
            var comment = body.Expression.Parent is ArrowExpressionClauseSyntax arrow ? ExpressionBody.CommentOf(site, edits, arrow, arrow.GetLastToken().GetNextToken(), braceEndsLine) : string.Empty;
            edits.Replace(body.Span, braceEndsLine ? " " + text.Substring(indent.Length) : comment + site.Layout.NewLine + text);
            yield return Plan.Of(isUsed ? "Name the object and declare it with 'using'" : "Name the block and release it in a finally block", edits);
        }
    }

    /// <summary>No comment or directive is lost, and no string that spans lines changes, when the expression moves.</summary>
    private static bool CanMove(FixSite site, ExpressionSyntax expression, TextSpan span) =>
        !site.Root.DescendantTrivia(span).Any(trivia => !expression.Span.Contains(trivia.Span) && (trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal)))
        && !expression.DescendantTrivia().Any(trivia => trivia.IsDirective)
        && !expression.DescendantTokens().Any(token => token.ToString().Contains("\n"));

    /// <summary>The lines of <c>head { inner }</c>.</summary>
    private static IEnumerable<string> Block(bool braceEndsLine, string head, IEnumerable<string> inner, string unit)
    {
        string[] opening = head.Length == 0 ? ["{"] : braceEndsLine ? [head + " {"] : [head, "{"];
        return opening.Concat(inner.Select(line => unit + line)).Append("}");
    }

    private static (SyntaxNode Owner, ExpressionSyntax Expression, TextSpan Span, bool ReturnsValue)? BodyOf(FixSite site, ExpressionSyntax allocation)
    {
        foreach (var node in allocation.Ancestors())
        {
            switch (node)
            {
                case LambdaExpressionSyntax { ExpressionBody: { } value } lambda:
                    return site.Model.GetSymbolInfo(lambda, site.CancellationToken).Symbol is IMethodSymbol called ? (lambda, value, TextSpan.FromBounds(lambda.ArrowToken.Span.End, value.Span.End), HasResult(called)) : null;
                case ArrowExpressionClauseSyntax { Parent: { } owner } arrow:
                    var method = site.Model.GetDeclaredSymbol(owner, site.CancellationToken) switch { IMethodSymbol declared => declared, IPropertySymbol property => property.GetMethod, _ => null };
                    return method is null ? null : (owner, arrow.Expression, TextSpan.FromBounds(arrow.ArrowToken.GetPreviousToken().Span.End, arrow.GetLastToken().GetNextToken().Span.End), HasResult(method));
                case StatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private static bool HasResult(IMethodSymbol method) => !method.ReturnsVoid && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 0 });
}
