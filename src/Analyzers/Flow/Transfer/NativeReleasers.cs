using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>
/// Native functions that are handed, beside memory, the function that releases it: <c>tensor_new(data, length, deallocator)</c>.
/// They have the memory from then on, and call it when they are done.
/// </summary>
internal static class NativeReleasers
{
    /// <summary>Whether the imported function is handed one, and it is not null.</summary>
    public static bool AreHandedTo(Call call) =>
        call.Arguments.Any(static argument => argument is { Value: not Const { IsNullOrZero: true }, Parameter: { RefKind: RefKind.None } parameter } && IsFunction(parameter.Type) &&
            (SaysSo(parameter.Name) || (parameter.Type.TypeKind == TypeKind.Delegate && SaysSo(parameter.Type.Name))));

    private static bool IsFunction(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Delegate or TypeKind.FunctionPointer || type.SpecialType == SpecialType.System_IntPtr || type is IPointerTypeSymbol { PointedAtType.SpecialType: SpecialType.System_Void };

    private static bool SaysSo(string name) => s_words.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    private static readonly string[] s_words = { "dealloc", "freefunc", "freefn", "free_func", "free_fn", "destroy", "destructor", "deleter", "releaseproc", "releasefunc", "release_func", "releasecallback", "finalizer" };
}
