using LifetimeAnalyzers.Flow.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>What is known of a value by what it is, without anybody having asked.</summary>
internal static class InherentFacts
{
    /// <summary>The kind of a collection expression's syntax, which the oldest compiler that is served has no name for.</summary>
    public const int CollectionExpression = 9076;

    /// <summary>The fact about a value of which nothing has been learnt.</summary>
    public static Fact Of(Value value, FlowState state) => value switch
    {
        Sym { IsNeverNull: true } => Fact.IsNot(null),
        Expression { Operator: Operator.Add } sum when IsText(sum.Left) || IsText(sum.Right) => Fact.IsNot(null),
        Expression { Operator: Operator.Add, Left: var moved, Right: Const { Value: long distance } } => state.FactOf(moved).Moved(distance),
        Expression { Operator: Operator.Other, Detail: IMethodSymbol { ContainingType: { Name: "Math", DeclaringSyntaxReferences.IsEmpty: true } } chosen } => Ranges.Of((Expression)value, chosen, state),
        Expression { Operator: Operator.Other, Detail: BinaryOperatorKind.Or, Right: Const { Value: long and not 0L } } or Expression { Operator: Operator.Other, Detail: BinaryOperatorKind.Or, Left: Const { Value: long and not 0L } } => Fact.IsNot(null),
        Expression { Operator: Operator.Other, Detail: BinaryOperatorKind.And, Right: Const { Value: long and >= 0L and var mask } } => Fact.None with { Minimum = 0, Maximum = mask },
        Expression { Operator: Operator.Other, Detail: IMethodSymbol method } when IsNeverNull(method.OriginalDefinition.ReturnType, method) => Fact.IsNot(null),
        _ => Fact.None,
    };

    /// <summary>Whether what an operation gives, or what is read, is an object in any case: a text that is put together, a caught exception, a new collection, what the framework declares so.</summary>
    public static bool IsNeverNull(SymKind kind, object origin, ITypeSymbol? type) => kind switch
    {
        SymKind.Input => origin is Place { Kind: PlaceKind.This },
        SymKind.Result when type is { IsReferenceType: true } => origin switch
        {
            IInterpolatedStringOperation or ICaughtExceptionOperation or IArrayCreationOperation or IObjectCreationOperation or ITypeOfOperation => true,
            IBinaryOperation or ICompoundAssignmentOperation => type.SpecialType == SpecialType.System_String,
            IInvocationOperation call => IsNeverNull(call.TargetMethod.OriginalDefinition.ReturnType, call.TargetMethod),
            IPropertyReferenceOperation property => IsNeverNull(property.Property.OriginalDefinition.Type, property.Property),
            IOperation { Syntax.RawKind: CollectionExpression } => true,
            _ => false,
        },
        SymKind.Read when type is { IsReferenceType: true } => origin is ReadOrigin { Member: IPropertySymbol property } && IsNeverNull(property.OriginalDefinition.Type, property),
        _ => false,
    };

    public static bool IsText(Value value) => value is Const { Value: string } or Sym { Type.SpecialType: SpecialType.System_String } or Expression { Operator: Operator.Add } and ({ Left: Const { Value: string } } or { Right: Const { Value: string } });

    /// <summary>The framework says of all that it gives whether it may be null.</summary>
    private static bool IsNeverNull(ITypeSymbol declared, ISymbol member) =>
        declared is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } and not ITypeParameterSymbol && member.DeclaringSyntaxReferences.IsEmpty && IsOfFramework(member.ContainingType);

    private static bool IsOfFramework(INamedTypeSymbol? type)
    {
        var space = type?.ContainingNamespace;
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            space = outer;
        }

        return space is { Name: "System" or "Microsoft", IsGlobalNamespace: false };
    }
}
