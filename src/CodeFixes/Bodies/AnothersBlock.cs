using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>What owns the block in one case holds in another what somebody else owns, <c>var ring = name is null ? new Ring(64) : Find(name);</c>.</summary>
internal static class AnothersBlock
{
    private static readonly string[] s_makers = ["Alloc", "Create", "Make", "New", "Rent", "Malloc", "Calloc", "Realloc", "Dup", "Clone", "Copy", "Duplicate", "Open", "Load", "Read", "Take", "Start", "Build", "Parse", "Prepare", "StringTo", "Convert"];

    /// <summary>Whether the variable may hold somebody else's where the block ends.</summary>
    public static bool MayBe(OwnedBlock block)
    {
        var pending = new Stack<ExpressionSyntax>();
        pending.Push(ValueOf(block));
        while (pending.Count > 0)
        {
            switch (OwnedBlock.Bare(pending.Pop()))
            {
                case ConditionalExpressionSyntax choice:
                    pending.Push(choice.WhenTrue);
                    pending.Push(choice.WhenFalse);
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice:
                    pending.Push(choice.Left);
                    pending.Push(choice.Right);
                    break;
                case var value when value != block.Allocation && !value.Span.Contains(block.Allocation.Span) && value is not (BaseObjectCreationExpressionSyntax or LiteralExpressionSyntax or DefaultExpressionSyntax or ThrowExpressionSyntax):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether what the variable holds in the other case comes from a call that does not make it, by its name: <c>Find(name)</c>.</summary>
    public static bool IsFound(OwnedBlock block) =>
        OwnedBlock.Bare(ValueOf(block)) is ConditionalExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression }
        && ValueOf(block).DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(call => IsResult(call, ValueOf(block)) && !call.Span.Contains(block.Allocation.Span) && !Makes(call));

    /// <summary>When the variable holds the block and nothing else, as far as that can be asked again behind it; null when it cannot.</summary>
    public static string? Condition(OwnedBlock block)
    {
        if (block.Statement is not LocalDeclarationStatementSyntax || OwnedBlock.Bare(ValueOf(block)) is not ConditionalExpressionSyntax choice || (OwnedBlock.Bare(choice.WhenTrue) != block.Allocation && OwnedBlock.Bare(choice.WhenFalse) != block.Allocation) || !IsStable(block.Site, choice.Condition))
        {
            return null;
        }

        return OwnedBlock.Bare(choice.WhenTrue) == block.Allocation ? choice.Condition.ToString() : Negation.Of(block.Site, choice.Condition);
    }

    private static ExpressionSyntax ValueOf(OwnedBlock block) => block.Statement switch
    {
        LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } => variables[0].Initializer?.Value ?? block.Allocation,
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment } => assignment.Right,
        _ => block.Allocation,
    };

    /// <summary>What <paramref name="call"/> gives is what <paramref name="value"/> is, in one of its cases.</summary>
    private static bool IsResult(InvocationExpressionSyntax call, ExpressionSyntax value)
    {
        for (ExpressionSyntax node = OwnedBlock.Dressed(call); node != value; node = OwnedBlock.Dressed((ExpressionSyntax)node.Parent!))
        {
            if (node.Parent is not (BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } or ConditionalExpressionSyntax) || (node.Parent is ConditionalExpressionSyntax choice && choice.Condition == node))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Makes(InvocationExpressionSyntax call)
    {
        var name = ReleaseCall.NameOf(call) ?? string.Empty;
        return Array.Exists(s_makers, maker => name.IndexOf(maker, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    /// <summary>Only variables and constants are compared, and none of the variables ever changes.</summary>
    private static bool IsStable(FixSite site, ExpressionSyntax condition) => condition.DescendantNodesAndSelf().All(node => node switch
    {
        IdentifierNameSyntax name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol switch
        {
            ILocalSymbol { IsRef: false } or IParameterSymbol { RefKind: RefKind.None } => !IsWritten(name),
            IFieldSymbol { IsConst: true } or INamedTypeSymbol or INamespaceSymbol => true,
            _ => false,
        },
        BinaryExpressionSyntax or ParenthesizedExpressionSyntax or LiteralExpressionSyntax or IsPatternExpressionSyntax or ConstantPatternSyntax or UnaryPatternSyntax or RelationalPatternSyntax or MemberAccessExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression or (int)SyntaxKind.UnaryMinusExpression } => true,
        _ => false,
    });

    private static bool IsWritten(IdentifierNameSyntax variable) => variable.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) is not { } member
        || member.DescendantNodes().OfType<IdentifierNameSyntax>().Any(other => other.Identifier.ValueText == variable.Identifier.ValueText && other.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == other,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
            PostfixUnaryExpressionSyntax or RefExpressionSyntax => true,
            PrefixUnaryExpressionSyntax prefix => prefix.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression,
            _ => false,
        });
}
