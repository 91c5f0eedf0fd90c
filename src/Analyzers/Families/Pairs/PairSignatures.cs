using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>Whether what imported functions take and give fits what their names say, and what it then amounts to.</summary>
internal static class PairSignatures
{
    /// <summary>A function that takes a pointer or a reference to one, first, and no other.</summary>
    public static bool Releases(IMethodSymbol method) =>
        !method.Parameters.IsEmpty && method.Parameters[0] is { RefKind: RefKind.None or RefKind.Ref } block && (IsPointerLike(block.Type) || TakesVariable(method)) && !method.Parameters.Skip(1).Any(parameter => IsPointerLike(parameter.Type) && !IsSize(parameter.Type)) &&
        (method.ReturnsVoid || IsStatus(method.ReturnType) || method.ReturnType.SpecialType is SpecialType.System_Boolean or SpecialType.System_UIntPtr);

    /// <summary>A function of C that takes the address of the variable which holds the block, and clears it: <c>av_frame_free(AVFrame** frame)</c>.</summary>
    public static bool TakesVariable(IMethodSymbol method) =>
        method is { ReturnsVoid: true, Parameters: { Length: 1 } parameters } && parameters[0] is { RefKind: RefKind.None, Type: IPointerTypeSymbol { PointedAtType: IPointerTypeSymbol { PointedAtType: not IPointerTypeSymbol } } };

    /// <summary>What <paramref name="method"/> gives for <paramref name="release"/>; null when that is not certain.</summary>
    public static Statement? Gives(IMethodSymbol method, string verb, IMethodSymbol release, ImportedFunction import)
    {
        var block = TakesVariable(release) ? ((IPointerTypeSymbol)release.Parameters[0].Type).PointedAtType : release.Parameters[0].Type;
        if (verb is "init" or "initialize" && method.Parameters.Any(parameter => parameter.RefKind == RefKind.None && IsPointerLike(parameter.Type)))
        {
            // more likely it fills what it is handed
            return null;
        }

        if (release.Parameters.Length > 1 && release.Parameters.All(parameter => IsInputOf(method, parameter)))
        {
            // it undoes what was done to these, and is told nothing of the result: vkUnmapMemory(device, memory)
            return null;
        }

        if (verb is "acquire" && method.Parameters.Any(parameter => parameter.RefKind == RefKind.None && AreAlike(parameter.Type, block)))
        {
            // it counts
            return null;
        }

        var statement = Statement(StatementKind.Allocates, import) with { Nullable = true };
        var outs = method.Parameters.Where(parameter => parameter.RefKind is RefKind.Out or RefKind.Ref).ToList();
        if (AreAlike(method.ReturnType, block))
        {
            var results = outs.Where(parameter => !IsProblem(parameter)).ToList();
            return results.Exists(parameter => IsPointerLike(parameter.Type)) ? null
                : ProblemOf(method, outs) is { } problem ? statement with { If = ResultTest.Zero, Tested = Reference(problem) } : statement;
        }

        if (outs.Exists(parameter => KnownMembers.HandleType(parameter.Type) is not null))
        {
            // that is what it gives, and it looks after itself; the pointer beside it is something else
            return null;
        }

        var pointers = outs.Where(parameter => IsPointerLike(parameter.Type)).Concat(method.Parameters.Where(IsAddressOfVariable)).ToList();
        if (pointers.Count != 1 || pointers[0] is not { RefKind: RefKind.Out or RefKind.None } given || !AreAlike(given.RefKind == RefKind.Out ? given.Type : ((IPointerTypeSymbol)given.Type).PointedAtType, block) || IsProblem(given))
        {
            return null;
        }

        statement = statement with { Parameters = ImmutableArray.Create(Reference(given)) };
        if (method.ReturnsVoid)
        {
            return ProblemOf(method, outs) is { } problem ? statement with { If = ResultTest.Zero, Tested = Reference(problem) } : statement;
        }

        return method.ReturnType.SpecialType == SpecialType.System_Boolean ? statement with { If = ResultTest.True }
            : IsNumber(method.ReturnType) || SaysSuccessByZero(method.ReturnType) ? statement with { If = ResultTest.Zero }
            : null;
    }

