using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A block goes out in some arms of a <c>switch</c> expression, or is released in them, and is lost in the others. There is
/// no place for a release in an arm: the expression becomes a statement, in which those arms release it.
/// </summary>
internal sealed class ReleaseInSwitchArm : Repair
{
    public override string Name => "InSwitchArm";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason is not (FixData.ReasonPath or FixData.ReasonThrows) || OwnedBlock.Find(site) is not { Owner: ILocalSymbol { IsUsing: false, IsRef: false }, Statement: { Parent: BlockSyntax } allocation } block)
        {
            yield break;
        }

        foreach (var value in SwitchesOf(site))
        {
            if (value.SpanStart < allocation.Span.End || WhereItGoes(site, value) is not { } target || block.References(value.GoverningExpression).Any() && !IsRead(block, value.GoverningExpression))
            {
                continue;
            }

            var reading = value.Arms.Where(arm => block.References(arm.Expression).Any() && IsOnlyRead(block, arm.Expression)).ToList();
            if (reading.Count == 1 && reading.Count < value.Arms.Count)
            {
                yield return Written(block, target, value, reading);
            }

            var losing = value.Arms.Where(arm => !block.References(arm).Any()).ToList();
            if (losing.Count == 0 || losing.Count == value.Arms.Count || losing.Exists(arm => MayReach(site, arm.Expression)))
            {
                continue;
            }

            // An arm that throws may be somebody else's business: of one that catches it.
            yield return Written(block, target, value, losing);
            var quiet = losing.Where(arm => arm.Expression is not ThrowExpressionSyntax).ToList();
            yield return quiet.Count > 0 && quiet.Count < losing.Count ? Written(block, target, value, quiet) : null;
        }
    }

    /// <summary>The expressions that decide about the way of the finding.</summary>
    private static IEnumerable<SwitchExpressionSyntax> SwitchesOf(FixSite site) =>
        site.Finding.PlacesOf(FixData.Branch).Select(place => site.Root.FindNode(place, getInnermostNodeForTie: true).FirstAncestorOrSelf<SwitchExpressionArmSyntax>()?.Parent).OfType<SwitchExpressionSyntax>().Distinct();

    /// <summary>The statement whose whole value the expression is, what stands before the value there, and whether it ends the way.</summary>
    private static Target? WhereItGoes(FixSite site, SwitchExpressionSyntax value)
    {
        switch (value.Parent)
        {
            case ReturnStatementSyntax { Parent: BlockSyntax } statement:
                return new Target(statement, "return ", null, true);
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax left, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement }:
                return new Target(statement, left.Identifier.Text + " = ", null, false);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.Text: var name, Parent: VariableDeclarationSyntax { Variables.Count: 1, Type: var type, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, IsConst: false, Parent: BlockSyntax } statement } } declarator }
                when site.Model.GetDeclaredSymbol(declarator, site.CancellationToken) is ILocalSymbol { IsRef: false } local:
                return new Target(statement, name + " = ", (type.IsVar ? LocalType.Named(site, local.Type, statement.SpanStart) : type.ToString()) + " " + name + ";", false);
            default:
                return null;
        }
    }

    private static Plan? Written(OwnedBlock block, Target target, SwitchExpressionSyntax value, List<SwitchExpressionArmSyntax> losing)
    {
        var site = block.Site;
        if (!site.Layout.StartsLine(target.Statement.SpanStart) || IsNarrowed(site, value) || HasComments(value) || !target.IsExit && !value.Arms.Any(IsRest))
        {
            return null;
        }

        var unit = site.Layout.UnitAt(target.Statement);
        var lines = new List<string>();
        if (target.Declaration is { } declaration)
        {
            lines.Add(declaration);
        }

        lines.Add($"switch ({OwnedBlock.Bare(value.GoverningExpression)})");
        lines.Add("{");
        foreach (var arm in value.Arms)
        {
            lines.Add(unit + (IsRest(arm) ? "default:" : $"case {arm.Pattern}{(arm.WhenClause is { } when ? " " + when : string.Empty)}:"));
            IReadOnlyList<string> behind = [];
            if (losing.Contains(arm))
            {
                if (ReleaseText.Lines(block, target.Statement.SpanStart, target.Statement, mayBeNothing: false, unit) is not { } release)
                {
                    return null;
                }

                var isBehind = block.References(arm.Expression).Any();
                lines.AddRange(isBehind ? [] : release.Select(line => unit + unit + line));
                behind = isBehind ? release : behind;
            }

            if (arm.Expression is ThrowExpressionSyntax thrown)
            {
                lines.Add(unit + unit + thrown + ";");
                continue;
            }

            if (behind.Count > 0 && target.IsExit)
            {
                var result = NewName.Free(site, target.Statement.SpanStart, "result");
                var converted = site.Model.GetTypeInfo(value, site.CancellationToken).ConvertedType;
                lines.Add($"{unit}{unit}{LocalType.Of(site, arm.Expression, converted)} {result} = {arm.Expression};");
                lines.AddRange([.. behind.Select(line => unit + unit + line), $"{unit}{unit}return {result};"]);
                continue;
            }

            lines.Add(unit + unit + target.Before + arm.Expression + ";");
            lines.AddRange(behind.Select(line => unit + unit + line));
            if (!target.IsExit)
            {
                lines.Add(unit + unit + "break;");
            }
        }

        lines.Add("}");
        var edits = new TextEdits();
        edits.Replace(target.Statement.Span, string.Join(site.Layout.NewLine + site.Layout.IndentAt(target.Statement.SpanStart), site.Layout.Styled(lines, target.Statement)));
        return Plan.Of($"Release '{block.OwnerText}' in the {(losing.Count == 1 ? "arm that loses" : "arms that lose")} it", edits);
    }

    /// <summary>What comes of the arm is a value, and nobody but the library sees the block.</summary>
    private static bool IsOnlyRead(OwnedBlock block, ExpressionSyntax value) => MoveReleaseAfterLastUse.IsPlainValue(block.Site.Model.GetTypeInfo(value, block.Site.CancellationToken).Type)
        && value.DescendantNodesAndSelf().All(node => node is not (AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax or BaseObjectCreationExpressionSyntax)
            && (node is not InvocationExpressionSyntax call || block.Site.Model.GetSymbolInfo(call, block.Site.CancellationToken).Symbol is IMethodSymbol { IsExtern: false, DeclaringSyntaxReferences.IsEmpty: true }));

    private static bool IsRest(SwitchExpressionArmSyntax arm) => arm is { Pattern: DiscardPatternSyntax, WhenClause: null };

    /// <summary>What decides only looks into the block: <c>p-&gt;Kind switch</c>.</summary>
    private static bool IsRead(OwnedBlock block, ExpressionSyntax value) => block.References(value).All(name => name.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax);

    /// <summary>The value of the arm is computed of other variables than plain values: one of them may be a way to the block.</summary>
    private static bool MayReach(FixSite site, ExpressionSyntax value) => value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name =>
        site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol local && !MoveReleaseAfterLastUse.IsPlainValue(local.Type) || name.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not null);

    /// <summary>A value that goes over several lines, or has comments in it, cannot be written on one.</summary>
    private static bool HasComments(SwitchExpressionSyntax value) => value.GoverningExpression.ToString().Contains("\n") || value.Arms.Any(arm => arm.ToString().Contains("\n"))
        || value.DescendantTrivia().Any(trivia => trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal));

    /// <summary>The arms together have another type than each: <c>1</c> and <c>2.5</c>.</summary>
    private static bool IsNarrowed(FixSite site, SwitchExpressionSyntax value) =>
        site.Model.GetTypeInfo(value, site.CancellationToken) is { Type: { } natural, ConvertedType: { } converted } && !SymbolEqualityComparer.Default.Equals(natural, converted) && natural.IsValueType;

    private sealed record Target(StatementSyntax Statement, string Before, string? Declaration, bool IsExit);
}
