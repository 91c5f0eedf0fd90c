using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A block lies in another one (<c>node-&gt;Name</c>, <c>rows[i]</c>) that is released with the only pointer to it: it is released before.</summary>
internal sealed class ReleaseBeforeHolder : Repair
{
    public override string Name => "BeforeHolder";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        foreach (var place in site.Finding.PlacesOf(FixData.Holder))
        {
            if (OwnedBlock.Find(site) is not { } block
                || site.NodeAt<ExpressionSyntax>(place)?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } release
                || PathOf(block, release) is not { } path
                || !site.Layout.StartsLine(release.SpanStart)
                || release.DescendantNodes().OfType<IdentifierNameSyntax>().All(name => name.Identifier.ValueText != path.Root)
                || ReleaseText.Call(site, site.ReleaseTemplate, path.Text, path.Type, release.SpanStart, release) is not { } call)
            {
                continue;
            }

            if (LastReader(release, path.Text) is { } reader)
            {
                // It is released, but too late: what holds it is gone by then.
                var moved = new TextEdits();
                moved.Delete(StatementRemoval.LinesOf(site, release.Span));
                moved.Insert(site.Layout.NextLine(reader.Span.End), site.Layout.IndentAt(release.SpanStart) + release + site.Layout.NewLine);
                yield return site.Layout.EndsLine(reader.Span.End) ? Plan.Of($"Release '{path.Text}' before what holds it", moved) : null;
                yield break;
            }

