using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A call may keep the block and says whether it did, and nobody listens: <c>Interlocked.CompareExchange(ref _slot, p, 0);</c>,
/// <c>table.TryAdd(key, p);</c>. What is not kept is released.
/// </summary>
internal sealed class ReleaseUnlessKept : Repair
{
    public override string Name => "UnlessKept";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (OwnedBlock.Find(site) is not { Owner: ILocalSymbol { IsRef: false, IsUsing: false }, Statement: { } allocation } block || StatementList.Around(allocation.Parent is GlobalStatementSyntax ? allocation.Parent : allocation).FirstOrDefault() is not { } list)
        {
            yield break;
        }

        foreach (var statement in list.Statements.OfType<ExpressionStatementSyntax>().Where(statement => statement.SpanStart > allocation.SpanStart && site.Layout.StartsLine(statement.SpanStart)))
        {
            var value = statement.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: var discarded } ? discarded : statement.Expression;
            if (value is not InvocationExpressionSyntax call || !call.ArgumentList.Arguments.Any(argument => IsBlock(block, argument)) || Refused(site, block, call) is not { } refused
                || ReleaseText.Lines(block, statement.SpanStart, statement, mayBeNothing: false, site.Layout.UnitAt(statement)) is not { } lines)
            {
                continue;
            }

            var unit = site.Layout.UnitAt(statement);
            var edits = new TextEdits();
            var indent = site.Layout.IndentAt(statement.SpanStart);
            edits.Replace(statement.Span, string.Join(site.Layout.NewLine + indent, site.Layout.Styled([$"if ({refused})", "{", .. lines.Select(line => unit + line), "}"], statement)));
            yield return Plan.Of($"Release '{block.OwnerText}' when it is not kept", edits);
        }

        foreach (var statement in list.Statements.OfType<ReturnStatementSyntax>().Where(statement => statement.SpanStart > allocation.SpanStart && site.Layout.StartsLine(statement.SpanStart)))
        {
            yield return Returned(site, block, statement);
        }
    }

    /// <summary>What the call says is returned: <c>return table.TryAdd(key, p);</c>.</summary>
    private static Plan? Returned(FixSite site, OwnedBlock block, ReturnStatementSyntax statement)
    {
        if (statement.Expression is not InvocationExpressionSyntax call || !call.ArgumentList.Arguments.Any(argument => IsBlock(block, argument)) || Refused(site, block, call) is not { } refused || refused[0] != '!'
            || ReleaseText.Lines(block, statement.SpanStart, statement, mayBeNothing: false, site.Layout.UnitAt(statement)) is not { } lines)
        {
            return null;
        }

        var unit = site.Layout.UnitAt(statement);
        var edits = new TextEdits();
        IReadOnlyList<string> written = site.Layout.Styled([$"if ({refused})", "{", .. lines.Select(line => unit + line), unit + "return false;", "}"], statement);
        edits.Replace(statement.Span, string.Join(site.Layout.NewLine + site.Layout.IndentAt(statement.SpanStart), written) + site.Layout.NewLine + site.Layout.NewLine + site.Layout.IndentAt(statement.SpanStart) + "return true;");
        return Plan.Of($"Release '{block.OwnerText}' when it is not kept", edits);
    }

    private static bool IsBlock(OwnedBlock block, ArgumentSyntax argument) => argument.RefKindKeyword.RawKind == 0 && block.References(OwnedBlock.Bare(argument.Expression)).Contains(OwnedBlock.Bare(argument.Expression));

    /// <summary>The condition under which the call has not kept the block.</summary>
    private static string? Refused(FixSite site, OwnedBlock block, InvocationExpressionSyntax call) => site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol switch
    {
        IMethodSymbol { Name: "CompareExchange", ContainingType.Name: "Interlocked" } when call.ArgumentList.Arguments is { Count: 3 } arguments && IsBlock(block, arguments[1]) && ReleaseCall.IsNothing(arguments[2].Expression) => $"{call} != {arguments[2].Expression}",
        IMethodSymbol { ReturnType.SpecialType: SpecialType.System_Boolean, Name: var name } when name.StartsWith("Try", StringComparison.Ordinal) => $"!{call}",
        _ => null,
    };
}
