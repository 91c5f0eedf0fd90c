using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Opens a request scope that ends soon enough: at the top of an iteration, or before the allocation where no scope is
/// open at all.
/// </summary>
internal sealed class OpenScope(bool perIteration) : Repair
{
    public override string Name => perIteration ? "ScopePerIteration" : "OpenScope";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody
            || site.Language < LanguageVersion.CSharp8
            || site.Model.Compilation.GetTypeByMetadataName("LifetimeAnalyzers.RequestScope") is not { } type
            || OwnedBlock.Find(site) is not { Statement: { } statement } block
            || TakesFromScopeObject(site, block))
        {
            yield break;
        }

        var edits = new TextEdits();
        if (perIteration && BegunAround(site, statement) is { } begun)
        {
            edits.Insert(begun.SpanStart, "using ");
            yield return Plan.Of("End the request scope of each iteration", edits);
            edits = new TextEdits();
        }

        var scope = UsingDirectives.Name(site, edits, type, statement.SpanStart);
        var line = $"using {(LocalType.Of(site, type, statement.SpanStart) == "var" ? "var" : scope)} {NewName.Free(site, statement.SpanStart, "scope")} = {scope}.Begin();";
        var written = perIteration ? AtTopOfIteration(block, edits, line) : BeforeAllocation(block, edits, line);
        if (written is null)
        {
            yield return Plan.Done;
        }

        yield return written == true ? Plan.Of(perIteration ? "Open a request scope for each iteration" : "Open a request scope", edits) : null;
    }

    /// <summary>The iteration begins a scope already, which nothing ends.</summary>
    private static LocalDeclarationStatementSyntax? BegunAround(FixSite site, StatementSyntax statement) => StatementList.Around(statement)
        .TakeWhile(list => list.Container.Parent is not MemberDeclarationSyntax).SelectMany(list => list.Statements.Take(Math.Max(0, list.IndexOf(statement)))).OfType<LocalDeclarationStatementSyntax>().LastOrDefault(declared =>
            declared.UsingKeyword.RawKind == 0 && declared.Declaration.Variables is { Count: 1 } variables && variables[0].Initializer is { Value: InvocationExpressionSyntax begin }
            && site.Model.GetSymbolInfo(begin, site.CancellationToken).Symbol is IMethodSymbol { IsStatic: true, Name: "Begin", ContainingType: { Name: "RequestScope", ContainingNamespace.Name: "LifetimeAnalyzers" } });

    /// <summary>A block of <c>scope.Emalloc</c> belongs to that scope, whatever scope is opened.</summary>
    private static bool TakesFromScopeObject(FixSite site, OwnedBlock block) =>
        site.Model.GetSymbolInfo(block.Allocation, site.CancellationToken).Symbol is { IsStatic: false, ContainingType.Name: "RequestScope" };

    /// <summary>True when it is written, null when a scope is open there already.</summary>
    private static bool? AtTopOfIteration(OwnedBlock block, TextEdits edits, string line)
    {
        var site = block.Site;
        var home = StatementList.Around(block.Statement!).FirstOrDefault(list => block.Owner is null || block.References(site.Root).All(name => list.Container.Span.Contains(name.Span)));
        var inner = home?.Container ?? block.Statement!;
        var body = inner.AncestorsAndSelf().TakeWhile(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) || node is GlobalStatementSyntax)
            .OfType<StatementSyntax>().FirstOrDefault(IsLoopBody);
        if (body is null)
        {
            // The iteration is the caller's: a timer, a queue. This body is what runs each time.
            body = inner.AncestorsAndSelf().OfType<BlockSyntax>().FirstOrDefault(candidate => candidate.Parent is BaseMethodDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
        }

        if (body is not null && EmbeddedStatement.Is(body))
        {
            return !body.ToString().Contains('\n') && EmbeddedStatement.Replace(site, edits, body, [line, body.ToString()]);
        }

        if (body is not BlockSyntax { Statements.Count: > 0 } statements || IsIterator(statements))
        {
            return false;
        }

        return HasScope(statements.Statements) ? null : InsertBefore(site, edits, statements.Statements[0], line);
    }

    private static bool? BeforeAllocation(OwnedBlock block, TextEdits edits, string line)
    {
        var site = block.Site;
        var list = StatementList.Around(block.Statement!.Parent is GlobalStatementSyntax ? block.Statement.Parent : block.Statement).FirstOrDefault(list =>
            list.Container is not SwitchSectionSyntax && (block.Owner is null || block.Declaration is null || list.Container.Span.Contains(block.Declaration.Span) || block.References(site.Root).All(name => list.Container.Span.Contains(name.Span))));
        if (list is null)
        {
            return false;
        }

        return HasScope(list.Statements) ? null : InsertBefore(site, edits, list.Statements[list.IndexOf(block.Statement!)], line);
    }

    private static bool InsertBefore(FixSite site, TextEdits edits, StatementSyntax first, string line)
    {
        if (!site.Layout.StartsLine(first.SpanStart))
        {
            edits.Insert(first.SpanStart, line + " ");
            return true;
        }

        edits.Insert(site.Layout.LineStart(first.SpanStart), site.Layout.IndentAt(first.SpanStart) + line + site.Layout.NewLine);
        return true;
    }

    private static bool IsLoopBody(StatementSyntax statement) => statement.Parent switch
    {
        WhileStatementSyntax loop => loop.Statement == statement,
        DoStatementSyntax loop => loop.Statement == statement,
        ForStatementSyntax loop => loop.Statement == statement,
        CommonForEachStatementSyntax loop => loop.Statement == statement,
        _ => false,
    };

    private static bool HasScope(IEnumerable<StatementSyntax> statements) =>
        statements.OfType<LocalDeclarationStatementSyntax>().Any(declaration => declaration.UsingKeyword.IsKind(SyntaxKind.UsingKeyword) && declaration.ToString().Contains("RequestScope.Begin("));

    private static bool IsIterator(BlockSyntax block) => block.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node is YieldStatementSyntax);
}
