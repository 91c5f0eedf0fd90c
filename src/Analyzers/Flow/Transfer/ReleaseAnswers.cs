using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>Native functions whose result says whether they have released what they were handed.</summary>
internal sealed class ReleaseAnswers(Frame frame, Calls calls)
{
    /// <summary><c>if (!DestroyWindow(window))</c>, <c>Check(sqlite3_close(db))</c>: the caller asks whether the native function has released what it was handed.</summary>
    public static bool AreGiven(Call call, MemberContract contract) =>
        contract.ParameterHandovers.Any(static handover => handover == Handover.Releases) && IsAsked(call.Operation) && ImportedFunction.Of(call.Method) is { MayThrow: false } function &&
        (call.Method.ReturnType.SpecialType == SpecialType.System_Boolean || IsCode(call.Method.ReturnType) || AnswersByNumber(function, call.Method));

    private static bool IsAsked(IOperation call) =>
        call.Parent is not IExpressionStatementOperation and not ISimpleAssignmentOperation { Target: IDiscardOperation };

    /// <summary>A code that is zero when all went well.</summary>
    private static bool IsCode(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 ||
        (type.TypeKind == TypeKind.Enum && type.GetMembers().Any(static member => member is IFieldSymbol { HasConstantValue: true, ConstantValue: 0 or 0u } none && !IsFailure(none.Name)));

    private static bool IsFailure(string name) => name.IndexOf("Fail", StringComparison.OrdinalIgnoreCase) >= 0 || name is "False" or "Invalid" or "Error";

    /// <summary>Windows' own functions whose <c>BOOL</c> somebody has declared as a number.</summary>
    private static bool AnswersByNumber(ImportedFunction function, IMethodSymbol method) =>
        method.ReturnType.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 && function.Library.ToLowerInvariant() is "kernel32" or "user32" or "gdi32";

    /// <summary>What the function says when it has released, or has failed to.</summary>
    public Value Answer(Call call, bool hasFailed)
    {
        if (call.Method.ReturnType.SpecialType == SpecialType.System_Boolean)
        {
            return Value.Of(!hasFailed);
        }

        if (hasFailed == (ImportedFunction.Of(call.Method) is { } function && AnswersByNumber(function, call.Method)))
        {
            return new Const(0L);
        }

        var code = calls.FreshResult(call.Operation);
        frame.State = Conditions.Assume(Conditions.Make(Operator.Equal, code, new Const(0L)), false, frame.State) ?? frame.State;
        return code;
    }
}
