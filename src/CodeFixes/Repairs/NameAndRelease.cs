using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Gives a block that is allocated inside a larger expression a name, and releases it in a <c>finally</c>.</summary>
internal sealed class NameAndRelease : Repair
{
    public override string Name => "NameAndRelease";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || OwnedBlock.Find(site) is not { Owner: null, Statement: { } statement } block || statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }
            || StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).FirstOrDefault() is not { } list
            || list.IndexOf(statement) is not (>= 0 and var index))
        {
            yield break;
        }

        if (IsCollected(block) || IsInObjectHandedOn(block))
        {
            yield break;
        }

        var whole = list.Statements[index];
        if (EmbeddedStatement.Is(statement))
        {
            foreach (var named in NamedBlock.Of(block, statement, list.Container, site.Layout.UnitAt(whole)))
            {
                yield return Braced(site, block, statement, named);
            }
        }

        var all = list.CountWithoutTrailingFunctions();
        var isKept = IsKept(block, list, index);
        foreach (var named in NamedBlock.Of(block, whole, list.Container, site.Layout.UnitAt(whole)))
        {
            if (site.ReleaseTemplate.StartsWith("{0}.Dispose()", StringComparison.Ordinal) && (whole is LocalDeclarationStatementSyntax || all <= index + 1) && named.Declaration.EndsWith($" = {block.Allocation};", StringComparison.Ordinal))
            {
                yield return ByUsing(site, block, whole, named);
            }

            // To the end where the statement declares what is used later.
            foreach (var end in isKept || whole is LocalDeclarationStatementSyntax || all <= index + 1 ? [Math.Max(all, index + 1)] : new[] { index + 1, all })
            {
                var edits = new TryFinallyEdits(site, list, index);
                edits.Edits.Replace(PlaceOf(block, named), named.Replacement);
                if (edits.Guard(end, reuse: false, named.Release, [named.Declaration]))
                {
                    yield return Plan.Of("Name the block and release it in a finally block", edits.Edits);
                }
            }
        }
    }

    /// <summary>The rest of the list is the life of the object: <c>using var owner = pool.Rent(n);</c></summary>
    private static Plan? ByUsing(FixSite site, OwnedBlock block, StatementSyntax whole, NamedBlock named)
    {
        if (whole.Parent is not (BlockSyntax or GlobalStatementSyntax) || !site.Layout.StartsLine(whole.SpanStart) || !IsUsable(site, block, named))
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(whole.SpanStart, "using " + named.Declaration + site.Layout.NewLine + site.Layout.IndentAt(whole.SpanStart));
        edits.Replace(PlaceOf(block, named), named.Replacement);
        return Plan.Of("Name the object and declare it with 'using'", edits);
    }

    /// <summary>What <paramref name="named"/> declares may be declared with <c>using</c>.</summary>
    public static bool IsUsable(FixSite site, OwnedBlock block, NamedBlock named) => site.Language >= LanguageVersion.CSharp8 && named.Declaration.EndsWith($" = {block.Allocation};", StringComparison.Ordinal)
        && site.Model.GetTypeInfo(block.Allocation, site.CancellationToken).Type is { IsReferenceType: true } type && type.AllInterfaces.Append(type).Any(part => part.SpecialType == SpecialType.System_IDisposable);

    /// <summary>A name needs no parentheses.</summary>
    public static TextSpan PlaceOf(OwnedBlock block, NamedBlock named) =>
        block.Allocation.Parent is ParenthesizedExpressionSyntax around && SyntaxFacts.IsValidIdentifier(named.Replacement) ? around.Span : block.Allocation.Span;

    /// <summary>The block goes into a collection of the body, in which nobody must find it when it is released.</summary>
    private static bool IsCollected(OwnedBlock block) =>
        OwnedBlock.Dressed(block.Allocation).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax holder, Name.Identifier.ValueText: "Add" or "Enqueue" or "Push" or "AddLast" or "AddFirst" or "Insert" } } }
        && block.Site.Model.GetTypeInfo(holder, block.Site.CancellationToken).Type?.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) == true;

    /// <summary>An object is made of the block and handed to somebody: <c>list.Add(new Item(name, Make()))</c>.</summary>
    private static bool IsInObjectHandedOn(OwnedBlock block)
    {
        ExpressionSyntax value = OwnedBlock.Dressed(block.Allocation);
        while (value.Parent is ArgumentSyntax { Parent.Parent: ExpressionSyntax { Parent: not null } around } && around is BaseObjectCreationExpressionSyntax or TupleExpressionSyntax || value.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax })
        {
            value = OwnedBlock.Dressed(value.Parent.Parent as TupleExpressionSyntax ?? (ExpressionSyntax)value.Parent.Parent!.Parent!);
        }

        return value != OwnedBlock.Dressed(block.Allocation)
            && value.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax or AwaitExpressionSyntax } call } && block.Site.Model.GetSymbolInfo(call, block.Site.CancellationToken).Symbol is IMethodSymbol { IsStatic: false };
    }

    /// <summary>The block goes to a member of an object that is used later on, <c>holder.Put(Make())</c>: from there it may come back.</summary>
    private static bool IsKept(OwnedBlock block, StatementList list, int index) =>
        OwnedBlock.Dressed(block.Allocation).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax holder } } call }
        && block.Site.Model.GetSymbolInfo(holder, block.Site.CancellationToken).Symbol is ILocalSymbol or IParameterSymbol && block.Site.Model.GetSymbolInfo(call, block.Site.CancellationToken).Symbol is IMethodSymbol { IsStatic: false }
        && list.Statements.Skip(index + 1).SelectMany(statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == holder.Identifier.ValueText);

    /// <summary>The statement is the body of a loop or a branch, without braces.</summary>
    private static Plan? Braced(FixSite site, OwnedBlock block, StatementSyntax statement, NamedBlock named)
    {
        var unit = site.Layout.UnitAt(statement);
        var edits = new TextEdits();
        edits.Replace(PlaceOf(block, named), named.Replacement);
        var text = edits.Take(site.Text, statement.Span);
        if (text.Contains("\n"))
        {
            return null;
        }

        IReadOnlyList<string> closing = site.Layout.BraceEndsLine(statement) ? ["} finally {"] : ["}", "finally", "{"];
        IReadOnlyList<string> lines = [named.Declaration, .. site.Layout.Styled(["try", "{"], statement), unit + text, .. closing, .. named.Release.Select(line => unit + line), "}"];
        return EmbeddedStatement.Replace(site, edits, statement, lines) ? Plan.Of("Name the block and release it in a finally block", edits) : null;
    }
}
