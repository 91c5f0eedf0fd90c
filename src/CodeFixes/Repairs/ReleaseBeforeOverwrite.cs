using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Releases the block before its only owner gets another value.</summary>
internal sealed class ReleaseBeforeOverwrite : Repair
{
    public override string Name => "BeforeOverwrite";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        foreach (var element in site.Finding.PlacesOf(FixData.Overwrite).Select(place => site.NodeAt<ExpressionSyntax>(place)).OfType<AssignmentExpressionSyntax>().Where(assignment => assignment.Left is ElementAccessExpressionSyntax && (site.Finding.Owner.Length == 0 || assignment.Left.ToString() == site.Finding.Owner)))
        {
            yield return BeforeElement(site, element);
        }

        foreach (var place in site.Finding.PlacesOf(FixData.Overwrite))
        {
            yield return BeforeHeld(site, place);
        }

        if (site.Finding.Reason == FixData.ReasonCollection || OwnedBlock.Find(site) is not { Statement: not null, Owner: not null } block)
        {
            yield break;
        }

        foreach (var statement in site.Finding.PlacesOf(FixData.Overwrite).Select(place => GivenAnew(site, block, place)).Where(statement => statement is not null))
        {
            if (ReleaseText.Lines(block, statement!.SpanStart, statement, mayBeNothing: false, site.Layout.UnitAt(statement)) is { } lines)
            {
                var edits = new TextEdits();
                edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.Indented(lines, site.Layout.IndentAt(statement.SpanStart)));
                yield return Plan.Of($"Release '{block.OwnerText}' before it is overwritten", edits);
            }
        }

        foreach (var assignment in Assignments(site, block))
        {
            if (assignment.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement || OwnerOf(block, assignment) is not { } owner || block.Owner is IFieldSymbol field && MovedField.IsReleasedBefore(site, field, statement))
            {
                continue;
            }

            if (!site.Layout.StartsLine(statement.SpanStart))
            {
                yield return OnItsLine(site, block, assignment, statement, owner.Text, owner.Type);
                continue;
            }

            if (HeldParts.ReleaseAll(block, statement) is { } all)
            {
                // The owner is a table that a call gave: it goes through all that is in it.
                var edits = new TextEdits();
                edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.Indented([.. all, string.Empty], site.Layout.IndentAt(statement.SpanStart)));
                yield return block.References(assignment.Right).Any() ? null : Plan.Of($"Release what '{block.OwnerText}' holds before it is overwritten", edits);
                continue;
            }

            foreach (var initialize in new[] { false, true })
            {
                var edits = new TextEdits();
                if (initialize && owner.Declaration is VariableDeclaratorSyntax { Initializer: null } declarator)
                {
                    edits.Insert(declarator.Identifier.Span.End, owner.Type is IPointerTypeSymbol ? " = null" : " = default");
                }

                // The owner may be empty: at the first turn of a loop, or after a branch.
                var unit = site.Layout.UnitAt(statement);
                var mayBeNothing = owner.Text != block.OwnerText || (block.Owner is IFieldSymbol or IPropertySymbol ? block.OwnerType is not { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } : statement == block.Statement);
                if (ReleaseText.Call(site, site.ReleaseTemplate, owner.Text, owner.Type, statement.SpanStart, statement) is not { } call)
                {
                    continue;
                }

                var lines = mayBeNothing ? ReleaseText.Guarded(site, owner.Text, owner.Type, call.Text, unit) : [call.Text + ";"];
                if (!ReleaseText.ClearsItself(owner.Type) && MustBeCleared(block, assignment))
                {
                    lines = ReleaseText.AndCleared(lines, ReleaseText.Clearing(site, owner.Text, owner.Type), unit);
                }

                lines = site.Layout.Styled(call.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines, statement);
                var indent = site.Layout.IndentAt(statement.SpanStart);
                edits.Insert(site.Layout.LineStart(statement.SpanStart), string.Concat(lines.Select(line => indent + line + site.Layout.NewLine)));
                yield return Plan.Of($"Release '{owner.Text}' before it is overwritten", edits);
            }
        }
    }

    /// <summary>Others stand before the assignment on its line: so does the release.</summary>
    private static Plan? OnItsLine(FixSite site, OwnedBlock block, AssignmentExpressionSyntax assignment, ExpressionStatementSyntax statement, string owner, ITypeSymbol? type)
    {
        if (owner != block.OwnerText || MustBeCleared(block, assignment) || ReleaseText.Call(site, site.ReleaseTemplate, owner, type, statement.SpanStart, statement) is not { NeedsUnsafe: false } call)
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(statement.SpanStart, call.Text + "; ");
        return Plan.Of($"Release '{owner}' before it is overwritten", edits);
    }

    /// <summary>A call has left the block in an <c>out</c> argument, and another one gives the variable the next.</summary>
    private static Plan? BeforeHeld(FixSite site, Microsoft.CodeAnalysis.Text.TextSpan place)
    {
        if (site.NodeAt<InvocationExpressionSyntax>(place) is not { Parent: ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement } call || !site.Layout.StartsLine(statement.SpanStart) || OwnedBlock.Find(site) is not { Owner: null } block
            || HeldPath.Of(site, block.Allocation) is not { } held || !call.ArgumentList.Arguments.Any(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) && argument.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == held.Text)
            || held.ReleaseLines(site, block.Allocation, statement, mayBeNothing: false, site.Layout.UnitAt(statement)) is not { } lines)
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.Indented(lines, site.Layout.IndentAt(statement.SpanStart)));
        return Plan.Of($"Release '{held.Text}' before it is overwritten", edits);
    }

    /// <summary>The element of a table gets another block.</summary>
    private static Plan? BeforeElement(FixSite site, AssignmentExpressionSyntax assignment)
    {
        if (assignment is not { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement } || !site.Layout.StartsLine(statement.SpanStart)
            || assignment.Left.DescendantNodes().Any(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax)
            || ReleaseText.Call(site, site.ReleaseTemplate, assignment.Left.ToString(), site.Model.GetTypeInfo(assignment.Left, site.CancellationToken).Type, statement.SpanStart, statement) is not { NeedsUnsafe: false } release)
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.IndentAt(statement.SpanStart) + release.Text + ";" + site.Layout.NewLine);
        return Plan.Of($"Release '{assignment.Left}' before it is overwritten", edits);
    }

    /// <summary>The call, a statement of its own, that gives the owner another value through an <c>out</c> argument.</summary>
    private static ExpressionStatementSyntax? GivenAnew(FixSite site, OwnedBlock block, Microsoft.CodeAnalysis.Text.TextSpan place) =>
        block.Owner is ILocalSymbol && site.NodeAt<InvocationExpressionSyntax>(place) is { Parent: ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement } call && site.Layout.StartsLine(statement.SpanStart)
        && call.ArgumentList.Arguments.Any(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) && block.References(argument.Expression).Contains(argument.Expression)) ? statement : null;

    /// <summary>The assignments that the finding names; and those that give a local another block in a branch or in the next turn, where it names none.</summary>
    private static IEnumerable<AssignmentExpressionSyntax> Assignments(FixSite site, OwnedBlock block)
    {
        var named = site.Finding.PlacesOf(FixData.Overwrite).Select(place => AssignmentAt(site, block, place)).Where(assignment => assignment is not null).Select(assignment => assignment!).ToList();
        if (named.Count > 0 || (site.Finding.LeavesBody && !IsGivenBehindLoop(block)) || block.Owner is not ILocalSymbol || block.Declaration?.FirstAncestorOrSelf<StatementSyntax>() is not { } declaration || (declaration.Parent is GlobalStatementSyntax ? site.Root : declaration.Parent) is not { } body)
        {
            return named;
        }

        return body.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)
            && (block.References(assignment.Left).Any(name => name == assignment.Left) ? OwnedBlock.Bare(assignment.Right) is InvocationExpressionSyntax || Forgets(site, block, assignment) : TakesOver(site, block, assignment)));
    }

    /// <summary>
    /// A later turn of the loop takes another block where this one is still in the variable, which goes out behind the loop: in the loop
    /// nobody gets it but functions of libraries that look at it, or it is looked at.
    /// </summary>
    private static bool IsGivenBehindLoop(OwnedBlock block) =>
        block.Site.Finding.Reason == FixData.ReasonIteration && block.IsWholeStatement && block.Declaration is VariableDeclaratorSyntax { Initializer.Value: { } first } declarator && ReleaseCall.IsNothing(first)
        && block.Statement!.Ancestors().TakeWhile(node => !node.Span.Contains(declarator.Span)).LastOrDefault(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax) is { } loop
        && block.References(loop).All(name => OwnedBlock.Dressed(name).Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment == OwnedBlock.Dressed(block.Allocation).Parent,
            ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax call } => block.Site.Model.GetSymbolInfo(call, block.Site.CancellationToken).Symbol is IMethodSymbol { IsExtern: true } taking && taking.Parameters.All(parameter => parameter.Type.TypeKind is not (TypeKind.Delegate or TypeKind.FunctionPointer)),
            ElementAccessExpressionSyntax element => element.Parent is not (AssignmentExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression }) || element.Parent is AssignmentExpressionSyntax { Left: var left } && left == element,
            _ => false,
        });

    /// <summary>The owner is set to nothing, and not because it has been released.</summary>
    private static bool Forgets(FixSite site, OwnedBlock block, AssignmentExpressionSyntax assignment) =>
        site.Finding.Reason == FixData.ReasonPath && ReleaseCall.IsNothing(assignment.Right) && assignment.SpanStart > block.Allocation.Span.End && assignment.Parent is ExpressionStatementSyntax { Parent: BlockSyntax list } statement
        && (list.Statements.IndexOf(statement) is 0 || !block.References(list.Statements[list.Statements.IndexOf(statement) - 1]).Any());

    /// <summary>In one turn of a loop a variable from outside takes over the block, <c>found = copy</c>, and may have that of another turn.</summary>
    private static bool TakesOver(FixSite site, OwnedBlock block, AssignmentExpressionSyntax assignment) =>
        site.Finding.Reason == FixData.ReasonPath && block.References(assignment.Right).Any(name => name == OwnedBlock.Bare(assignment.Right)) && assignment.Left is IdentifierNameSyntax target
        && site.Model.GetSymbolInfo(target, site.CancellationToken).Symbol is ILocalSymbol { IsRef: false, DeclaringSyntaxReferences: { Length: 1 } declarations } && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } first } && ReleaseCall.IsNothing(first)
        && assignment.Ancestors().FirstOrDefault(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax) is { } loop && !loop.Span.Contains(declarations[0].Span)

        // Else what it has may lie in the block by then: node->Next = head.
        && loop.DescendantNodes().OfType<IdentifierNameSyntax>().Count(name => name.Identifier.ValueText == target.Identifier.ValueText) == 1;

    /// <summary>What the assignment gives another value: the owner, or, where the block itself takes the place of the one before, the variable of that one.</summary>
    private static (string Text, ITypeSymbol? Type, SyntaxNode? Declaration)? OwnerOf(OwnedBlock block, AssignmentExpressionSyntax assignment)
    {
        if (!block.References(assignment.Right).Any())
        {
            return (block.OwnerText, block.OwnerType, block.Declaration);
        }

        var site = block.Site;
        return OwnedBlock.Bare(assignment.Right) is IdentifierNameSyntax && assignment.Left is IdentifierNameSyntax target
            ? site.Model.GetSymbolInfo(target, site.CancellationToken).Symbol switch
            {
                ILocalSymbol { IsRef: false } local when SymbolEqualityComparer.Default.Equals(local.Type, block.OwnerType) => (local.Name, local.Type, null),
                IFieldSymbol { IsStatic: false, IsReadOnly: false } field when SymbolEqualityComparer.Default.Equals(field.Type, block.OwnerType) => (field.Name, field.Type, null),
                _ => null,
            }
            : null;
    }

    /// <summary>Who releases the owner later must not find what is gone: the next allocation may throw before the owner has its block.</summary>
    private static bool MustBeCleared(OwnedBlock block, AssignmentExpressionSyntax assignment) =>
        assignment.Right.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax)
        && !block.Site.ReleaseTemplate.StartsWith("{0}.Dispose", StringComparison.Ordinal)
        && (block.Owner is IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod.IsInitOnly: false } || assignment.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax or GlobalStatementSyntax).OfType<TryStatementSyntax>().Any(guard => guard.Block.Span.Contains(assignment.Span) && guard.ChildNodes().Skip(1).Any(clause => block.References(clause).Any())));

    /// <summary>The assignment at the place, or the only one in it that gives the owner a value.</summary>
    private static AssignmentExpressionSyntax? AssignmentAt(FixSite site, OwnedBlock block, Microsoft.CodeAnalysis.Text.TextSpan place)
    {
        var node = site.Root.FindNode(place, getInnermostNodeForTie: true);
        if (node.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax at })
        {
            return at;
        }

        var all = node.DescendantNodesAndSelf().OfType<AssignmentExpressionSyntax>().Where(assignment => block.References(assignment.Left).Any()).ToList();
        return all.Count == 1 ? all[0] : null;
    }
}
