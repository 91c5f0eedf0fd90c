using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Checks;

/// <summary>
/// What a <c>finally</c> releases must not have been released in its <c>try</c> by the same words. The analyzer says nothing
/// of an object that is disposed of twice, since most bear it; a repair does not rely on that.
/// </summary>
internal static class OnceCheck
{
    public static bool Passes(Plan plan, Outcome outcome, CancellationToken cancellationToken)
    {
        var root = outcome.Tree.GetRoot(cancellationToken);
        var written = Outcome.NewSpans(plan.Changes).ToList();
        var tries = written.Select(span => root.FindNode(span)).SelectMany(node => node.AncestorsAndSelf().TakeWhile(around => around is not MemberDeclarationSyntax || around is GlobalStatementSyntax).Concat(node.DescendantNodes())).OfType<TryStatementSyntax>();
        var usings = written.Select(span => root.FindNode(span)).SelectMany(node => node.AncestorsAndSelf().OfType<LocalDeclarationStatementSyntax>().Take(1).Concat(node.DescendantNodes().OfType<LocalDeclarationStatementSyntax>()));
        return tries.Distinct().Where(statement => statement.Finally is not null).All(statement => IsReleasedOnce(statement, written) && !GivesReleased(statement, written))
            && !usings.Distinct().Any(declared => declared.UsingKeyword.RawKind != 0 && written.Exists(span => span.OverlapsWith(declared.UsingKeyword.Span)) && declared.Declaration.Variables.Any(variable => Gives(declared.Parent!, variable.Identifier.ValueText)))
            && written.Select(span => root.FindNode(span)).SelectMany(node => node.DescendantNodesAndSelf()).OfType<StatementSyntax>().Distinct().Where(statement => written.Exists(span => span.OverlapsWith(statement.Span))).All(FollowsNoOther)
            && written.Select(span => root.FindNode(span)).SelectMany(node => node.DescendantNodesAndSelf()).OfType<ExpressionStatementSyntax>().Where(statement => written.Exists(span => span.OverlapsWith(statement.Span))).All(release => !IsPending(release, outcome, cancellationToken) && !IsPutAwayBefore(release));
    }

