using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// The object gives its field another block without releasing the one that it has, <c>store.Reopen()</c>: that method
/// releases it before, in the way in which the <c>Dispose</c> of the type does.
/// </summary>
internal sealed class ReleaseInReplacer : Repair
{
    public override string Name => "InReplacer";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        foreach (var call in site.Finding.PlacesOf(FixData.Overwrite).Select(place => site.NodeAt<InvocationExpressionSyntax>(place)))
        {
            if (call is null || site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is not IMethodSymbol { IsStatic: false, IsVirtual: false, IsOverride: false, IsAbstract: false, DeclaringSyntaxReferences: { Length: 1 } places } || places[0].SyntaxTree != site.Root.SyntaxTree
                || places[0].GetSyntax(site.CancellationToken) is not MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type } method)
            {
                continue;
            }

            foreach (var assignment in method.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && !ReleaseCall.IsNothing(assignment.Right)))
            {
                if (assignment.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement || !site.Layout.StartsLine(statement.SpanStart)
                    || site.Model.GetSymbolInfo(assignment.Left, site.CancellationToken).Symbol is not IFieldSymbol { IsStatic: false, IsReadOnly: false } field || Mentions(assignment.Right, field)
                    || ReleaseOf(site, type, field) is not { } release)
                {
                    continue;
                }

                var lines = LinesOf(site, release);
                if (assignment.Right.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax) && !release.DescendantNodesAndSelf().OfType<AssignmentExpressionSyntax>().Any() && !ReleaseText.ClearsItself(field.Type))
                {
                    // When that throws, whoever disposes of the object must not find what is gone.
                    lines = [.. lines, ReleaseText.Clearing(site, assignment.Left.ToString(), field.Type)];
                }

                var edits = new TextEdits();
                edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.Indented(lines, site.Layout.IndentAt(statement.SpanStart)));
                yield return Plan.Of($"Release '{field.Name}' before it is overwritten in '{method.Identifier.ValueText}'", edits);
            }
        }
    }

    private static bool Mentions(SyntaxNode node, IFieldSymbol field) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == field.Name);

    /// <summary>The statement by which the type's <c>Dispose</c> releases the field, with the test around it that asks for the field alone.</summary>
    private static StatementSyntax? ReleaseOf(FixSite site, TypeDeclarationSyntax type, IFieldSymbol field)
    {
        foreach (var call in type.Members.OfType<MethodDeclarationSyntax>().Where(method => method.Identifier.ValueText is "Dispose" or "Close" && method.Body is not null).SelectMany(method => method.Body!.DescendantNodes()).OfType<ExpressionStatementSyntax>())
        {
            if (call.Expression is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } && OwnedBlock.Bare(arguments[0].Expression) is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
                && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(OwnedBlock.Bare(arguments[0].Expression), site.CancellationToken).Symbol, field) && call.Parent is BlockSyntax list && site.Layout.StartsLine(call.SpanStart))
            {
                return list.Parent is IfStatementSyntax { Else: null } test && Mentions(test.Condition, field) && test.Condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().All(name => name.Identifier.ValueText == field.Name || site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is not (IFieldSymbol or ILocalSymbol or IParameterSymbol)) ? test : call;
            }
        }

        return null;
    }

    private static IReadOnlyList<string> LinesOf(FixSite site, StatementSyntax statement)
    {
        var indent = site.Layout.IndentAt(statement.SpanStart);
        return statement.ToString().Split('\n').Select(line => line.TrimEnd('\r')).Select((line, i) => i > 0 && line.StartsWith(indent, StringComparison.Ordinal) ? line.Substring(indent.Length) : line).ToList();
    }
}
