using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>Functions of the project that release and do nothing else: a call of one may be moved or taken out like the release itself.</summary>
internal static class ReleasingHelper
{
    /// <summary>So many helpers are read, each called by the one before.</summary>
    private const int MostHelpers = 4;

    /// <summary>A helper that calls functions of libraries whose names say that they release, or others like itself, tests what it releases and clears it, and does nothing else.</summary>
    public static bool Is(FixSite site, IMethodSymbol method)
    {
        var calls = 0;
        var helpers = new List<IMethodSymbol> { method };
        for (var i = 0; i < helpers.Count; i++)
        {
            if (i >= MostHelpers || !OnlyReleases(site, helpers[i], helpers, ref calls))
            {
                return false;
            }
        }

        return calls > 0;
    }

    /// <summary>The function asks whether it is handed something, or never looks into it.</summary>
    public static bool TakesNull(FixSite site, IMethodSymbol method) =>
        method.Parameters is { Length: 1 } parameters && method.DeclaringSyntaxReferences.All(part => part.GetSyntax(site.CancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == parameters[0].Name).OrderBy(static name => name.SpanStart).ToList() is var mentions
            && (mentions.FirstOrDefault()?.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax || mentions.TrueForAll(static mention => OwnedBlock.Dressed(mention).Parent is ArgumentSyntax)));

    /// <summary>The call is the release itself: a helper of the project may do more than release.</summary>
    public static bool IsRelease(FixSite site, ExpressionStatementSyntax statement) =>
        statement.Expression is ConditionalAccessExpressionSyntax
        || site.Model.GetSymbolInfo(statement.Expression switch { AwaitExpressionSyntax awaited => awaited.Expression, AssignmentExpressionSyntax assigned => assigned.Right, var call => call }, site.CancellationToken).Symbol is IMethodSymbol method
            && (method.IsExtern || method.DeclaringSyntaxReferences.IsEmpty || method.Name is "Dispose" or "DisposeAsync" || site.ReleaseTemplate.Contains("." + method.Name + "(") || site.Finding.Property(FixData.ReleaseTextKey) == method.ContainingType.Name + "." + method.Name || Is(site, method));

    private static bool OnlyReleases(FixSite site, IMethodSymbol method, List<IMethodSymbol> helpers, ref int calls)
    {
        foreach (var part in method.DeclaringSyntaxReferences)
        {
            var declared = part.GetSyntax(site.CancellationToken);
            var model = declared.SyntaxTree == site.Root.SyntaxTree ? site.Model : site.Model.Compilation.GetSemanticModel(declared.SyntaxTree);
            var body = declared switch
            {
                BaseMethodDeclarationSyntax member => (SyntaxNode?)member.Body ?? member.ExpressionBody,
                LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
                _ => null,
            };
            if (body is null)
            {
                return false;
            }

            foreach (var node in body.DescendantNodes())
            {
                switch (node)
                {
                    case InvocationExpressionSyntax call when model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol called && (called.IsExtern || called.DeclaringSyntaxReferences.IsEmpty) && IsReleaseName(called.Name):
                        calls++;
                        break;
                    case InvocationExpressionSyntax call when model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { IsExtern: false, IsVirtual: false, IsAbstract: false, IsOverride: false, DeclaringSyntaxReferences.IsEmpty: false } helper:
                        if (!helpers.Contains(helper, SymbolEqualityComparer.Default))
                        {
                            helpers.Add(helper);
                        }

                        break;
                    case AssignmentExpressionSyntax assignment when ReleaseCall.IsNothing(assignment.Right):
                    case StatementSyntax and (BlockSyntax or ExpressionStatementSyntax or IfStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or ReturnStatementSyntax { Expression: null } or UnsafeStatementSyntax):
                    case PostfixUnaryExpressionSyntax { Parent: ForStatementSyntax } or PrefixUnaryExpressionSyntax { Parent: ForStatementSyntax }:
                        break;
                    case InvocationExpressionSyntax or AssignmentExpressionSyntax or StatementSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression }:
                    case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }:
                        return false;
                }
            }
        }

        return true;
    }

    private static bool IsReleaseName(string name) => name.IndexOf("free", StringComparison.OrdinalIgnoreCase) >= 0 || name is "Return" or "Release" or "Dispose" or "Close" or "Destroy";
}
