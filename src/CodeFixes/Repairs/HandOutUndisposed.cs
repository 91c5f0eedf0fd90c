using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Checks;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A <c>using</c> disposes of the object that is returned: the caller is meant to have it. The <c>using</c> goes, and the
/// object is disposed of where the body leaves without it, and when something throws.
/// </summary>
internal sealed class HandOutUndisposed : Repair
{
    public override string Name => "HandOut";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (OwnedBlock.Find(site) is not { } found || ReturnedAt(site) is not { } local || found.In(local) is not { Declaration: VariableDeclaratorSyntax { Initializer: not null, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: var declaring } } declared } block
            || ListOf(declaring) is not { } list || !IsOnlyHandedOut(block, list))
        {
            yield break;
        }

        var rest = list.Statements.Skip(declaring is LocalDeclarationStatementSyntax ? list.IndexOf(declaring) + 1 : 0).SelectMany(statement => statement.DescendantNodesAndSelf(IsOfBody)).ToList();
        var exits = rest.OfType<StatementSyntax>().Where(jump => BodyExits.Leaves(jump, list.Container) && !IsHandOut(site, block, jump)).ToList();
        var endIsReached = site.Model.AnalyzeControlFlow(list.Statements[0], list.Statements[list.Statements.Count - 1]) is not { Succeeded: true, EndPointIsReachable: false };
        if (rest.Exists(node => node is YieldStatementSyntax or GotoStatementSyntax) || !exits.TrueForAll(exit => block.References(exit).All(name => IsLookedInto(site, name))) || endIsReached && declaring is UsingStatementSyntax)
        {
            yield break;
        }

        // Of what a pool gets back no rule asks that it does when something throws: the 'using' did.
        var release = ReleaseOf(site, declared, declaring!);
        IReadOnlyList<SyntaxNode> ways = endIsReached ? [.. exits, list.Container] : exits;
        var isGuarded = site.Finding.Property(FixData.LifetimeKey) != "process" && rest.Exists(node => MayThrow(node) && !node.Ancestors().Any(outer => outer is ThrowStatementSyntax || outer is StatementSyntax jump && IsHandOut(site, block, jump)));
        yield return isGuarded || exits.Exists(exit => exit is ThrowStatementSyntax && (block.References(exit).Any() || exit.Ancestors().TakeWhile(node => node != list.Container).Any(node => node is TryStatementSyntax)))
            ? null : Undisposed(block, declaring!, ways, release);
        if (exits.TrueForAll(exit => exit is ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or ReturnStatementSyntax { Expression: null or LiteralExpressionSyntax or IdentifierNameSyntax }))
        {
            yield return Undisposed(block, declaring!, ways.Where(way => way is not ThrowStatementSyntax), release) is { } first ? Guarded(site, first, declared, release) : null;
        }
    }

    /// <summary>The local of a <c>using</c> that is returned where the finding is, to somebody who can dispose of it.</summary>
    private static ILocalSymbol? ReturnedAt(FixSite site) =>
        site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.FirstAncestorOrSelf<StatementSyntax>() is ReturnStatementSyntax { Expression: { } value } && HandedOut(site, value) is { } name
            && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { IsUsing: true } local ? local : null;

    /// <summary>The statements behind the declaration; null where they cannot be told.</summary>
    private static StatementList? ListOf(SyntaxNode? declaring) => declaring switch
    {
        LocalDeclarationStatementSyntax { Parent: { } list } => StatementList.Of(list is GlobalStatementSyntax ? list.Parent! : list),
        UsingStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } body, Parent: BlockSyntax or SwitchSectionSyntax } => StatementList.Of(body),
        _ => null,
    };

    /// <summary>The name of the variable whose object <paramref name="value"/> gives: by itself, in a task, or in a new object that is disposed of in its place.</summary>
    private static IdentifierNameSyntax? HandedOut(FixSite site, ExpressionSyntax value)
    {
        value = OwnedBlock.Bare(value);
        if (value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: var given, Initializer: null } && site.Model.GetTypeInfo(value, site.CancellationToken).Type is { } made)
        {
            var names = given.Select(argument => OwnedBlock.Bare(argument.Expression)).OfType<IdentifierNameSyntax>().Where(name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { IsUsing: true }).ToList();
            return names.Count == 1 && (made.Name is "ValueTask" || IsDisposable(site.Model.GetTypeInfo(value, site.CancellationToken).ConvertedType)) ? names[0] : null;
        }

        if (value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" }, ArgumentList.Arguments: { Count: 1 } results })
        {
            value = OwnedBlock.Bare(results[0].Expression);
        }

        return value is IdentifierNameSyntax own && IsDisposable(site.Model.GetTypeInfo(own, site.CancellationToken).ConvertedType) ? own : null;
    }

    /// <summary>Whoever has a value of the type can dispose of it.</summary>
    public static bool IsDisposable(ITypeSymbol? type) => type is not null
        && (IsDisposal(type) || type.AllInterfaces.Any(IsDisposal) || type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(IsDisposable) || type.IsRefLikeType && type.GetMembers("Dispose").OfType<IMethodSymbol>().Any(method => method.Parameters.IsEmpty));

    private static bool IsDisposal(ITypeSymbol type) => type.SpecialType == SpecialType.System_IDisposable || type is { Name: "IAsyncDisposable", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static bool IsHandOut(FixSite site, OwnedBlock block, StatementSyntax jump) => jump is ReturnStatementSyntax { Expression: { } value } && HandedOut(site, value) is { } name && block.References(name).Any();

    private static bool MayThrow(SyntaxNode node) => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or ThrowExpressionSyntax;

    private static bool IsOfBody(SyntaxNode node) => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    /// <summary>Nobody but the caller is given the object: it is used, lent, and returned.</summary>
    private static bool IsOnlyHandedOut(OwnedBlock block, StatementList list) => block.References(list.Container).All(name =>
        name.Ancestors().TakeWhile(node => node != list.Container).All(IsOfBody)
        && !GuardedRegion.IsPutAway(block.Site, name, list.Container)
        && (name.FirstAncestorOrSelf<StatementSyntax>() is { } statement && IsHandOut(block.Site, block, statement)
            || OwnedBlock.Dressed(name).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax } or BinaryExpressionSyntax { RawKind: not (int)SyntaxKind.CoalesceExpression } or IsPatternExpressionSyntax
            || IsReceiver(name)));

    private static bool IsReceiver(IdentifierNameSyntax name) => name.Parent is MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or ElementAccessExpressionSyntax or AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax or MemberAccessExpressionSyntax };

    /// <summary>A number or a text is read from the object, which then is of no more interest.</summary>
    private static bool IsLookedInto(FixSite site, IdentifierNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Expression == name && access.Parent is not InvocationExpressionSyntax && MoveReleaseAfterLastUse.IsPlainValue(site.Model.GetTypeInfo(access, site.CancellationToken).Type);

    /// <summary>The lines that dispose of the object as the <c>using</c> does.</summary>
    private static IReadOnlyList<string> ReleaseOf(FixSite site, VariableDeclaratorSyntax declared, SyntaxNode declaring)
    {
        var isAwaited = declaring is LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 };
        var mayBeNull = site.Model.GetTypeInfo(declared.Initializer!.Value, site.CancellationToken).Nullability.FlowState == NullableFlowState.MaybeNull;
        return isAwaited && mayBeNull ? [$"if ({declared.Identifier.Text} is not null)", "{", site.Layout.UnitAt(declaring) + $"await {declared.Identifier.Text}.DisposeAsync();", "}"]
            : [isAwaited ? $"await {declared.Identifier.Text}.DisposeAsync();" : $"{declared.Identifier.Text}{(mayBeNull ? "?" : string.Empty)}.Dispose();"];
    }

    /// <summary>Takes the <c>using</c> away, and disposes of the object before each of the <paramref name="exits"/>.</summary>
    private static Plan? Undisposed(OwnedBlock block, SyntaxNode declaring, IEnumerable<SyntaxNode> exits, IReadOnlyList<string> release)
    {
        var site = block.Site;
        var edits = new TextEdits();
        foreach (var exit in exits)
        {
            if (!ReleaseBeforeExit.Release(block, edits, exit, release))
            {
                return null;
            }
        }

        if (declaring is LocalDeclarationStatementSyntax declaration)
        {
            edits.Delete(TextSpan.FromBounds(declaration.SpanStart, declaration.Declaration.SpanStart));
        }
        else if (!Unwrap(site, edits, (UsingStatementSyntax)declaring))
        {
            return null;
        }

        return Plan.Of($"Leave '{block.OwnerText}' to the caller", edits);
    }

    /// <summary>Makes a declaration of the head of <paramref name="statement"/>, and lets what is in its braces move out by one step.</summary>
    private static bool Unwrap(FixSite site, TextEdits edits, UsingStatementSyntax statement)
    {
        var body = (BlockSyntax)statement.Statement;
        var (open, close) = (body.OpenBraceToken.Span.End, body.CloseBraceToken.SpanStart);
        var head = TextSpan.FromBounds(statement.Declaration!.Span.End, open);
        if (!site.Layout.StartsLine(statement.SpanStart) || !site.Layout.EndsLine(open) || !site.Layout.StartsLine(close) || !site.Layout.EndsLine(statement.Span.End)
            || site.Root.DescendantTrivia(head).Any(trivia => head.Contains(trivia.Span) && !string.IsNullOrWhiteSpace(trivia.ToString())))
        {
            return false;
        }

        var inner = TextSpan.FromBounds(site.Layout.NextLine(open), site.Layout.LineStart(close));
        edits.Delete(TextSpan.FromBounds(statement.SpanStart, statement.Declaration.SpanStart));
        edits.Replace(head, ";");
        site.Layout.Outdent(edits, inner, site.Layout.UnitAt(statement));
        edits.Delete(TextSpan.FromBounds(inner.End, site.Layout.NextLine(statement.Span.End)));
        return true;
    }

    /// <summary>The same, and what follows disposes of the object when it throws.</summary>
    private static Plan? Guarded(FixSite site, Plan first, VariableDeclaratorSyntax declared, IReadOnlyList<string> release)
    {
        var map = new SpanMap(first.Changes);
        if (site.Finding.After(map) is not { } moved || map.Map(declared.Identifier.Span) is not { } name)
        {
            return null;
        }

        var between = site.After(Outcome.Of(site, first), moved, null);
        if (between.NodeAt<LocalDeclarationStatementSyntax>(name) is not { Parent: { } parent } declaration || StatementList.Of(parent is GlobalStatementSyntax ? parent.Parent! : parent) is not { } list)
        {
            return null;
        }

        var edits = new TryFinallyEdits(between, list, list.IndexOf(declaration) + 1);
        return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, [.. release, "throw;"], [], keyword: "catch") && Plan.Of(first.Title, edits.Edits) is { } second
            ? Plan.Of(first, second, between.Text, site.Text) with { Title = first.Title + ", unless something throws" } : null;
    }
}
