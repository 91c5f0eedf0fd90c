using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Removes one of two releases of the same block: the one that runs on fewer paths, so that the other still releases it
/// on all of them; the second one when they are equals.
/// </summary>
internal sealed class RemoveSecondRelease : Repair
{
    public override string Name => "Remove";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        // The first one may be out of sight: in a callee, or the same one in the turn before.
        var others = site.Finding.PlacesOf(FixData.Release).Where(span => !span.Equals(site.Finding.Span)).ToList();
        var isMoved = others.Exists(span => span.End < site.Finding.Span.Start && site.NodeAt<ExpressionSyntax>(span) is { } node && OwnedBlock.Bare(node) is InvocationExpressionSyntax { Parent: not ExpressionStatementSyntax } call && KeepOrDropResult.IsReallocation(site, call));
        if (site.Finding.Reason == FixData.ReasonGiven && site.NodeAt<SyntaxNode>(site.Finding.Span)?.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { AwaitKeyword.RawKind: 0, UsingKeyword: { RawKind: not 0 } keyword, Declaration.Variables: { Count: 1 } variables } declared && variables[0].Initializer is { Value: not BaseObjectCreationExpressionSyntax })
        {
            // Whoever has got it disposes of it.
            var edits = new TextEdits();
            edits.Delete(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(keyword.SpanStart, declared.Declaration.SpanStart));
            yield return Plan.Of($"Remove 'using' of '{variables[0].Identifier.Text}'", edits);
            yield break;
        }

        if (LookUpOf(site) is { } lookUp)
        {
            yield return TakenOut(site, lookUp);
            yield break;
        }

        if (others.Count == 0 && site.Finding.Reason != FixData.ReasonGiven && site.Finding.PlacesOf(FixData.Release).Any() && IsRepeated(site))
        {
            // The turn before has released: without the only release there is, none would.
            yield break;
        }

        var first = isMoved ? null : others.Select(span => StatementAt(site, span)).FirstOrDefault(statement => statement is not null && !LeavesBefore(site, statement, site.Finding.Span));
        var second = StatementAt(site, site.Finding.Span);
        if (first is null && second?.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" } } && OwnedBlock.Find(site)?.Owner is not ILocalSymbol { IsUsing: true }
            && (site.Finding.Reason != FixData.ReasonGiven || IsMadeHere(site, second)))
        {
            // What disposes of the object is not written there: without this call nobody who reads the code would see it.
            yield break;
        }

        if ((first is null || second is null) && !isMoved && others.Count == 1 && AreSame(site, WholeAt(site, others[0]), WholeAt(site, site.Finding.Span)))
        {
            (first, second) = (WholeAt(site, others[0]), WholeAt(site, site.Finding.Span));
        }

        if (first is null && second is not null && RefusedBefore(site, second) is { } refused)
        {
            var edits = new TextEdits();
            var written = site.Layout.Styled([$"if (!{refused})", "{", site.Layout.UnitAt(second) + second, "}"], second);
            edits.Replace(second.Span, string.Join(site.Layout.NewLine + site.Layout.IndentAt(second.SpanStart), written) + (site.Layout.IsBlankAfter(second.Span.End) ? string.Empty : site.Layout.NewLine));
            yield return Plan.Of("Release it when nobody has taken it", edits);
        }

        if (first is null && second is not null && OfElement(site, second) is { } element)
        {
            // What else the member is for, and who comes next, count on the release.
            yield return Emptied(site, second, element);
            yield break;
        }

        // Not all that a function does: its other callers count on it.
        if ((first is null ? second : Redundant(first, second) ?? (second is not null && IsReleasedAtHome(site, first) ? second : null)) is { } redundant && !IsAllOf(redundant)

            // Nor all that a guard is for: it releases where the other one does not come to.
            && !(first is null && redundant.Parent is BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax })

