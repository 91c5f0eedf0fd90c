using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>Turns a pattern into a condition, and gives the variables that it declares their values.</summary>
internal sealed class Patterns
{
    private readonly Frame _frame;
    private readonly References _references;

    public Patterns(Frame frame, References references)
    {
        _frame = frame;
        _references = references;
    }

    /// <summary>The condition under which <paramref name="value"/> matches <paramref name="pattern"/>.</summary>
    public Value Match(Value value, IPatternOperation pattern)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (pattern)
        {
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool truth } } when value is Expression:
                return truth ? value : Conditions.Not(value);
            case IConstantPatternOperation constant:
                return constant.Value.ConstantValue is { HasValue: true, Value: null } ? Nullables.IsNull(value, constant.InputType)
                    : constant.Value.ConstantValue is { HasValue: true, Value: var expected }
                    ? Conditions.Make(Operator.Equal, value, value is Pointer && Evaluator.ConstantOf(expected) is Const { IsNullOrZero: true } ? Value.Null : Evaluator.ConstantOf(expected))
                    : Value.Unknown;
            case INegatedPatternOperation negated:
                return Conditions.Not(Match(value, negated.Pattern));
            case IBinaryPatternOperation binary:
                var left = Match(value, binary.LeftPattern);
                var right = Match(value, binary.RightPattern);
                return binary.OperatorKind == BinaryOperatorKind.Or ? Conditions.Make(Operator.Or, left, right) : Both(left, right);
            case IRelationalPatternOperation relational when relational.Value.ConstantValue is { HasValue: true, Value: var bound }:
                return Relation(relational, value, Evaluator.ConstantOf(bound));
            case IDeclarationPatternOperation declaration:
                Declare(declaration.DeclaredSymbol, value);
                return declaration.MatchesNull ? Value.True : IsAlwaysOf(declaration.InputType, declaration.MatchedType) ? NotNull(value, declaration.InputType) : IsType(value, declaration.MatchedType);
            case ITypePatternOperation type:
                return IsAlwaysOf(type.InputType, type.MatchedType) ? NotNull(value, type.InputType) : IsType(value, type.MatchedType);
            case IDiscardPatternOperation:
                return Value.True;
            case IRecursivePatternOperation recursive:
                return MatchRecursive(value, recursive);
            default:
                return _frame.Universe.Result(pattern);
        }
    }

    private Value MatchRecursive(Value value, IRecursivePatternOperation recursive)
    {
        Declare(recursive.DeclaredSymbol, value);
        var condition = IsAlwaysOf(recursive.InputType, recursive.MatchedType) ? NotNull(value, recursive.InputType) : IsType(value, recursive.MatchedType);
        if (recursive.InputType is { IsValueType: true } && SymbolEqualityComparer.Default.Equals(recursive.MatchedType, recursive.InputType) && recursive.InputType.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T)
        {
            condition = Value.True;
        }

        foreach (var property in recursive.PropertySubpatterns)
        {
            var member = property.Member switch
            {
                IFieldReferenceOperation field => References.KeyOf(field.Field),
                IPropertyReferenceOperation reference => References.BackingField(reference.Property) is { } backing ? References.KeyOf(backing) : reference.Property,
                _ => null,
            };
            if (property.Member is IPropertyReferenceOperation { Property: { Name: "IsAllocated", ContainingType.Name: var handle } } && handle.EndsWith("GCHandle", StringComparison.Ordinal))
            {
                condition = Both(condition, Match(NotNull(value), property.Pattern));
                continue;
            }

            condition = Both(condition, member is null ? _frame.Universe.Result(property) : Match(MemberOf(value, member, property.Member?.Type), property.Pattern));
        }

        for (var i = 0; i < recursive.DeconstructionSubpatterns.Length; i++)
        {
            var element = value is Aggregate aggregate
                ? aggregate.Members.TryGetValue("Item" + (i + 1), out var known) ? known : Value.Unknown
                : Value.Unknown;
            condition = Both(condition, Match(element, recursive.DeconstructionSubpatterns[i]));
        }

        return condition;
    }

    private Value MemberOf(Value value, object member, ITypeSymbol? type) => value switch
    {
        Aggregate aggregate => aggregate.Members.TryGetValue(member, out var known) ? known : Value.Unknown,
        Sym symbol when member is IFieldSymbol && symbol.Type is { IsReferenceType: true } && _frame.Universe.Member(_frame.Universe.Object(symbol), member, type) is { } place => _frame.Read(place),
        Sym symbol => _frame.Universe.Read(symbol, member, type),
        _ => Value.Unknown,
    };

    private void Declare(ISymbol? variable, Value value)
    {
        if (variable is ILocalSymbol local)
        {
            _frame.State = _frame.State.WithValue(_references.Variable(local), value);
        }
    }

    /// <summary>Whether all that a variable of the one type can hold, except null, is of the other.</summary>
    public static bool IsAlwaysOf(ITypeSymbol? input, ITypeSymbol? matched) =>
        matched is null || SymbolEqualityComparer.Default.Equals(input, matched) ||
        (input is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } inner } && SymbolEqualityComparer.Default.Equals(inner[0], matched));

    private static Value IsType(Value value, ITypeSymbol? type) =>
        TypeTests.Of(value, type) == false || TypeTests.OfMade(value, type) == false ? Value.False
        : value is Pointer or Sym { Kind: SymKind.NewObject } ? NotNull(value) : Conditions.Make(Operator.IsType, value, Value.Null, type);

    private static Value NotNull(Value value, ITypeSymbol? type = null) => value is Aggregate ? Value.True : Conditions.Not(Nullables.IsNull(value, type));

    private static Value Both(Value left, Value right) => left.Equals(right) ? left : Conditions.Make(Operator.And, left, right);

    private Value Relation(IRelationalPatternOperation relational, Value value, Value bound)
    {
        var isUnsigned = Conditions.IsUnsigned(relational.InputType);
        return relational.OperatorKind switch
        {
            BinaryOperatorKind.LessThan => Conditions.Compare(Operator.Less, value, bound, isUnsigned, _frame.State),
            BinaryOperatorKind.LessThanOrEqual => Conditions.Compare(Operator.LessOrEqual, value, bound, isUnsigned, _frame.State),
            BinaryOperatorKind.GreaterThan => Conditions.Compare(Operator.Less, bound, value, isUnsigned, _frame.State),
            BinaryOperatorKind.GreaterThanOrEqual => Conditions.Compare(Operator.LessOrEqual, bound, value, isUnsigned, _frame.State),
            _ => Value.Unknown,
        };
    }
}