    /// <summary>
    /// What is released was written through a pointer before, <c>*link = node;</c>, and nothing leaves in between: no analysis says
    /// what is there then, but somebody finds it.
    /// </summary>
    private static bool IsPutAwayBefore(ExpressionStatementSyntax release)
    {
        if (release.Expression is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } || OwnedBlock.Bare(arguments[0].Expression) is not IdentifierNameSyntax released
            || release.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) is not { } member)
        {
            return false;
        }

        return member.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Span.End < release.SpanStart && assignment.Left is PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax }
            && OwnedBlock.Bare(assignment.Right) is IdentifierNameSyntax stored && stored.Identifier.ValueText == released.Identifier.ValueText && Reaches(assignment, release)
            && !member.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(other => other.Left.ToString() == released.Identifier.ValueText && other.SpanStart > assignment.SpanStart && other.Span.End < release.SpanStart));
    }

    /// <summary>No list around <paramref name="from"/> that does not hold <paramref name="to"/> ends by leaving the function.</summary>
    private static bool Reaches(SyntaxNode from, SyntaxNode to) =>
        from.Ancestors().TakeWhile(node => !node.Span.Contains(to.Span)).OfType<BlockSyntax>().All(list => list.Statements.Last() is not (ReturnStatementSyntax or ThrowStatementSyntax));

    /// <summary>
    /// A task that was given what is released may still be at work: somebody waits for the first of several, or for a time
    /// (<c>Task.WhenAny(reading, Task.Delay(100))</c>), and not for it before the release.
    /// </summary>
    private static bool IsPending(ExpressionStatementSyntax release, Outcome outcome, CancellationToken cancellationToken)
    {
        var body = release.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? release.SyntaxTree.GetRoot(cancellationToken);
        var waits = body.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WhenAny" or "WaitAny" or "WaitAsync" } && call.SpanStart < release.SpanStart).ToList();
        if (waits.Count == 0 || release.Expression is not InvocationExpressionSyntax freeing)
        {
            return false;
        }

        var names = freeing.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText).ToList();
        bool Mentions(SyntaxNode node, string name) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(other => other.Identifier.ValueText == name);
        foreach (var task in body.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(variable => variable.Initializer is { } work && variable.SpanStart < release.SpanStart && names.Exists(name => work.Value is InvocationExpressionSyntax call && Mentions(call.ArgumentList, name))))
        {
            var name = task.Identifier.ValueText;
            if (outcome.Model.GetDeclaredSymbol(task, cancellationToken) is ILocalSymbol { Type.Name: "Task" or "ValueTask" } && waits.Exists(wait => Mentions(wait, name))
                && !release.Ancestors().OfType<BlockSyntax>().SelectMany(list => list.Statements.Where(statement => statement.Span.End <= release.SpanStart)).Any(statement => statement.DescendantNodes().Any(node => node is AwaitExpressionSyntax { Expression: IdentifierNameSyntax awaited } && awaited.Identifier.ValueText == name
                    || node is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax waited, Name.Identifier.ValueText: "Wait" or "Result" } && waited.Identifier.ValueText == name)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the new <c>finally</c> releases in any case is what the body gives: the analysis of an object that is handed out may have seen only a way that throws.</summary>
    private static bool GivesReleased(TryStatementSyntax statement, List<TextSpan> written) =>
        statement.Finally!.Block.Statements.OfType<ExpressionStatementSyntax>().Where(release => written.Exists(span => span.OverlapsWith(release.Span)) && IsDisposal(release))
            .Any(release => release.Expression.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault() is { } released && Gives(statement.Block, released.Identifier.ValueText));

    private static bool Gives(SyntaxNode body, string name) =>
        body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().Any(exit => exit.Expression is { } value && IsAmong(value, name));

    private static bool IsAmong(ExpressionSyntax value, string name) => OwnedBlock.Bare(value) switch
    {
        IdentifierNameSyntax given => given.Identifier.ValueText == name,
        ConditionalExpressionSyntax choice => IsAmong(choice.WhenTrue, name) || IsAmong(choice.WhenFalse, name),
        TupleExpressionSyntax tuple => tuple.Arguments.Any(argument => IsAmong(argument.Expression, name)),
        _ => false,
    };

    /// <summary>Nothing before the release in the same list has released by the same words already, and nothing behind it will.</summary>
    private static bool FollowsNoOther(StatementSyntax release)
    {
        StatementSyntax whole = release.Parent as IfStatementSyntax ?? release;
        if (WordsOf(release) is not { } words || whole.Parent is not BlockSyntax list)
        {
            return true;
        }

        var isLast = list.Statements.Last() is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax;
        return !list.Statements.TakeWhile(statement => statement != whole).Any(earlier => WordsOf(earlier) == words && !IsGivenAnother(earlier))
            && (isLast || IsGivenAnother(whole) || !Behind(whole).Any(later => WordsOf(later) == words));
    }

    /// <summary>What stands behind the statement in the lists around it, as far as its function goes, up to where something is assigned.</summary>
    private static IEnumerable<StatementSyntax> Behind(StatementSyntax statement)
    {
        foreach (var node in statement.AncestorsAndSelf().TakeWhile(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or CatchClauseSyntax or FinallyClauseSyntax)))
        {
            if (node.Parent is BlockSyntax list)
            {
                foreach (var later in list.Statements.SkipWhile(other => other != node).Skip(1))
                {
                    if (later is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax } or ReturnStatementSyntax)
                    {
                        yield break;
                    }

                    foreach (var inner in later.DescendantNodesAndSelf(inside => inside is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<StatementSyntax>())
                    {
                        yield return inner;
                    }
                }
            }
        }
    }

    private static bool IsReleasedOnce(TryStatementSyntax statement, List<TextSpan> written)
    {
        bool IsNew(SyntaxNode node) => written.Exists(span => span.OverlapsWith(node.Span));
        var releases = Statements(statement.Finally!.Block).Select(release => (Node: (SyntaxNode)release, Words: WordsOf(release))).Where(release => release.Words is not null).ToList();
        return releases.Count == 0 || Statements(statement.Block).Concat(statement.Catches.SelectMany(clause => Statements(clause.Block))).All(other => WordsOf(other) is not { } words
            || !releases.Exists(release => release.Words == words && (IsNew(release.Node) || IsNew(other))) || IsGivenAnother(other));
    }

    private static IEnumerable<StatementSyntax> Statements(BlockSyntax block) =>
        block.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<StatementSyntax>().Where(statement => statement is ExpressionStatementSyntax or CommonForEachStatementSyntax);

    /// <summary>A disposal that names a variable, or a loop that makes it for each element of one, without what is only for the compiler.</summary>
    private static string? WordsOf(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or ConditionalAccessExpressionSyntax or AwaitExpressionSyntax } call when IsDisposal(call) => Plain(call.Expression),
        ForEachStatementSyntax { Expression: IdentifierNameSyntax all } loop when (loop.Statement is BlockSyntax { Statements: { Count: 1 } only } ? only[0] : loop.Statement) is ExpressionStatementSyntax inner && IsDisposal(inner)
            && Plain(inner.Expression) is var words && words.Contains(loop.Identifier.ValueText) => all + ":" + words.Replace(loop.Identifier.ValueText, "_"),
        _ => null,
    };

    /// <summary>Of all other releases the analyzer tells whether they come twice.</summary>
    private static bool IsDisposal(ExpressionStatementSyntax call) => call.Expression.ToString() is var text && (text.Contains(".Dispose") || text.Contains(".Close("));

    private static string Plain(ExpressionSyntax call) => new(call.ToString().Where(letter => !char.IsWhiteSpace(letter) && letter is not ('?' or '!')).ToArray());

    /// <summary>Behind the release the variable is given another block, or none.</summary>
    private static bool IsGivenAnother(StatementSyntax release)
    {
        var names = release.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText).ToList();
        return release.Parent is { } list && list.ChildNodes().Where(node => node.SpanStart > release.SpanStart).SelectMany(node => node.DescendantNodes()).Any(node => node switch
        {
            AssignmentExpressionSyntax assignment => names.Contains((assignment.Left as IdentifierNameSyntax)?.Identifier.ValueText ?? (assignment.Left as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText ?? string.Empty),
            ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => names.Contains(argument.Expression.ToString()),
            _ => false,
        });
    }
}