            // Nor what releases more than that, or on more ways than the other.
            && !(redundant == second && ReleasesMore(site, second, first) && !IsOfTheSame(site, first, second) && !ReleasedInCallee(site, second)) && !(redundant == first && second is null && WholeAt(site, site.Finding.Span) is { } whole && IsOnFewerPaths(whole, first)))
        {
            var edits = new TextEdits();
            StatementRemoval.Remove(site, edits, redundant);
            yield return Plan.Of($"Remove '{redundant.ToString().Split('\n')[0].Trim()}'", edits);
        }
    }

    /// <summary>The same function releases what another name of the same is, <c>var b = a; Free(a); Free(b);</c>, and neither name is given anything else.</summary>
    private static bool IsOfTheSame(FixSite site, ExpressionStatementSyntax? first, ExpressionStatementSyntax second) =>
        first?.Expression is InvocationExpressionSyntax one && second.Expression is InvocationExpressionSyntax other && one.Expression.IsEquivalentTo(other.Expression) && ReleasedBy(first) is { } a && ReleasedBy(second) is { } b
        && (IsDeclaredAs(site, a, b) || IsDeclaredAs(site, b, a)) && second.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) is { } member
        && !member.DescendantNodes().Select(WrittenPlace.Of).Any(target => target is IdentifierNameSyntax name && (name.Identifier.ValueText == a.Identifier.ValueText || name.Identifier.ValueText == b.Identifier.ValueText));

    private static bool IsDeclaredAs(FixSite site, IdentifierNameSyntax name, IdentifierNameSyntax value) =>
        site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { IsRef: false, DeclaringSyntaxReferences: { Length: 1 } declarations } && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: IdentifierNameSyntax first } && first.Identifier.ValueText == value.Identifier.ValueText;

    /// <summary>A function that was handed the structure has called the same release for it: <c>if (!Deliver(message)) Free(message);</c> where <c>Deliver</c> frees what it refuses.</summary>
    private static bool ReleasedInCallee(FixSite site, ExpressionStatementSyntax second)
    {
        if (second.Expression is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } call || site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is not IMethodSymbol release || OwnedBlock.Bare(arguments[0].Expression) is not IdentifierNameSyntax released)
        {
            return false;
        }

        foreach (var place in site.Finding.PlacesOf(FixData.Release).Where(place => place != site.Finding.Span))
        {
            if (site.NodeAt<InvocationExpressionSyntax>(place) is { } handing && handing.Span == place && site.Model.GetSymbolInfo(handing, site.CancellationToken).Symbol is IMethodSymbol { IsVirtual: false, IsAbstract: false, DeclaringSyntaxReferences: { Length: 1 } declared } callee
                && declared[0] is { } source && source.SyntaxTree == site.Root.SyntaxTree && handing.ArgumentList.Arguments.IndexOf(argument => argument.NameColon is null && OwnedBlock.Bare(argument.Expression) is IdentifierNameSyntax name && name.Identifier.ValueText == released.Identifier.ValueText) is >= 0 and var index && index < callee.Parameters.Length
                && source.GetSyntax(site.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>().Any(inner => SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(inner, site.CancellationToken).Symbol, release)
                    && inner.ArgumentList.Arguments.Count == 1 && OwnedBlock.Bare(inner.ArgumentList.Arguments[0].Expression) is IdentifierNameSyntax own && own.Identifier.ValueText == callee.Parameters[index].Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The release stands in a loop, and nowhere else in the function are the same words.</summary>
    private static bool IsRepeated(FixSite site) =>
        StatementAt(site, site.Finding.Span) is { } release && release.Ancestors().TakeWhile(node => node is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)
        && release.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax)?.DescendantNodes().OfType<ExpressionStatementSyntax>().Any(other => other != release && SyntaxFactory.AreEquivalent(other, release)) == false;

    /// <summary>A function of the project that frees a structure with all its members, where the other release is of one of these.</summary>
    private static bool ReleasesMore(FixSite site, ExpressionStatementSyntax second, ExpressionStatementSyntax? first) =>
        second.Expression is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call && site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { IsExtern: false, DeclaringSyntaxReferences.IsEmpty: false }
        && site.Model.GetTypeInfo(arguments[0].Expression, site.CancellationToken).Type is IPointerTypeSymbol { PointedAtType: INamedTypeSymbol { TypeKind: TypeKind.Struct } structure }
        && structure.GetMembers().OfType<IFieldSymbol>().Count(static field => !field.IsStatic && field.Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr }) > 1
        && (first?.Expression as InvocationExpressionSyntax)?.ArgumentList.Arguments.FirstOrDefault()?.ToString() != arguments[0].ToString();

    /// <summary>The variable that says whether the block was taken: <c>bool taken = queue.TryAdd(block); Free(block);</c></summary>
    private static string? RefusedBefore(FixSite site, ExpressionStatementSyntax release) =>
        site.Finding.Reason == FixData.ReasonGiven && release.Parent is BlockSyntax list && site.Layout.StartsLine(release.SpanStart) && !release.ToString().Contains("\n")
        && site.Finding.PlacesOf(FixData.LastUse).Select(place => site.NodeAt<InvocationExpressionSyntax>(place)).FirstOrDefault() is { Expression: MemberAccessExpressionSyntax access, Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: { } around } } taken } }
        && around == list && access.Name.Identifier.ValueText.StartsWith("Try", StringComparison.Ordinal) && site.Model.GetDeclaredSymbol(taken, site.CancellationToken) is ILocalSymbol { Type.SpecialType: SpecialType.System_Boolean } answer
        && list.DescendantNodes().OfType<AssignmentExpressionSyntax>().All(assignment => assignment.Left.ToString() != answer.Name) ? answer.Name : null;

    /// <summary>What has been given away is released in a branch too that leaves, where nobody has taken it: no way leads from there to the other release.</summary>
    private static bool LeavesBefore(FixSite site, ExpressionStatementSyntax one, Microsoft.CodeAnalysis.Text.TextSpan other) =>
        site.Finding.Reason == FixData.ReasonGiven && one.Parent is BlockSyntax { Parent: IfStatementSyntax or ElseClauseSyntax } branch && !branch.Span.Contains(other) && branch.Statements.Last() is ReturnStatementSyntax or ThrowStatementSyntax
        && one.Ancestors().OfType<TryStatementSyntax>().All(guarded => guarded.Finally?.Span.Contains(other) != true);

    /// <summary>The element of a field that the statement releases, in which another member finds it once more.</summary>
    private static ElementAccessExpressionSyntax? OfElement(FixSite site, ExpressionStatementSyntax release) =>
        release.Expression is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } && ElementIn(site, OwnedBlock.Bare(arguments[0].Expression)) is { } element
        && site.Model.GetSymbolInfo(element.Expression, site.CancellationToken).Symbol is IFieldSymbol ? element : null;

    /// <summary>The element itself, or the one that a variable was declared with.</summary>
    private static ElementAccessExpressionSyntax? ElementIn(FixSite site, ExpressionSyntax value) => value switch
    {
        ElementAccessExpressionSyntax element => element,
        IdentifierNameSyntax when site.Model.GetSymbolInfo(value, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations } && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var first } => OwnedBlock.Bare(first) as ElementAccessExpressionSyntax,
        _ => null,
    };

    /// <summary>The functions of the library that release nothing when there is nothing.</summary>
    private static bool TakesNull(FixSite site, ExpressionStatementSyntax release) =>
        site.ReleaseTakesNull || site.Model.GetSymbolInfo(release.Expression, site.CancellationToken).Symbol is IMethodSymbol { ContainingType: { Name: "Marshal" or "NativeMemory", ContainingNamespace.Name: "InteropServices" } };

    private static Plan? Emptied(FixSite site, ExpressionStatementSyntax release, ElementAccessExpressionSyntax element)
    {
        var type = site.Model.GetTypeInfo(element, site.CancellationToken).Type;
        if (type is not (IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr }) || !TakesNull(site, release) && type is not IPointerTypeSymbol || release.Parent is not (BlockSyntax or SwitchSectionSyntax) || !site.Layout.StartsLine(release.SpanStart)
            || !element.DescendantNodes().All(node => node is IdentifierNameSyntax or ThisExpressionSyntax or MemberAccessExpressionSyntax or LiteralExpressionSyntax or BracketedArgumentListSyntax or ArgumentSyntax))
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(site.Layout.NextLine(release.Span.End), site.Layout.IndentAt(release.SpanStart) + ReleaseText.Clearing(site, element.ToString(), type) + site.Layout.NewLine);
        return Plan.Of($"Clear '{element}' after its release", edits);
    }

    /// <summary>The object is made in this body: who makes one is expected to dispose of it.</summary>
    private static bool IsMadeHere(FixSite site, ExpressionStatementSyntax release) =>
        release.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } } && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
        && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax };

    /// <summary>The statement that is the release and nothing else.</summary>
    private static ExpressionStatementSyntax? StatementAt(FixSite site, Microsoft.CodeAnalysis.Text.TextSpan span) =>
        WholeAt(site, span) is { } statement && ReleasingHelper.IsRelease(site, statement) ? statement : null;

    private static ExpressionStatementSyntax? WholeAt(FixSite site, Microsoft.CodeAnalysis.Text.TextSpan span) =>
        site.NodeAt<ExpressionSyntax>(span)?.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax statement && statement.Expression.Span.Contains(span)
            && statement.Expression is not AssignmentExpressionSyntax or AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: InvocationExpressionSyntax } ? statement : null;

    /// <summary>The same call twice: whatever else the function does, it does for the one that stays.</summary>
    private static bool AreSame(FixSite site, ExpressionStatementSyntax? first, ExpressionStatementSyntax? second) =>
        first is not null && second is not null && SyntaxFactory.AreEquivalent(first, second) && site.Finding.Reason != FixData.ReasonGiven;

    /// <summary>The call that has looked up what is released, in a dictionary of the object, where whoever goes through that finds it once more.</summary>
    private static InvocationExpressionSyntax? LookUpOf(FixSite site) =>
        StatementAt(site, site.Finding.Span) is { } release && !site.Finding.PlacesOf(FixData.Release).Any(span => !span.Equals(site.Finding.Span)) && ReleasedBy(release) is { } released
        && site.Model.GetSymbolInfo(released, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
        && declarations[0].GetSyntax(site.CancellationToken) is SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 2, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryGetValue", Expression: var collection } } looking } } }
        && site.Model.GetSymbolInfo(collection, site.CancellationToken).Symbol is IFieldSymbol ? looking : null;

    private static IdentifierNameSyntax? ReleasedBy(ExpressionStatementSyntax release) => release.Expression switch
    {
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => OwnedBlock.Bare(arguments[0].Expression) as IdentifierNameSyntax,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } } => owner,
        _ => null,
    };

    /// <summary>It is taken out as it is looked up where it is always released, and behind its release elsewhere.</summary>
    private static Plan? TakenOut(FixSite site, InvocationExpressionSyntax looking)
    {
        var release = StatementAt(site, site.Finding.Span)!;
        var access = (MemberAccessExpressionSyntax)looking.Expression;
        var removal = site.Model.GetTypeInfo(access.Expression, site.CancellationToken).Type?.Name switch { "Dictionary" or "SortedList" => "Remove", "ConcurrentDictionary" => "TryRemove", _ => null };
        if (removal is null || release.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member || member.DescendantNodes().OfType<IdentifierNameSyntax>().Count(name => name.Identifier.ValueText == access.Expression.GetLastToken().ValueText) > 1)
        {
            return null;
        }

        var edits = new TextEdits();
        if (!IsUnderAnotherCondition(release, looking))
        {
            edits.Replace(access.Name.Span, removal);
        }
        else if (looking.ArgumentList.Arguments[0].Expression is IdentifierNameSyntax or LiteralExpressionSyntax && release.Parent is BlockSyntax && site.Layout.StartsLine(release.SpanStart))
        {
            edits.Insert(site.Layout.NextLine(release.Span.End), site.Layout.IndentAt(release.SpanStart) + $"{access.Expression}.{removal}({looking.ArgumentList.Arguments[0]}{(removal == "Remove" ? string.Empty : ", out _")});" + site.Layout.NewLine);
        }

        return Plan.Of($"Take '{ReleasedBy(release)}' out of '{access.Expression}'", edits);
    }

    /// <summary>Where <paramref name="looking"/> has found something, it is not always released.</summary>
    private static bool IsUnderAnotherCondition(StatementSyntax release, ExpressionSyntax looking) => looking.FirstAncestorOrSelf<StatementSyntax>() switch
    {
        IfStatementSyntax { Else: null, Condition: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negated } test when negated.Operand == looking => release.Parent != test.Parent,
        IfStatementSyntax { Else: null, Condition: var condition } test when condition == looking => release != test.Statement && release.Parent != test.Statement,
        _ => true,
    };

    /// <summary>The first release is of the handle's number, behind the handle's back: <c>close(handle.DangerousGetHandle()); handle.Dispose();</c></summary>
    private static bool IsBehindHandle(ExpressionStatementSyntax first, ExpressionStatementSyntax second) =>
        second.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner, Name.Identifier.ValueText: "Dispose" or "Close" } }
        && first.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => access.Name.Identifier.ValueText == "DangerousGetHandle" && access.Expression is IdentifierNameSyntax same && same.Identifier.ValueText == owner.Identifier.ValueText);

    private static StatementSyntax? Redundant(ExpressionStatementSyntax first, ExpressionStatementSyntax? second)
    {
        if (second is null)
        {
            // The second one is not a statement: the end of a using.
            return first;
        }

        if (IsBehindHandle(first, second) || (IsInFinally(second) && !IsInFinally(first)))
        {
            return first;
        }

        if (first.Parent is BlockSyntax { Parent: FinallyClauseSyntax { Parent: TryStatementSyntax guarded } } && guarded.Parent == ListOf(second))
        {
            // What runs whatever happens has come first.
            return second;
        }

        if (ReleasesMany(first, second) || ReleasesMany(second, first))
        {
            // A loop releases one block after the other: what releases one of them besides is too much.
            return ReleasesMany(first, second) ? second : first;
        }

        return IsOnFewerPaths(first, second) ? first : ListOf(first) == ListOf(second) || IsOnFewerPaths(second, first) ? second : null;
    }

    /// <summary>What is allocated in a list is released there: nothing is left of it for a release in another one.</summary>
    private static bool IsReleasedAtHome(FixSite site, ExpressionStatementSyntax first) =>
        OwnedBlock.Find(site) is { IsWholeStatement: true, Statement: { } allocation } && first.Parent is BlockSyntax and not { Parent: CatchClauseSyntax } && allocation.Parent == first.Parent && allocation.SpanStart < first.SpanStart;

    /// <summary>The statement is the whole body of a member or a function.</summary>
    private static bool IsAllOf(StatementSyntax statement) => statement.Parent is BlockSyntax { Statements.Count: 1, Parent: BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax };

    private static bool IsInFinally(StatementSyntax node) => node.FirstAncestorOrSelf<FinallyClauseSyntax>() is not null;

    private static SyntaxNode? ListOf(StatementSyntax statement) => statement.Parent is GlobalStatementSyntax global ? global.Parent : statement.Parent;

    /// <summary><paramref name="one"/> stands in a loop that does not go around <paramref name="other"/>, and releases another block in each turn.</summary>
    private static bool ReleasesMany(StatementSyntax one, StatementSyntax other)
    {
        var loop = one.Ancestors().TakeWhile(node => !node.Span.Contains(other.Span)).FirstOrDefault(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax);
        var changing = loop?.DescendantNodes().Select(node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: not "_" } variable } => variable.Identifier.ValueText,
            PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax variable } => variable.Identifier.ValueText,
            PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax variable } => variable.Identifier.ValueText,
            _ => null,
        }).Append((loop as ForEachStatementSyntax)?.Identifier.ValueText).ToList();
        return changing is not null && one.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => changing.Contains(name.Identifier.ValueText));
    }

    /// <summary><paramref name="one"/> stands in a branch of the list in which <paramref name="other"/> stands.</summary>
    private static bool IsOnFewerPaths(StatementSyntax one, StatementSyntax other)
    {
        var home = other.Parent is GlobalStatementSyntax or LabeledStatementSyntax ? other.Parent.Parent : other.Parent;
        var list = one.Parent is GlobalStatementSyntax outer ? outer.Parent : one.Parent;
        return home is not null && list != home && one.Ancestors().Contains(home)
            && one.Ancestors().TakeWhile(node => node != home).Any(node => node is IfStatementSyntax or SwitchStatementSyntax or CatchClauseSyntax or WhileStatementSyntax or ForStatementSyntax or ForEachStatementSyntax or DoStatementSyntax or TryStatementSyntax);
    }
}
