using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary>How many elements a collection has does not change in a loop that only asks it for them.</summary>
internal static class StableCounts
{
    /// <summary>Whether the value is the count of a collection that only variables of the body lead to, and that the loop leaves as it is.</summary>
    public static bool IsOne(Value value, FlowState state, BasicBlock head)
    {
        if (value is not Sym { Kind: SymKind.Read, Origin: ReadOrigin { Of: Sym collection, Member: IPropertySymbol { Name: "Count", DeclaringSyntaxReferences.IsEmpty: true } } } ||
            (head.BranchValue?.Syntax ?? (head.Operations.IsEmpty ? null : head.Operations[0].Syntax))?.FirstAncestorOrSelf<StatementSyntax>(static outer => Loops.Is(outer)) is not { } loop)
        {
            return false;
        }

        if (collection is { Kind: SymKind.Input, Place: { Kind: PlaceKind.Parameter, Root: ISymbol given } } && IsTouched(given.Name, loop))
        {
            return false;
        }

        foreach (var pair in state.Values)
        {
            if (pair.Value.Equals(collection) && (pair.Key.Kind is not (PlaceKind.Local or PlaceKind.Parameter) || pair.Key.Root is not ISymbol variable || IsTouched(variable.Name, loop)))
            {
                return false;
            }
        }

        return collection.Place is null or { Kind: PlaceKind.Parameter };
    }

    /// <summary>Whether the loop does something else with the collection than to count its elements, read one of them, or go through them.</summary>
    private static bool IsTouched(string name, StatementSyntax loop)
    {
        foreach (var node in loop.DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: var mentioned } && mentioned == name && !IsAsked(node))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAsked(SyntaxNode name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name || access.Name.Identifier.ValueText == "Count",
        ElementAccessExpressionSyntax element => element.Expression == name && !(element.Parent is AssignmentExpressionSyntax assignment && assignment.Left == element),
        ForEachStatementSyntax each => each.Expression == name,
        _ => false,
    };
}
