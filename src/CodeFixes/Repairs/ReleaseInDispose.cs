using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Completes the <c>Dispose</c> that a type has, so that it releases the block of a field.</summary>
internal sealed class ReleaseInDispose : Repair
{
    public override string Name => "CompleteDispose";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason == FixData.ReasonOverwritten || site.Finding.Properties.ContainsKey(FixData.DisposalIsRightKey) || OwningField.Find(site) is not { } owner || DisposeOf(site, owner) is not { } dispose)
        {
            yield break;
        }

        // It mentions the field, in a way that the analysis does not see as a release: not for a machine to judge.
        var clearing = owner.Collection switch
        {
            null => null,
            { IsNative: true } => ReleasedIn(owner, dispose),
            _ => LostEntries.ClearingIn(owner, dispose),
        };
        if (owner.Collection is { IsNative: true } && clearing is null)
        {
            yield break;
        }

        if (dispose.DescendantNodes().OfType<ArgumentSyntax>().Any(argument => argument.Expression.ToString().EndsWith(owner.Name, StringComparison.Ordinal) && clearing?.Span.Contains(argument.Span) != true && MayRelease(site, argument)))
        {
            yield break;
        }

        // The release may have to be written into another file than the field.
        var isHere = dispose.SyntaxTree == site.Root.SyntaxTree;
        var there = isHere ? owner : owner.In(site.Elsewhere(dispose.SyntaxTree), dispose.FirstAncestorOrSelf<TypeDeclarationSyntax>()!, dispose.Identifier);
        var unit = there.Site.Layout.UnitAt(dispose);
        if (there.ReleaseLines(unit, dispose, isCleared: clearing is not null, isThere: clearing is not null && IsTested(owner, clearing)) is not { } lines || (owner.MustBeWritable && owner.Declaration.SyntaxTree != site.Root.SyntaxTree && owner.Declaration.SyntaxTree != dispose.SyntaxTree))
        {
            yield break;
        }

        foreach (var replaced in owner.IsOverwritten ? new[] { true, false } : [false, true])
        {
            var edits = new TextEdits();
            var editsThere = isHere ? edits : new TextEdits();
            FieldModifiers.MakeWritable(owner, owner.Declaration.SyntaxTree == dispose.SyntaxTree ? editsThere : edits);
            foreach (var change in owner.Collection?.Preparations ?? ImmutableArray<TextChange>.Empty)
            {
                edits.Replace(change.Span, change.NewText!);
            }

            if (replaced && !(owner.Collection is null ? owner.ReleaseBeforeAssignments(edits) : LostEntries.Release(owner, edits, dispose)))
            {
                continue;
            }

            var release = isHere ? lines : Named(there.Site, editsThere, lines, dispose.SpanStart);
            var written = dispose.Body is { } body ? IntoBlock(there, editsThere, body, release, clearing) : IntoExpression(there.Site, editsThere, dispose, release, unit, clearing);
            CallBase.InOverrides(there.Site, editsThere, dispose);
            var title = $"Release {(owner.Collection is null ? string.Empty : "what is in ")}'{owner.Name}' in {dispose.Identifier.Text}";
            yield return !written ? null : isHere ? Plan.Of(title, edits) : Plan.Of(title, edits, dispose.SyntaxTree, editsThere);
        }
    }

    /// <summary>Where <paramref name="dispose"/> releases a native array, before which lines can be written; null when it does not, or does something else with it first.</summary>
    private static SyntaxNode? ReleasedIn(OwningField owner, MethodDeclarationSyntax dispose)
    {
        var first = dispose.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault(name => owner.IsMeantBy(name) && !name.Ancestors().OfType<IfStatementSyntax>().Any(test => test.Condition.Span.Contains(name.Span)));
        return first?.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault() switch
        {
            { Parent: ExpressionStatementSyntax { Parent: BlockSyntax list } statement } call when call.ArgumentList.Span.Contains(first.Span) && (owner.Site.Layout.StartsLine(statement.SpanStart) || list.Parent is MethodDeclarationSyntax) => call,
            { Parent: ArrowExpressionClauseSyntax } call when call.ArgumentList.Span.Contains(first.Span) => call,
            _ => null,
        };
    }

    /// <summary>It is known at <paramref name="node"/> that the field is not null.</summary>
    private static bool IsTested(OwningField owner, SyntaxNode node) => node.Ancestors().TakeWhile(outer => outer is not MemberDeclarationSyntax).OfType<IfStatementSyntax>().Any(test => test.Statement.Span.Contains(node.Span) && test.Condition switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } unequal => owner.IsMeantBy(unequal.Left) && ReleaseCall.IsNothing(unequal.Right),
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression: var constant } } } pattern => owner.IsMeantBy(pattern.Expression) && ReleaseCall.IsNothing(constant),
        _ => false,
    });

    /// <summary>Neither source nor the library says what becomes of the <paramref name="argument"/>.</summary>
    private static bool MayRelease(FixSite site, ArgumentSyntax argument)
    {
        if (argument.RefKindKeyword.RawKind != 0 || argument.Parent?.Parent is not InvocationExpressionSyntax call || call.SyntaxTree != site.Root.SyntaxTree || site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary, IsExtern: false } called)
        {
            return true;
        }

        return called.DeclaringSyntaxReferences.IsEmpty && (called.ContainingNamespace?.ToDisplayString() is not { } space || !(space == "System" || space.StartsWith("System.", StringComparison.Ordinal)));
    }

    /// <summary>The method that does the work: <c>Dispose(bool)</c>, or else <c>Dispose()</c>, or else <c>DisposeAsync()</c>.</summary>
    private static MethodDeclarationSyntax? DisposeOf(FixSite site, OwningField owner)
    {
        // Of a partial type the parts in this file come first.
        var parts = owner.Symbol.ContainingType.DeclaringSyntaxReferences.OrderBy(part => part.SyntaxTree == site.Root.SyntaxTree ? 0 : 1).ThenBy(part => part.SyntaxTree.FilePath, StringComparer.Ordinal).Select(part => part.GetSyntax(site.CancellationToken)).OfType<TypeDeclarationSyntax>();
        var methods = parts.SelectMany(part => part.Members).OfType<MethodDeclarationSyntax>().Where(method => (method.Body is not null || method.ExpressionBody is not null) && (method.SyntaxTree == site.Root.SyntaxTree || !IsGenerated(method.SyntaxTree))).ToList();
        return methods.Find(method => method.Identifier.ValueText == "Dispose" && method.ParameterList.Parameters.Count == 1 && method.ParameterList.Parameters[0].Type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.BoolKeyword })
            ?? methods.Find(method => method.Identifier.ValueText == "Dispose" && method.ParameterList.Parameters.Count == 0)
            ?? methods.Find(method => method.Identifier.ValueText is "DisposeAsync" or "DisposeAsyncCore" && method.ParameterList.Parameters.Count == 0);
    }

    /// <summary>The <paramref name="lines"/> with the class of the release named by a <c>using</c> directive, which the file of the field has.</summary>
    private static IReadOnlyList<string> Named(FixSite there, TextEdits edits, IReadOnlyList<string> lines, int position)
    {
        const string Global = "global::";
        var template = there.ReleaseTemplate;
        var end = template.StartsWith(Global, StringComparison.Ordinal) && template.IndexOf('(') is > 0 and var open ? template.LastIndexOf('.', open) : -1;
        var name = end < 0 ? string.Empty : template.Substring(Global.Length, end - Global.Length);
        if (name.Length == 0 || !lines.Any(line => line.Contains(Global + name)) || there.Model.Compilation.GetTypeByMetadataName(name) is not { } type)
        {
            return lines;
        }

        var written = UsingDirectives.Name(there, edits, type, position);
        return lines.Select(line => line.Replace(Global + name, written)).ToList();
    }

    /// <summary>What a tool writes is written anew.</summary>
    private static bool IsGenerated(SyntaxTree tree) =>
        tree.FilePath is var path && (path.Length == 0 || path.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".g.i.cs", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".generated.cs", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".designer.cs", StringComparison.OrdinalIgnoreCase))
        || tree.GetRoot().GetLeadingTrivia().Any(trivia => trivia.ToString().Contains("<auto-generated"));

    private static bool IntoBlock(OwningField owner, TextEdits edits, BlockSyntax body, IReadOnlyList<string> lines, SyntaxNode? clearing)
    {
        var site = owner.Site;
        if (clearing?.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax } before && site.Layout.StartsLine(before.SpanStart))
        {
            // What is in it goes before the collection forgets it.
            edits.Insert(site.Layout.LineStart(before.SpanStart), site.Layout.Indented([.. lines, string.Empty], site.Layout.IndentAt(before.SpanStart)));
            return true;
        }

        // if (!_disposed) { ... } is the whole body: the release goes inside.
        while (body.Statements.Count == 1 && body.Statements[0] is IfStatementSyntax { Else: null, Condition: PrefixUnaryExpressionSyntax, Statement: BlockSyntax inner })
        {
            body = inner;
        }

        if (!owner.NeedsFinalizer && body.Statements.OfType<IfStatementSyntax>().FirstOrDefault(test => test.Condition is IdentifierNameSyntax { Identifier.ValueText: "disposing" })?.Statement is BlockSyntax managed)
        {
            body = managed;
        }
        else if (!owner.NeedsFinalizer && owner.Collection is null && clearing is null && body.Parent is MethodDeclarationSyntax { ParameterList.Parameters: { Count: 1 } parameters } && parameters[0].Identifier.ValueText == "disposing")
        {
            // A finalizer gets here as well: what the collector knows is not for it.
            lines = site.Layout.Styled(["if (disposing)", "{", .. lines.Select(line => line.Length > 0 ? site.Layout.UnitAt(body) + line : line), "}", string.Empty], owner.Type);
        }

        var index = body.Statements.Count;
        while (index > 0 && ComesLast(body.Statements[index - 1]))
        {
            index--;
        }

        // _pair = default; forgets all that is in it.
        var forgets = body.Statements.IndexOf(statement => statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax forgetting } && owner.IsTargetOf(forgetting) && ReleaseCall.IsNothing(forgetting.Right));
        if (owner.Collection is null && forgets >= 0 && forgets < index)
        {
            index = forgets;
            lines = lines.Count > 1 && lines[lines.Count - 1].StartsWith(owner.Name + " = ", StringComparison.Ordinal) ? [.. lines.Take(lines.Count - 1)] : lines;
        }

        if (!site.Layout.StartsLine(body.CloseBraceToken.SpanStart))
        {
            if (clearing?.FirstAncestorOrSelf<StatementSyntax>() is { } release && body.Statements.IndexOf(release) is >= 0 and var first)
            {
                index = first;
            }

            var all = body.Statements.Select(statement => statement.ToString()).ToList();
            all.InsertRange(index, lines);
            if (all.Count > lines.Count && owner.Collection is not null)
            {
                all.Insert(index < all.Count - lines.Count ? index + lines.Count : index, string.Empty);
            }

            if (!site.Layout.StartsLine(body.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.SpanStart))
            {
                // The whole type stands on one line.
                edits.Replace(body.Span, "{ " + string.Join(" ", all.Select(line => line.Trim()).Where(line => line.Length > 0)) + " }");
                return true;
            }

            var outer = site.Layout.IndentAt(body.SpanStart);
            var newLine = site.Layout.NewLine;
            var unit = site.Layout.UnitAt(owner.Type);
            var last = body.OpenBraceToken.GetPreviousToken();
            var opening = site.Layout.BraceEndsLine(owner.Type) ? " {" : newLine + outer + "{";
            edits.Replace(TextSpan.FromBounds(last.Span.End, body.Span.End), opening + newLine + site.Layout.Indented(all, outer + unit) + outer + "}");
            return true;
        }

        var at = index < body.Statements.Count ? body.Statements[index] : null;
        if (at is not null && !site.Layout.StartsLine(at.SpanStart))
        {
            return false;
        }

        var indent = at is not null ? site.Layout.IndentAt(at.SpanStart) : site.Layout.IndentAt(body.CloseBraceToken.SpanStart) + site.Layout.UnitAt(body);
        var position = at is not null ? site.Layout.LineStart(at.SpanStart) : site.Layout.LineStart(body.CloseBraceToken.SpanStart);
        if (owner.Collection is not null)
        {
            // A loop stands apart from its neighbours.
            var isApart = index == 0 || (at is not null && site.Layout.IsBlankLine(site.Layout.LineStart(site.Layout.LineStart(at.SpanStart) - 1)));
            lines = [.. Enumerable.Repeat(string.Empty, isApart ? 0 : 1), .. lines, .. Enumerable.Repeat(string.Empty, at is null ? 0 : 1)];
        }

        else if (at is null && index > 0 && body.Statements[index - 1].GetLastToken().IsKind(SyntaxKind.CloseBraceToken) && site.Layout.StartsLine(body.Statements[index - 1].GetLastToken().SpanStart))
        {
            lines = [string.Empty, .. lines];
        }

        edits.Insert(position, site.Layout.Indented(lines, indent));
        return true;
    }

    private static bool IntoExpression(FixSite site, TextEdits edits, MethodDeclarationSyntax dispose, IReadOnlyList<string> lines, string unit, SyntaxNode? clearing)
    {
        if (dispose.ExpressionBody is not { } arrow || site.Model.GetDeclaredSymbol(dispose, site.CancellationToken) is not { } method)
        {
            return false;
        }

        var call = arrow.Expression.ToString();
        IReadOnlyList<string> all;
        if (method.ReturnsVoid || (method.IsAsync && arrow.Expression is AwaitExpressionSyntax))
        {
            all = clearing is not null ? [.. lines, string.Empty, call + ";"] : call.Contains("SuppressFinalize") ? [.. lines, call + ";"] : [call + ";", .. lines];
        }
        else if (!method.IsAsync && arrow.Expression is InvocationExpressionSyntax && method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.IsEmpty: true })
        {
            // What is disposed of there may need the block until it is done.
            edits.Insert(dispose.ReturnType.SpanStart, "async ");
            all = [$"await {call};", .. lines];
        }
        else if (!method.IsAsync && arrow.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } or LiteralExpressionSyntax or DefaultExpressionSyntax)
        {
            all = [.. lines, $"return {call};"];
        }
        else
        {
            return false;
        }

        return ExpressionBody.Open(site, edits, dispose, all, unit);
    }

    /// <summary>What a <c>Dispose</c> ends with: the note that it ran, the call of the base, the word to the collector.</summary>
    private static bool ComesLast(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } } } => true,
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax } } } => true,
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SuppressFinalize" } } } => true,
        ReturnStatementSyntax => true,
        _ => false,
    };
}