    private static bool IsInputOf(IMethodSymbol method, IParameterSymbol parameter) =>
        method.Parameters.Any(input => input.RefKind == RefKind.None && SymbolEqualityComparer.Default.Equals(input.Type, parameter.Type) && (input.Name == parameter.Name || input.Ordinal == parameter.Ordinal));

    /// <summary>A statement about the function, as a file could have it.</summary>
    public static Statement Statement(StatementKind kind, ImportedFunction import) => new()
    {
        Kind = kind,
        Member = new MemberPattern { Text = "import:" + import.Library + "!" + import.EntryPoint, Kind = 'I', Name = import.EntryPoint, Library = import.Library },
        MayThrow = import.MayThrow,
        Source = import.EntryPoint,
        Line = 0,
    };

    private static ParameterReference Reference(IParameterSymbol parameter) =>
        ParameterReference.Parse("#" + parameter.Ordinal.ToString(CultureInfo.InvariantCulture))!.Value;

    /// <summary>What C calls <c>T** result</c>: declared as it stands there, and not as <c>out</c>.</summary>
    private static bool IsAddressOfVariable(IParameterSymbol parameter) =>
        parameter is { RefKind: RefKind.None, Type: IPointerTypeSymbol { PointedAtType: var pointee } } && IsPointerLike(pointee);

    /// <summary>A pointer, or a number as wide as one.</summary>
    private static bool IsPointerLike(ITypeSymbol type) =>
        type is IPointerTypeSymbol { PointedAtType: not IPointerTypeSymbol } or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr };

    /// <summary>C's <c>size_t</c>.</summary>
    private static bool IsSize(ITypeSymbol type) => type.SpecialType == SpecialType.System_UIntPtr;

    /// <summary>Whether one can be the other: pointers to different things are not.</summary>
    private static bool AreAlike(ITypeSymbol one, ITypeSymbol other) =>
        SymbolEqualityComparer.Default.Equals(one, other) ? IsPointerLike(one)
        : IsUntyped(one) ? IsUntyped(other) || other is IPointerTypeSymbol { PointedAtType: not IPointerTypeSymbol }
        : IsUntyped(other) && one is IPointerTypeSymbol { PointedAtType: not IPointerTypeSymbol };

    private static bool IsUntyped(ITypeSymbol type) =>
        type is { SpecialType: SpecialType.System_IntPtr } or IPointerTypeSymbol { PointedAtType.SpecialType: SpecialType.System_Void };

    private static bool IsStatus(ITypeSymbol type) => type.TypeKind == TypeKind.Enum || IsNumber(type);

    /// <summary>What may be a status code, and may be a truth value.</summary>
    public static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int16 or SpecialType.System_Byte or SpecialType.System_SByte;

    /// <summary>An enumeration whose zero is called success.</summary>
    public static bool SaysSuccessByZero(ITypeSymbol status)
    {
        if (status.TypeKind != TypeKind.Enum)
        {
            return false;
        }

        var zero = status.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(member => member.HasConstantValue && Convert.ToDecimal(member.ConstantValue, CultureInfo.InvariantCulture) == 0);
        return zero is not null && s_successes.Any(word => zero.Name.EndsWith(word, StringComparison.OrdinalIgnoreCase));
    }

    private static readonly string[] s_successes = ["ok", "success", "succeeded", "none", "noerror", "no_error"];

    /// <summary>An <c>out</c> parameter for what went wrong; nothing has when it is zero.</summary>
    private static bool IsProblem(IParameterSymbol parameter) =>
        s_problems.Any(word => parameter.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)) || parameter.Name.EndsWith("error", StringComparison.OrdinalIgnoreCase) || parameter.Name is "rc" or "ec";

    /// <summary>Where the function says what went wrong: <c>out int error</c>, <c>int* status</c>.</summary>
    private static IParameterSymbol? ProblemOf(IMethodSymbol method, List<IParameterSymbol> outs) =>
        outs.FirstOrDefault(IsProblem) ??
        method.Parameters.FirstOrDefault(static parameter => parameter is { RefKind: RefKind.None, Type: IPointerTypeSymbol { PointedAtType: var code } } && IsStatus(code) && IsProblem(parameter));

    private static readonly string[] s_problems = ["err", "status", "result", "problem", "exception"];
}
