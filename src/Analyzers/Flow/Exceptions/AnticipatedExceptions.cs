using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Exceptions;

/// <summary>
/// Exceptions of arithmetic, conversions and indexes. Nearly every line could throw one, so that they count only where a
/// <c>catch</c> around the operation names the exception: there the code says itself that it reckons with it.
/// </summary>
internal sealed class AnticipatedExceptions
{
    private readonly BodyUnit _unit;
    private readonly Summaries.ISummarySource _summaries;
    private List<CatchDeclarationSyntax>? _named;

    public AnticipatedExceptions(BodyUnit unit, Summaries.ISummarySource summaries)
    {
        _unit = unit;
        _summaries = summaries;
    }

    /// <summary>The exception that the operation throws and that a <c>catch</c> around it names; null when there is none.</summary>
    public ITypeSymbol? Of(IOperation operation)
    {
        if (ThrownBy(operation) is not { } thrown)
        {
            return null;
        }

        _named ??= _unit.Syntax.DescendantNodes().OfType<CatchDeclarationSyntax>().Where(static declaration => IsKnown(NameOf(declaration.Type))).ToList();
        foreach (var declaration in _named)
        {
            if (declaration.Parent?.Parent is TryStatementSyntax { Block: var block } && block.Span.Contains(operation.Syntax.Span) && thrown.Contains(NameOf(declaration.Type)))
            {
                return _summaries.ModelOf(declaration.SyntaxTree).GetTypeInfo(declaration.Type).Type;
            }
        }

        return null;
    }

    private static string? ThrownBy(IOperation operation) => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder, OperatorMethod: null, RightOperand.ConstantValue.HasValue: false } => "DivideByZeroException ArithmeticException",
        IBinaryOperation { IsChecked: true, OperatorMethod: null } or IConversionOperation { IsChecked: true, OperatorMethod: null } => "OverflowException ArithmeticException",
        IConversionOperation { IsTryCast: false, IsImplicit: false, OperatorMethod: null, Operand.Type.IsReferenceType: true } => "InvalidCastException",
        IArrayElementReferenceOperation => "IndexOutOfRangeException",
        IInvocationOperation { TargetMethod: { ContainingType.Name: "Marshal" or "NativeMemory", Name: var name } } when name.StartsWith("Alloc", StringComparison.Ordinal) || name.StartsWith("ReAlloc", StringComparison.OrdinalIgnoreCase) || name.StartsWith("StringTo", StringComparison.Ordinal) || name.StartsWith("AlignedAlloc", StringComparison.Ordinal) => "OutOfMemoryException",
        IPropertyReferenceOperation when QuietLoops.IsIndexOfText(operation) => "IndexOutOfRangeException",
        _ => null,
    };

    private static bool IsKnown(string name) => name is "OverflowException" or "ArithmeticException" or "DivideByZeroException" or "InvalidCastException" or "IndexOutOfRangeException" or "OutOfMemoryException";

    private static string NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };
}