            var unit = site.Layout.UnitAt(release);
            foreach (var mayBeNothing in site.ReleaseTakesNull ? [false] : new[] { false, true })
            {
                var lines = mayBeNothing ? ReleaseText.Guarded(site, path.Text, path.Type, call.Text, unit) : [call.Text + ";"];
                if (path.Loop is { } loop)
                {
                    lines = [loop, "{", .. lines.Select(line => unit + line), "}"];
                }

                if (path.IsGiven && !IsUsedBefore(block, path.Root, release))
                {
                    lines = [$"if ({path.Root} != null)", "{", .. lines.Select(line => unit + line), "}"];
                }

                lines = call.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines;
                lines = [.. site.Layout.Styled(lines, release), .. Enumerable.Repeat(string.Empty, path.Loop is null ? 0 : 1)];
                var edits = new TextEdits();
                edits.Insert(site.Layout.LineStart(release.SpanStart), site.Layout.Indented(lines, site.Layout.IndentAt(release.SpanStart)));
                yield return Plan.Of($"Release '{path.Text}' before what holds it", edits);
            }
        }
    }

    /// <summary>The last call behind <paramref name="release"/>, a statement of the same list, that is handed what <paramref name="path"/> leads to.</summary>
    private static ExpressionStatementSyntax? LastReader(ExpressionStatementSyntax release, string path) =>
        (release.Parent as BlockSyntax)?.Statements.OfType<ExpressionStatementSyntax>().LastOrDefault(statement => statement.SpanStart > release.Span.End
            && statement.Expression is InvocationExpressionSyntax call && call.ArgumentList.Arguments.Any(argument => OwnedBlock.Bare(argument.Expression).ToString() == path));

    /// <summary>Where the block was put; with the loop that put one into each element, to be gone through once more; and whether a call gave the holder, which may be none.</summary>
    private static (string Text, ITypeSymbol? Type, string Root, string? Loop, bool IsGiven)? PathOf(OwnedBlock block, StatementSyntax release)
    {
        var site = block.Site;
        if (OwnedBlock.Dressed(block.Allocation).Parent is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: MemberAccessExpressionSyntax or ElementAccessExpressionSyntax } assignment)
        {
            // One node of a list, or one element of an array, whose length nobody knows is not all that is lost.
            return HeldPath.Of(site, block.Allocation) is { } held && !(held.Type is IPointerTypeSymbol && SymbolEqualityComparer.Default.Equals(held.Type, held.Root.Type)) && !IsArray(release, held.Root.Name) ? (held.Text, held.Type, held.Root.Name, null, true) : null;
        }

        var path = assignment.Left;
        if (Root(path) is not { } root)
        {
            return null;
        }

        var places = path.DescendantNodesAndSelf().OfType<ElementAccessExpressionSyntax>().SelectMany(element => element.ArgumentList.Arguments).Select(argument => argument.Expression).Where(index => !site.Model.GetConstantValue(index, site.CancellationToken).HasValue).ToList();
        var type = site.Model.GetTypeInfo(path, site.CancellationToken).Type;
        return places.Count == 0 ? (path.ToString(), type, root.Identifier.ValueText, null, false)
            : places.Count == 1 && LoopOver(places[0], assignment) is { } loop ? loop.Span.Contains(release.Span) ? SoFar(site, loop, assignment, places[0], root, release) : (path.ToString(), type, root.Identifier.ValueText, $"for ({loop.Declaration}; {loop.Condition}; {loop.Incrementors})", false)
            : null;
    }

    /// <summary>The body goes through what is behind the pointer, <c>rows[i].Cells</c>.</summary>
    private static bool IsArray(StatementSyntax release, string pointer) =>
        release.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax)?.DescendantNodes().OfType<ElementAccessExpressionSyntax>().Any(element => element.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == pointer && element.ArgumentList.Arguments[0].Expression is not LiteralExpressionSyntax) == true;

    /// <summary>The holder is released in the loop that fills it: the elements up to this one are there.</summary>
    private static (string Text, ITypeSymbol? Type, string Root, string? Loop, bool IsGiven)? SoFar(FixSite site, ForStatementSyntax loop, AssignmentExpressionSyntax assignment, ExpressionSyntax index, IdentifierNameSyntax root, StatementSyntax release)
    {
        if (loop.Incrementors[0] is not (PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression } or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression }) || assignment.SpanStart > release.SpanStart
            || loop.Statement.DescendantNodes().Any(node => node is ContinueStatementSyntax))
        {
            return null;
        }

        var (name, text) = (NewName.Free(site, release.SpanStart, "j"), assignment.Left.ToString());
        var at = index.SpanStart - assignment.Left.SpanStart;
        var first = loop.Declaration!.Variables[0];
        return (text.Substring(0, at) + name + text.Substring(at + index.Span.Length), site.Model.GetTypeInfo(assignment.Left, site.CancellationToken).Type, root.Identifier.ValueText, $"for ({loop.Declaration.Type} {name} {first.Initializer}; {name} <= {index}; {name}++)", false);
    }

    /// <summary>Something is read through the holder before, and not only where somebody has asked for it: it is there.</summary>
    private static bool IsUsedBefore(OwnedBlock block, string holder, StatementSyntax release) =>
        release.Parent!.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => access.SpanStart > block.Allocation.SpanStart && access.Span.End < release.SpanStart && access.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == holder
            && access.Ancestors().TakeWhile(node => node != release.Parent).All(node => node is not (ConditionalExpressionSyntax or SwitchExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression }
                or IfStatementSyntax or SwitchStatementSyntax or WhileStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)));

    /// <summary>The loop that declares <paramref name="index"/> and counts it up, in which the assignment is a statement of its own.</summary>
    private static ForStatementSyntax? LoopOver(ExpressionSyntax index, AssignmentExpressionSyntax assignment)
    {
        SyntaxNode? body = assignment.Parent?.Parent is BlockSyntax block ? block : assignment.Parent;
        return index is IdentifierNameSyntax name && body?.Parent is ForStatementSyntax { Declaration.Variables: { Count: 1 } variables, Condition: BinaryExpressionSyntax condition, Incrementors.Count: 1 } loop
            && variables[0].Identifier.ValueText == name.Identifier.ValueText
            && condition.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or AssignmentExpressionSyntax))
            && !body.DescendantNodes().Any(node => node is BreakStatementSyntax)
            ? loop : null;
    }

    private static IdentifierNameSyntax? Root(ExpressionSyntax path)
    {
        while (path is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax)
        {
            path = path is MemberAccessExpressionSyntax access ? access.Expression : ((ElementAccessExpressionSyntax)path).Expression;
        }

        return path as IdentifierNameSyntax;
    }
}
