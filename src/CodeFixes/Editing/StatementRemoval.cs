using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>Takes statements out of a text, with the line they stand on and nothing else.</summary>
internal static class StatementRemoval
{
    /// <summary>Removes <paramref name="statements"/>, and the branches of an <c>if</c> that are empty without them: all of it, when both are and its condition does nothing.</summary>
    /// <returns>The statements that are gone then.</returns>
    public static IReadOnlyCollection<StatementSyntax> Remove(FixSite site, TextEdits edits, params StatementSyntax[] statements)
    {
        var gone = new HashSet<StatementSyntax>(statements);
        while (gone.Select(Branch).Select(branch => branch.Parent as IfStatementSyntax ?? (branch.Parent as ElseClauseSyntax)?.Parent as IfStatementSyntax).FirstOrDefault(test => test is not null && !gone.Contains(test) && IsEmptied(test)) is { } test)
        {
            gone.Add(test);
        }

        while (gone.Select(statement => (statement.Parent as BlockSyntax)?.Parent as ForStatementSyntax ?? statement.Parent as ForStatementSyntax).FirstOrDefault(loop => loop is not null && !gone.Contains(loop) && IsGone(loop.Statement) && OnlyCounts(site, loop)) is { } loop)
        {
            gone.Add(loop);
        }

        var branches = gone.Where(statement => !statement.Ancestors().Any(outer => outer is StatementSyntax around && gone.Contains(around))).Select(Branch).Distinct().ToList();
        foreach (var branch in branches)
        {
            if (branch.Parent is ElseClauseSyntax { Parent: IfStatementSyntax { Statement: var then } } clause && !HasTrivia(site, TextSpan.FromBounds(then.Span.End, branch.SpanStart)))
            {
                edits.Delete(TextSpan.FromBounds(then.Span.End, clause.Span.End));
            }
            else if (branch.Parent is IfStatementSyntax { Else: { Statement: not IfStatementSyntax } otherwise } turned && !HasTrivia(site, TextSpan.FromBounds(branch.SpanStart, otherwise.Statement.SpanStart)))
            {
                // What is left is the other branch, under the opposite condition.
                edits.Replace(turned.Condition.Span, Negation.Of(site, turned.Condition));
                var wholeLines = site.Layout.StartsLine(branch.SpanStart) && site.Layout.StartsLine(otherwise.Statement.SpanStart);
                edits.Delete(wholeLines ? TextSpan.FromBounds(site.Layout.LineStart(branch.SpanStart), site.Layout.LineStart(otherwise.Statement.SpanStart)) : TextSpan.FromBounds(branch.SpanStart, otherwise.Statement.SpanStart));
            }
            else if (branch.Parent is IfStatementSyntax { Else: null } asking && IsGone(branch) && AskedFor(asking.Condition) is { } asked)
            {
                // What the condition does has still to be done, but nobody needs to know what came of it.
                edits.Replace(asking.Span, asked + ";");
            }
            else
            {
                foreach (var statement in gone.Where(statement => Branch(statement) == branch))
                {
                    RemoveOne(site, edits, statement);
                }
            }
        }

        return gone;

        StatementSyntax Branch(StatementSyntax statement) =>
            statement.Parent is BlockSyntax { Parent: IfStatementSyntax or ElseClauseSyntax } block && IsGone(block) ? block : statement;

        bool IsGone(StatementSyntax statement) =>
            gone.Contains(statement) || (statement is BlockSyntax block && block.Statements.All(gone.Contains) && !HasTrivia(block));

        bool IsEmptied(IfStatementSyntax test) => IsGone(test.Statement) && (test.Else is null || (IsGone(test.Else.Statement) && !HasTrivia(test.Else))) && IsSilent(site, test.Condition);
    }

    /// <summary>The head of the loop does nothing but count a variable of its own.</summary>
    private static bool OnlyCounts(FixSite site, ForStatementSyntax loop) =>
        loop is { Parent: BlockSyntax, Declaration.Variables: { Count: 1 } variables, Condition: { } condition, Incrementors: { Count: 1 } steps } && !HasTrivia(site, loop.Span) && IsSilent(site, condition) && variables[0].Initializer is { } first && IsSilent(site, first.Value)
        && IsStep(steps[0]) && steps[0].DescendantNodes().OfType<IdentifierNameSyntax>().All(name => name.Identifier.ValueText == variables[0].Identifier.ValueText);

