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

    /// <summary>So many are asked for their names.</summary>
    private const int MostCalls = 64;

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
                if (ReleasingCall(list.Statements[end]) is not { } call || !IsHandedOn(site, list.Container.Parent!, call) || !MayRelease(site, call))
                {
                    continue;
                }

                foreach (var plan in GuardedRelease.Plans(site, list, end, $"Release in a finally block in '{NameOf(list.Container.Parent)}'"))
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
        var others = method.IsAbstract || method.IsVirtual || method.IsOverride
            ? site.Root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(other => other.Identifier.ValueText == method.Name && site.Model.GetDeclaredSymbol(other, site.CancellationToken) is IMethodSymbol declared && IsFor(declared, method))
            : [];
        return own.Concat(others).Select(function => function switch
        {
            BaseMethodDeclarationSyntax declared => declared.Body,
            LocalFunctionStatementSyntax local => local.Body,
            _ => null,
        }).Where(body => body is not null).Select(body => body!).Distinct();
    }

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

    /// <summary>What the <paramref name="call"/> is about has come into the <paramref name="function"/> from outside, and was not made there.</summary>
    private static bool IsHandedOn(FixSite site, SyntaxNode function, InvocationExpressionSyntax call)
    {
        return call.Expression is SimpleNameSyntax && site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { IsStatic: false }
            || call.Expression.DescendantNodesAndSelf().Any(node => node is ThisExpressionSyntax || node is IdentifierNameSyntax name && ComesIn(name, canBeMade: false)) || call.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => ComesIn(name, canBeMade: false));

        bool ComesIn(IdentifierNameSyntax name, bool canBeMade) => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol switch
        {
            IParameterSymbol or IFieldSymbol or IPropertySymbol => true,
            ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations } => declarations[0].GetSyntax(site.CancellationToken) is var declaration
                && (!function.Span.Contains(declaration.Span) || !canBeMade && declaration is VariableDeclaratorSyntax { Initializer.Value: { } value } && OwnedBlock.Bare(value) is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax) && value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(inner => ComesIn(inner, canBeMade: true))),
            _ => false,
        };
    }

    /// <summary>By its name, or by those of the functions that it calls, the <paramref name="call"/> releases something.</summary>
    private static bool MayRelease(FixSite site, InvocationExpressionSyntax call)
    {
        var pending = new List<InvocationExpressionSyntax> { call };
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var i = 0; i < pending.Count; i++)
        {
            var model = pending[i].SyntaxTree == site.Root.SyntaxTree ? site.Model : site.Model.Compilation.GetSemanticModel(pending[i].SyntaxTree);
            if (model.GetSymbolInfo(pending[i], site.CancellationToken).Symbol is not IMethodSymbol { OriginalDefinition: var called } || called.MethodKind == MethodKind.DelegateInvoke || called.IsAbstract || called.IsVirtual || called.IsOverride || OwnPair.IsReleaseName(called.Name) || seen.Count > MostCalls)
            {
                return true;
            }

            if (seen.Add(called))
            {
                pending.AddRange((called.PartialImplementationPart ?? called).DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax(site.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>()));
            }
        }

        return false;
    }

    private static string NameOf(SyntaxNode? function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        _ => string.Empty,
    };
}
