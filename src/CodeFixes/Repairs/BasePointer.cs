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

        if (reason is FixData.ReasonStack or FixData.ReasonPinned or FixData.ReasonAddressOfLocal or FixData.ReasonNotRented)
        {
            if (call.Parent is ExpressionStatementSyntax statement)
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
        var text = known.Length > 0 ? known : BaseOf(inner)?.ToString();
        if (text is null || text == inner.ToString())
        {
            yield break;
        }

        var replaced = new TextEdits();
        replaced.Replace(inner.Span, text);
        yield return Plan.Of($"Release '{text}'", replaced);
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