    /// <summary>The one call or step, <c>++n</c>, that a condition consists of, but for what its result is compared with.</summary>
    private static ExpressionSyntax? AskedFor(ExpressionSyntax condition)
    {
        while (true)
        {
            switch (condition)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    condition = parenthesized.Expression;
                    break;
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negated:
                    condition = negated.Operand;
                    break;
                case BinaryExpressionSyntax { Right: LiteralExpressionSyntax } compared when compared.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression or SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression:
                    condition = compared.Left;
                    break;
                case BinaryExpressionSyntax { Right: IdentifierNameSyntax } compared when IsStep(compared.Left) && compared.OperatorToken.Kind() is SyntaxKind.EqualsEqualsToken or SyntaxKind.ExclamationEqualsToken or SyntaxKind.LessThanToken or SyntaxKind.LessThanEqualsToken or SyntaxKind.GreaterThanToken or SyntaxKind.GreaterThanEqualsToken:
                    condition = compared.Left;
                    break;
                case InvocationExpressionSyntax or AwaitExpressionSyntax { Expression: InvocationExpressionSyntax }:
                    return condition;
                case not null when IsStep(condition):
                    return condition;
                default:
                    return null;
            }
        }
    }

    private static bool IsStep(ExpressionSyntax value) => value.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression;

    /// <summary>The lines of <paramref name="span"/> when nothing else stands on them, with a blank line that would end or begin a block; otherwise the span and the blanks after it.</summary>
    public static TextSpan LinesOf(FixSite site, TextSpan span)
    {
        var layout = site.Layout;
        var end = span.End;
        var trailing = site.Root.FindToken(Math.Max(span.Start, span.End - 1)).TrailingTrivia;
        var hasComment = trailing.Any(trivia => !string.IsNullOrWhiteSpace(trivia.ToString()));
        if (layout.StartsLine(span.Start) && (layout.EndsLine(end) || hasComment))
        {
            var start = layout.LineStart(span.Start);
            var next = layout.NextLine(end);
            var closes = next < site.Text.Length && (layout.IsBlankLine(next) || site.Text.ToString(site.Text.Lines.GetLineFromPosition(next).Span).TrimStart().StartsWith("}", StringComparison.Ordinal));
            if (closes && start > 0 && layout.IsBlankLine(layout.LineStart(start - 1)))
            {
                start = layout.LineStart(start - 1);
            }

            var opens = start > 0 && site.Text.ToString(site.Text.Lines.GetLineFromPosition(start - 1).Span).TrimEnd().EndsWith("{", StringComparison.Ordinal);
            return TextSpan.FromBounds(start, opens && next < site.Text.Length && layout.IsBlankLine(next) ? layout.NextLine(next) : next);
        }

        while (end < site.Text.Length && site.Text[end] is ' ' or '\t')
        {
            end++;
        }

        return TextSpan.FromBounds(span.Start, end);
    }

    private static void RemoveOne(FixSite site, TextEdits edits, StatementSyntax statement)
    {
        if (statement.Parent is LabeledStatementSyntax { Parent: BlockSyntax { Statements: var all } } label && all.Last() != label && site.Layout.StartsLine(statement.SpanStart))
        {
            // The label goes to the next statement.
            edits.Delete(LinesOf(site, statement.Span));
        }
        else if (statement.Parent is not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax))
        {
            edits.Replace(statement.Span, "{ }");
        }
        else
        {
            edits.Delete(LinesOf(site, statement.Span));
        }
    }

    /// <summary>A comment or a directive stands in <paramref name="span"/>.</summary>
    private static bool HasTrivia(FixSite site, TextSpan span) =>
        site.Root.DescendantTrivia(span).Any(trivia => span.Contains(trivia.Span) && !string.IsNullOrWhiteSpace(trivia.ToString()));

    private static bool HasTrivia(SyntaxNode node) => node.DescendantTrivia().Any(trivia => !string.IsNullOrWhiteSpace(trivia.ToString()));

    /// <summary>Whether nothing is missed when <paramref name="condition"/> is not asked: at most methods of the project that only give what they have.</summary>
    public static bool IsSilent(FixSite site, ExpressionSyntax condition) =>
        condition.DescendantNodesAndSelf().All(node => node is InvocationExpressionSyntax call ? site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol method && (OnlyGives(site, method) || IsAskedAgain(call, method) || OnlyLooks(method)) : !Does(node));

    private static bool Does(SyntaxNode node) => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or ObjectCreationExpressionSyntax or PostfixUnaryExpressionSyntax or DeclarationPatternSyntax or ElementAccessExpressionSyntax or DeclarationExpressionSyntax || node.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression;

    /// <summary>A question to the library that changes nothing: <c>string.IsNullOrEmpty(text)</c>, <c>text.StartsWith("x")</c>.</summary>
    private static bool OnlyLooks(IMethodSymbol method) =>
        method is { ReturnType.SpecialType: SpecialType.System_Boolean, DeclaringSyntaxReferences.IsEmpty: true, ContainingNamespace: { } space, Name: var name } && (space.ToDisplayString() is "System" || space.ToDisplayString().StartsWith("System.", StringComparison.Ordinal))
        && (name is "Contains" or "ContainsKey" or "StartsWith" or "EndsWith" or "Equals" or "HasFlag" || (name.StartsWith("Is", StringComparison.Ordinal) && name.Length > 2 && char.IsUpper(name[2]))) && method.Parameters.All(parameter => parameter.RefKind is RefKind.None or RefKind.In);

    /// <summary>A <c>GetX()</c> without arguments that the member asks elsewhere as well: once less makes no difference.</summary>
    private static bool IsAskedAgain(InvocationExpressionSyntax call, IMethodSymbol method) =>
        method is { ReturnsVoid: false, Parameters.IsEmpty: true, Name: var name } && name.StartsWith("Get", StringComparison.Ordinal) && !name.StartsWith("GetNext", StringComparison.Ordinal) && !name.EndsWith("Async", StringComparison.Ordinal)
        && call.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax)?.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(other => other != call && other.IsEquivalentTo(call)) == true;

    /// <summary>The method is <c>=> _field</c> or the like.</summary>
    private static bool OnlyGives(FixSite site, IMethodSymbol method) => method is { IsVirtual: false, IsAbstract: false, IsOverride: false, IsAsync: false, DeclaringSyntaxReferences: { Length: 1 } declared }
        && declared[0].GetSyntax(site.CancellationToken) is MethodDeclarationSyntax declaration
        && ((declaration.Body is { Statements: { Count: 1 } statements } ? (statements[0] as ReturnStatementSyntax)?.Expression : declaration.ExpressionBody?.Expression) is { } given && !given.DescendantNodesAndSelf().Any(Does));
}
