using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A block that a member owns is reallocated by a copy of its address, and the member keeps the old one.</summary>
internal static class MovedMember
{
    /// <summary>Whether the block of <paramref name="block"/> belongs to a member all the same: to release it by the variable would leave the member an address of nothing.</summary>
    public static bool IsMembers(OwnedBlock block) => block.Allocation is InvocationExpressionSyntax call && Find(block.Site, call) is not null;

    /// <summary>The reallocation <paramref name="call"/> of a member's block, whose result only a variable gets: its statement, the member and the variable.</summary>
    public static (LocalDeclarationStatementSyntax Statement, string Member, string Result)? Find(FixSite site, InvocationExpressionSyntax call)
    {
        if (!KeepOrDropResult.IsReallocation(site, call) || OwnedBlock.Dressed(call).Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1, Parent: BlockSyntax list } statement } result }
            || call.ArgumentList.Arguments.FirstOrDefault()?.Expression is not { } given || MemberOf(site, OwnedBlock.Bare(given), list) is not { } member
            || site.Model.GetDeclaredSymbol(result, site.CancellationToken) is not ILocalSymbol local || !SymbolEqualityComparer.Default.Equals(local.Type, site.Model.GetTypeInfo(member, site.CancellationToken).Type))
        {
            return null;
        }

        // Who writes to the member, or gives the new block to somebody else, has another use for it.
        var text = member.ToString();
        var isKept = list.DescendantNodes().Any(node => node.SpanStart > statement.Span.End && node switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left.ToString() == text || OwnedBlock.Bare(assignment.Right) is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } address => address.Operand.ToString() == text,
            ReturnStatementSyntax { Expression: { } returned } => OwnedBlock.Bare(returned) is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name,
            ArgumentSyntax argument => OwnedBlock.Bare(argument.Expression) is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name,
            _ => false,
        });
        return isKept ? null : (statement, text, local.Name);
    }

    /// <summary>The member that holds the block: the argument itself, or what a variable began as.</summary>
    private static MemberAccessExpressionSyntax? MemberOf(FixSite site, ExpressionSyntax given, BlockSyntax list)
    {
        if (given is IdentifierNameSyntax name && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared } && declared[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var first }
            && !list.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left.ToString() == name.Identifier.ValueText))
        {
            given = OwnedBlock.Bare(first);
        }

        return given is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression, Expression: IdentifierNameSyntax holder } member
            && site.Model.GetSymbolInfo(member, site.CancellationToken).Symbol is IFieldSymbol && site.Model.GetSymbolInfo(holder, site.CancellationToken).Symbol is IParameterSymbol { RefKind: RefKind.None } or ILocalSymbol { IsRef: false } ? member : null;
    }
}
