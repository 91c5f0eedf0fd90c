using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A body takes a block out of an object that owns it, <c>var p = holder.Detach();</c>, <c>var p = _p; _p = null;</c>,
/// <c>var run = _runs.Dequeue();</c>, uses it and forgets it: it is released when that is done.
/// </summary>
internal sealed class ReleaseDetached : Repair
{
    public override string Name => "ReleaseDetached";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason is not (FixData.ReasonOverwritten or FixData.ReasonCollection))
        {
            yield break;
        }

        var taken = site.Finding.PlacesOf(FixData.Overwrite).Concat([site.Finding.Span]).Distinct().Select(span => site.NodeAt<ExpressionSyntax>(span)).OfType<ExpressionSyntax>().Select(node => Find(site, node)).OfType<Taken>()
            .GroupBy(one => one.Name).Select(group => group.First()).Where(one => !IsDoneWith(site, one)).OrderBy(one => one.From).ToList();
        if (taken.Count == 0)
        {
            foreach (var node in site.Finding.PlacesOf(FixData.Overwrite).Select(span => site.NodeAt<InvocationExpressionSyntax>(span)))
            {
                yield return InBranch(site, node);
            }

            yield break;
        }

        if (taken.Exists(one => one.List.Container != taken[0].List.Container))
        {
            yield break;
        }

        var list = taken[0].List;
        var start = taken[taken.Count - 1].From;
        var lines = taken.Select(one => Lines(site, one)).ToList();
        if (lines.Contains(null) || taken.Exists(one => one.From < start && !list.Statements.Skip(one.From).Take(start - one.From).All(statement => IsTaking(statement, taken))))
        {
            yield break;
        }

        var title = $"Release {string.Join(" and ", taken.Select(one => $"'{one.Name}'"))} in a finally block";
        var release = lines.SelectMany(one => one!).ToList();
        var end = list.CountWithoutTrailingFunctions();
        if (list.Statements.Skip(start).Take(end - start).All(statement => statement is ExpressionStatementSyntax call && ReleasingHelper.IsRelease(site, call)))
        {
            // What follows releases other blocks, or nothing follows: there is nothing to guard.
            var last = end > 0 ? list.Statements[end - 1] : null;
            var plain = new TextEdits();
            if (last is not null && site.Layout.StartsLine(last.SpanStart))
            {
                plain.Insert(site.Layout.NextLine(last.Span.End), site.Layout.Indented(release, site.Layout.IndentAt(last.SpanStart)));
                yield return Plan.Of(title.Replace(" in a finally block", string.Empty), plain);
            }

            yield break;
        }

        var edits = new TryFinallyEdits(site, list, start);
        yield return edits.Guard(end, reuse: false, release, []) ? Plan.Of(title, edits.Edits) : null;
    }

    /// <summary>The variable that gets what <paramref name="node"/> takes, and where it is alive from.</summary>
    private static Taken? Find(FixSite site, ExpressionSyntax node)
    {
        if (node is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax clearing } assignment && ReleaseCall.IsNothing(assignment.Right))
        {
            // var p = _p; _p = null;
            var around = StatementList.Around(clearing.Parent is GlobalStatementSyntax ? clearing.Parent : clearing).FirstOrDefault();
            var before = around?.Statements.TakeWhile(statement => statement != clearing).OfType<LocalDeclarationStatementSyntax>().LastOrDefault(statement => statement is { UsingKeyword.RawKind: 0, Declaration.Variables: { Count: 1 } variables } && variables[0].Initializer is { } first && OwnedBlock.Bare(first.Value).ToString() == assignment.Left.ToString());
            return before is null ? null : Of(site, before.Declaration.Variables[0], around!, around!.IndexOf(clearing) + 1);
        }

        var value = OwnedBlock.Bare(node);
        if (OwnedBlock.Dressed(value).Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables.Count: 1 } declared } declarator })
        {
            return StatementList.Around(declared.Parent is GlobalStatementSyntax ? declared.Parent : declared).FirstOrDefault() is { } list ? Of(site, declarator, list, list.IndexOf(declared) + 1) : null;
        }

        if (value is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call || arguments.Last() is not { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword, Expression: DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable } })
        {
            return null;
        }

        return call.Parent switch
        {
            // if (_runs.TryDequeue(out var run)) { ... }
            IfStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } then } test when test.Condition == call => Of(site, variable, StatementList.Around(then.Statements[0]).First(), 0),
            WhileStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } body } loop when loop.Condition == call => Of(site, variable, StatementList.Around(body.Statements[0]).First(), 0),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Parent: IfStatementSyntax { Else: null, Parent: BlockSyntax } test } when (test.Statement is BlockSyntax { Statements: { Count: > 0 } statements } ? statements.Last() : test.Statement) is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax
                && StatementList.Around(test).First() is { } list => Of(site, variable, list, list.IndexOf(test) + 1),
            _ => null,
        };
    }

    /// <summary><c>if (_runs.TryRemove(id, out var run)) return run.Length;</c>: the branch is given its braces, and keeps what it returns. Whoever is handed the block itself may keep it.</summary>
    private static Plan? InBranch(FixSite site, InvocationExpressionSyntax? call)
    {
        if (call is not { Parent: IfStatementSyntax { Statement: ReturnStatementSyntax { Expression: { } value } exit }, ArgumentList.Arguments: { Count: > 0 } arguments } || arguments.Last().Expression is not DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable }
            || site.Model.GetDeclaredSymbol(variable, site.CancellationToken) is not ILocalSymbol local || site.Model.GetTypeInfo(value, site.CancellationToken).ConvertedType is not { } type || !MoveReleaseAfterLastUse.IsPlainValue(type)
            || value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == local.Name && name.Parent is not MemberAccessExpressionSyntax)
            || ReleaseText.Call(site, site.ReleaseTemplate, local.Name, local.Type, exit.SpanStart, exit) is not { NeedsUnsafe: false } release)
        {
            return null;
        }

        var result = NewName.Free(site, exit.SpanStart, "result");
        var edits = new TextEdits();
        return EmbeddedStatement.Replace(site, edits, exit, [$"{LocalType.Of(site, value, type)} {result} = {value};", release.Text + ";", $"return {result};"]) ? Plan.Of($"Release '{local.Name}' before the exit", edits) : null;
    }

    private static Taken? Of(FixSite site, SyntaxNode declarator, StatementList list, int from) =>
        site.Model.GetDeclaredSymbol(declarator, site.CancellationToken) is ILocalSymbol { IsRef: false } local ? new Taken(local, local.Name, list, from) : null;

    /// <summary>The body releases it, or gives it to somebody: then it is another one that is lost.</summary>
    private static bool IsDoneWith(FixSite site, Taken taken) => taken.List.Statements.Skip(taken.From).SelectMany(statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == taken.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol, taken.Variable))
        .Any(name => OwnedBlock.Dressed(name).Parent switch
        {
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax call } } => ReleasingHelper.IsRelease(site, call) && OwnPair.IsReleaseName(ReleaseCall.NameOf((InvocationExpressionSyntax)call.Expression) ?? string.Empty) || GuardedRegion.IsPutAway(site, name, taken.List.Container),
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax call } } => OwnPair.IsReleaseName(ReleaseCall.NameOf((InvocationExpressionSyntax)call.Expression) ?? string.Empty),
            AssignmentExpressionSyntax or ReturnStatementSyntax or EqualsValueClauseSyntax => true,
            _ => false,
        });

    /// <summary>The statement takes another one of the blocks: between one and the next nothing else happens.</summary>
    private static bool IsTaking(StatementSyntax statement, List<Taken> taken) =>
        statement is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } && taken.Exists(one => one.Name == variables[0].Identifier.ValueText);

    private static IReadOnlyList<string>? Lines(FixSite site, Taken taken)
    {
        var at = taken.List.Container;
        var position = taken.List.Statements.Count > taken.From ? taken.List.Statements[taken.From].SpanStart : taken.List.Statements[taken.From - 1].Span.End;
        if (ReleaseText.Call(site, site.ReleaseTemplate, taken.Name, taken.Variable.Type, position, at) is not { NeedsUnsafe: false } call)
        {
            return null;
        }

        var mayBeNothing = site.Finding.Reason == FixData.ReasonOverwritten && (taken.Variable.Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr } || taken.Variable.Type.NullableAnnotation == NullableAnnotation.Annotated);
        return site.Layout.Styled(mayBeNothing ? ReleaseText.Guarded(site, taken.Name, taken.Variable.Type, call.Text, site.Layout.UnitAt(at)) : [call.Text + ";"], at);
    }

    private sealed record Taken(ILocalSymbol Variable, string Name, StatementList List, int From);
}
