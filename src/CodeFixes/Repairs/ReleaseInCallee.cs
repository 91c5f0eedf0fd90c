using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A function of the file is handed the block and releases it at its end, and not when something throws before: its
/// release becomes a <c>finally</c>. The caller can do nothing, which does not know how far the function has come.
/// </summary>
internal sealed class ReleaseInCallee : Repair
{
    /// <summary>So many functions are looked at, each called by the one before.</summary>
    private const int MostFunctions = 6;

    public override string Name => "InCallee";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonThrows)
        {
            yield break;
        }

        var functions = site.Finding.PlacesOf(FixData.Throwing).Select(place => site.NodeAt<InvocationExpressionSyntax>(place)).SelectMany(call => BodiesOf(site, call)).ToList();
        var whole = new List<Plan>();
        for (var i = 0; i < functions.Count && i < MostFunctions; i++)
        {
            Plan? first = null;
            var list = StatementList.Of(functions[i])!;
            for (var end = list.Statements.Count - 1; end >= 0; end--)
            {
                if (ReleasingCall(list.Statements[end]) is not { } call)
                {
                    continue;
                }

                foreach (var plan in Guarded(site, list, end))
                {
                    first ??= plan;
                    yield return plan;
                }

                functions.AddRange(BodiesOf(site, call).Where(next => !functions.Contains(next)).ToList());
            }

            if (first is not null)
            {
                whole.Add(first);
                yield return whole.Count > 1 ? Together(whole) : null;
            }
        }
    }

    /// <summary>The release goes through several functions, and each may throw before it hands the block on.</summary>
    private static Plan? Together(List<Plan> plans)
    {
        var changes = plans.SelectMany(plan => plan.Changes).OrderBy(change => change.Span.Start).ToImmutableArray();
        return Enumerable.Range(1, changes.Length - 1).All(i => changes[i - 1].Span.End < changes[i].Span.Start) ? new Plan("Release in a finally block in each function", changes) : null;
    }

    /// <summary>The blocks of the functions of this file that may be called: the method itself, or those that override or implement it.</summary>
    private static IEnumerable<BlockSyntax> BodiesOf(FixSite site, InvocationExpressionSyntax? call)
    {
        if (call is null || site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is not IMethodSymbol { OriginalDefinition: var method })
        {
            return [];
        }

        var own = (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences.Where(part => part.SyntaxTree == site.Root.SyntaxTree).Select(part => part.GetSyntax(site.CancellationToken));
        var made = MadeFor(site, call);
        var others = method.IsAbstract || method.IsVirtual || method.IsOverride
            ? site.Root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(other => other.Identifier.ValueText == method.Name && site.Model.GetDeclaredSymbol(other, site.CancellationToken) is IMethodSymbol declared && IsFor(declared, method) && (made is null || SymbolEqualityComparer.Default.Equals(declared.ContainingType, made))).ToList()
            : [];
        if (others.Count > 1)
        {
            // which of them it is, nobody knows
            return [];
        }

        return own.Concat(others).Select(function => function switch
        {
            BaseMethodDeclarationSyntax declared => declared.Body,
            LocalFunctionStatementSyntax local => local.Body,
            _ => null,
        }).Where(body => body is not null).Select(body => body!).Distinct();
    }

    /// <summary>The type of the object that the call is made on, when the variable is declared with a new one.</summary>
    private static ITypeSymbol? MadeFor(FixSite site, InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax variable } && site.Model.GetSymbolInfo(variable, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations } &&
        declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax creation } ? site.Model.GetTypeInfo(creation, site.CancellationToken).Type : null;

    /// <summary>A call of <paramref name="called"/> may come to <paramref name="method"/>.</summary>
    private static bool IsFor(IMethodSymbol method, IMethodSymbol called)
    {
        for (var above = method.OverriddenMethod; above is not null; above = above.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(above.OriginalDefinition, called))
            {
                return true;
            }
        }

        return called.ContainingType.TypeKind == TypeKind.Interface && method.ContainingType.AllInterfaces.Any(face => SymbolEqualityComparer.Default.Equals(face.OriginalDefinition, called.ContainingType.OriginalDefinition))
            && method.Parameters.Length == called.Parameters.Length;
    }

    /// <summary>The call that a statement is, with a test around it or without: one that is handed something.</summary>
    private static InvocationExpressionSyntax? ReleasingCall(StatementSyntax statement)
    {
        var inner = statement is IfStatementSyntax { Else: null, Statement: var then } ? then is BlockSyntax { Statements: { Count: 1 } only } ? only[0] : then : statement;
        return inner is not ExpressionStatementSyntax { Expression: var expression } ? null : expression switch
        {
            InvocationExpressionSyntax call => call,
            AwaitExpressionSyntax { Expression: InvocationExpressionSyntax awaited } => awaited,
            _ => null,
        };
    }

    private static IEnumerable<Plan?> Guarded(FixSite site, StatementList list, int end)
    {
        var used = new HashSet<string>(list.Statements[end].DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText), StringComparer.Ordinal);
        var start = end;
        while (start > 0 && !Declares(list.Statements[start - 1], used) && !Moves(list.Statements[start - 1], used) && !MayPass(list.Statements[start - 1]))
        {
            start--;
        }

        if (start == end)
        {
            yield break;
        }

        var title = $"Release in a finally block in '{NameOf(list.Container.Parent)}'";
        if (!ReleaseHeld.UsesLater(list, start, end))
        {
            var edits = new TryFinallyEdits(site, list, start);
            yield return edits.Guard(end, reuse: true, null, []) ? Plan.Of(title, edits.Edits) : null;
        }
        else if (list.Statements[end] is ExpressionStatementSyntax release && end + 1 < list.Statements.Count)
        {
            // What is computed before is used behind: all of it is guarded.
            var edits = new TryFinallyEdits(site, list, start);
            StatementRemoval.Remove(site, edits.Edits, release);
            yield return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, [release.ToString()], []) ? Plan.Of(title, edits.Edits) : null;
        }
    }

    private static bool Declares(StatementSyntax statement, HashSet<string> names) => statement.DescendantNodesAndSelf(node => node is not BlockSyntax).Any(node =>
        (node is VariableDeclaratorSyntax variable && names.Contains(variable.Identifier.ValueText)) || (node is SingleVariableDesignationSyntax designation && names.Contains(designation.Identifier.ValueText)));

    /// <summary>What is released is given another value: in the middle of that it may be no block.</summary>
    private static bool Moves(StatementSyntax statement, HashSet<string> names) => statement.DescendantNodes().Any(node =>
        node is IdentifierNameSyntax name && names.Contains(name.Identifier.ValueText) && name.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == name,
            PostfixUnaryExpressionSyntax => true,
            PrefixUnaryExpressionSyntax prefix => prefix.RawKind is (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != (int)SyntaxKind.None,
            _ => false,
        });

    /// <summary>A way out without the release: where the caller keeps the block, perhaps.</summary>
    private static bool MayPass(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node is ReturnStatementSyntax or YieldStatementSyntax or GotoStatementSyntax or LabeledStatementSyntax);

    private static string NameOf(SyntaxNode? function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        _ => string.Empty,
    };
}
