using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A name for a block that is allocated inside a larger expression: how it is declared, what stands in the expression then, and how it is released.</summary>
internal sealed record NamedBlock(string Declaration, string Replacement, IReadOnlyList<string> Release)
{
    /// <summary>
    /// The ways to name <paramref name="block"/> before <paramref name="whole"/>, in which it is allocated: allocated there,
    /// when nothing comes before it and it always is; otherwise declared empty, and assigned where it is allocated.
    /// </summary>
    /// <param name="block">A block without an owner.</param>
    /// <param name="whole">The statement or the expression around it.</param>
    /// <param name="at">The node in which the release will stand.</param>
    /// <param name="unit">One step of indentation.</param>
    public static IEnumerable<NamedBlock> Of(OwnedBlock block, SyntaxNode whole, SyntaxNode at, string unit)
    {
        var site = block.Site;
        if (!IsPassedOn(block) || site.Model.GetTypeInfo(block.Allocation, site.CancellationToken).Type is not { } type)
        {
            yield break;
        }

        var name = NewName.For(site, whole.SpanStart, type);
        if (ReleaseText.Call(site, site.ReleaseTemplate, name, type, block.Allocation.SpanStart, at) is not { } release)
        {
            yield break;
        }

        IReadOnlyList<string> Lines(bool mayBeNothing)
        {
            IReadOnlyList<string> lines = mayBeNothing ? ReleaseText.Guarded(site, name, type, release.Text, unit) : [release.Text + ";"];
            return site.Layout.Styled(release.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines, at);
        }

        if (IsFirst(block, whole))
        {
            yield return new NamedBlock($"{LocalType.Of(site, block.Allocation, null)} {name} = {block.Allocation};", name, Lines(mayBeNothing: false));
        }

        if (IsEvaluatedOnce(block, whole))
        {
            var assigned = $"{name} = {block.Allocation}";
            yield return new NamedBlock(
                Empty(site, name, type, block.Allocation.SpanStart),
                block.Allocation.Parent is ArgumentSyntax ? assigned : "(" + assigned + ")",
                Lines(mayBeNothing: true));
        }
    }

    /// <summary>The declaration of a local that holds nothing yet.</summary>
    public static string Empty(FixSite site, string name, ITypeSymbol type, int position)
    {
        var annotated = type.IsReferenceType && site.Model.GetNullableContext(position).AnnotationsEnabled();
        var declared = type.SpecialType == SpecialType.System_IntPtr ? ReleaseText.NativeInteger(site, position)
            : type.WithNullableAnnotation(annotated ? NullableAnnotation.Annotated : NullableAnnotation.None).ToMinimalDisplayString(site.Model, position);
        return $"{declared} {name} = {(type is IPointerTypeSymbol || type.IsReferenceType ? "null" : "default")};";
    }

    /// <summary>The block is an argument or a receiver, or read or written at once, or one of the values that may be, and not stored anywhere.</summary>
    private static bool IsPassedOn(OwnedBlock block)
    {
        var value = OwnedBlock.Dressed(block.Allocation);
        while (value.Parent is ConditionalExpressionSyntax conditional && conditional.Condition != value || value.Parent is SwitchExpressionArmSyntax)
        {
            value = OwnedBlock.Dressed((ExpressionSyntax)(value.Parent is SwitchExpressionArmSyntax arm ? arm.Parent! : value.Parent));
        }

        return value.Parent is MemberAccessExpressionSyntax or IsPatternExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } or ElementAccessExpressionSyntax or ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax };
    }

    /// <summary>Nothing in <paramref name="whole"/> that does something is evaluated before the allocation, and the allocation always is.</summary>
    private static bool IsFirst(OwnedBlock block, SyntaxNode whole)
    {
        for (SyntaxNode node = block.Allocation; node != whole; node = node.Parent!)
        {
            if (node.Parent is ConditionalExpressionSyntax or SwitchExpressionArmSyntax or AnonymousFunctionExpressionSyntax or ConditionalAccessExpressionSyntax or ElseClauseSyntax
                || (node is StatementSyntax && node != whole)
                || (node.Parent is BinaryExpressionSyntax binary && binary.Right == node && binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression))
            {
                return false;
            }
        }

        return !whole.DescendantNodes().Any(node => node.Span.End <= block.Allocation.SpanStart
            && node is InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or ObjectCreationExpressionSyntax or PostfixUnaryExpressionSyntax);
    }

    /// <summary>Whoever runs <paramref name="whole"/> allocates once or not at all: no loop and no function in between.</summary>
    public static bool IsEvaluatedOnce(OwnedBlock block, SyntaxNode whole) =>
        block.Allocation.AncestorsAndSelf().TakeWhile(node => node != whole.Parent).All(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or QueryExpressionSyntax or TryStatementSyntax)
            && (node is not CommonForEachStatementSyntax loop || loop.Expression.Span.Contains(block.Allocation.Span)));
}
