using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>Whether what imported functions take and give fits what their names say, and what it then amounts to.</summary>
internal static class PairSignatures
{
    /// <summary>Whether the function can release: it takes a pointer, or a reference to one, and gives nothing but an answer.</summary>
    public static bool CanRelease(IMethodSymbol method) =>
        method.Parameters.Any(parameter => CanBeReleased(method, parameter)) && !method.Parameters.Any(static parameter => parameter.RefKind == RefKind.Out && IsPointerLike(parameter.Type)) &&
        (method.ReturnsVoid || IsStatus(method.ReturnType) || method.ReturnType.SpecialType is SpecialType.System_Boolean or SpecialType.System_UIntPtr);

    /// <summary>
    /// What <paramref name="release"/> releases of what <paramref name="method"/> gives: its first parameter, when that is its
    /// only pointer; behind others only when these have been handed to the giving function too: <c>vkDestroyFence(device, fence, allocator)</c>.
    /// </summary>
    public static IParameterSymbol? ReleasedBy(IMethodSymbol release, IMethodSymbol method)
    {
        var blocks = release.Parameters.Where(parameter => CanBeReleased(release, parameter) && (parameter.Ordinal == 0 || !IsSize(parameter.Type))).ToList();
        if (blocks.Count == 1 && blocks[0].Ordinal == 0)
        {
            return blocks[0];
        }

        blocks.RemoveAll(parameter => IsContextOf(method, parameter, byPlace: false));
        if (blocks.Count > 1)
        {
            blocks.RemoveAll(parameter => IsContextOf(method, parameter, byPlace: true));
        }

        return blocks.Count == 1 && release.Parameters.Take(blocks[0].Ordinal).All(parameter => IsContextOf(method, parameter, byPlace: true)) ? blocks[0] : null;
    }

    /// <summary>Whether the parameter can be what the function releases.</summary>
    public static bool CanBeReleased(IMethodSymbol method, IParameterSymbol parameter) =>
        parameter.RefKind is RefKind.None or RefKind.Ref && (IsPointerLike(parameter.Type) || (parameter.Ordinal == 0 && TakesVariable(method)));

    /// <summary>Both functions are handed the same: by its name, or first.</summary>
    private static bool IsContextOf(IMethodSymbol method, IParameterSymbol parameter, bool byPlace) =>
        parameter.RefKind == RefKind.None && method.Parameters.Any(input => input.RefKind == RefKind.None && SymbolEqualityComparer.Default.Equals(input.Type, parameter.Type) && (input.Name == parameter.Name || (byPlace && input.Ordinal == 0 && parameter.Ordinal == 0)));

    /// <summary>A function of C that takes the address of the variable which holds the block, and clears it: <c>av_frame_free(AVFrame** frame)</c>.</summary>
    public static bool TakesVariable(IMethodSymbol method) =>
        method is { ReturnsVoid: true, Parameters: { Length: 1 } parameters } && parameters[0] is { RefKind: RefKind.None, Type: IPointerTypeSymbol { PointedAtType: IPointerTypeSymbol { PointedAtType: not IPointerTypeSymbol } } };

    /// <summary>What <paramref name="method"/> gives for the function that <paramref name="released"/> is a parameter of; null when that is not certain.</summary>
    public static Statement? Gives(IMethodSymbol method, string verb, IParameterSymbol released, ImportedFunction import)
    {
        var release = (IMethodSymbol)released.ContainingSymbol;
        var block = BlockOf(released);
        if (verb is "init" or "initialize" && method.Parameters.Any(parameter => parameter.RefKind == RefKind.None && IsPointerLike(parameter.Type)))
        {
            // more likely it fills what it is handed
            return null;
        }

        if ((released.Ordinal == 0 || verb == "map") && release.Parameters.Length > 1 && release.Parameters.All(parameter => IsInputOf(method, parameter)) && !method.Parameters.Any(given => given.RefKind == RefKind.Out && given.Name == released.Name))
        {
            // it undoes what was done to these, and is told nothing of the result: vkUnmapMemory(device, memory)
            return null;
        }

        if (verb is "acquire" && method.Parameters.Any(parameter => parameter.RefKind == RefKind.None && AreAlike(parameter.Type, block)))
        {
            // it counts
            return null;
        }

        var outs = OutsOf(method);
        if (AreAlike(method.ReturnType, block))
        {
            return outs.Exists(parameter => !IsProblem(parameter) && IsPointerLike(parameter.Type)) ? null : GivesResult(method, import);
        }

        if (outs.Exists(parameter => KnownMembers.HandleType(parameter.Type) is not null))
        {
            // that is what it gives, and it looks after itself; the pointer beside it is something else
            return null;
        }

        var pointers = outs.Where(parameter => IsPointerLike(parameter.Type)).Concat(method.Parameters.Where(IsAddressOfVariable)).ToList();
        if (pointers.Count > 1)
        {
            // the other one is for a message
            pointers.RemoveAll(IsMessage);
        }

        if (pointers.Count != 1 || pointers[0] is not { RefKind: RefKind.Out or RefKind.None } given || !AreAlike(given.RefKind == RefKind.Out ? given.Type : ((IPointerTypeSymbol)given.Type).PointedAtType, block) || IsProblem(given))
        {
            return null;
        }

        return IsCount(method.ReturnType) ? null : GivesBy(method, given, import);
    }

    /// <summary>What <paramref name="method"/> gives at <paramref name="place"/>, as the source uses it, for the function that <paramref name="released"/> is a parameter of; null when the signatures contradict.</summary>
    public static Statement? GivesAt(IMethodSymbol method, int place, IParameterSymbol released, ImportedFunction import)
    {
        var block = BlockOf(released);
        return place < 0 ? (AreAlike(method.ReturnType, block) ? GivesResult(method, import) : null)
            : place >= method.Parameters.Length || method.Parameters[place] is not { RefKind: RefKind.Out or RefKind.None } given ? null
            : given.RefKind == RefKind.Out ? (AreAlike(given.Type, block) ? GivesBy(method, given, import) : null)
            : IsAddressOfVariable(given) && AreAlike(((IPointerTypeSymbol)given.Type).PointedAtType, block) ? GivesBy(method, given, import) : null;
    }

    private static List<IParameterSymbol> OutsOf(IMethodSymbol method) => method.Parameters.Where(static parameter => parameter.RefKind is RefKind.Out or RefKind.Ref).ToList();

    private static Statement GivesResult(IMethodSymbol method, ImportedFunction import)
    {
        var statement = Statement(StatementKind.Allocates, import) with { Nullable = true };
        return ProblemOf(method, OutsOf(method)) is { } problem ? statement with { If = ResultTest.Zero, Tested = Reference(problem) } : statement;
    }

    private static Statement? GivesBy(IMethodSymbol method, IParameterSymbol given, ImportedFunction import)
    {
        var statement = Statement(StatementKind.Allocates, import) with { Nullable = true, Parameters = ImmutableArray.Create(Reference(given)) };
        if (method.ReturnsVoid)
        {
            return ProblemOf(method, OutsOf(method)) is { } problem && !SymbolEqualityComparer.Default.Equals(problem, given) ? statement with { If = ResultTest.Zero, Tested = Reference(problem) } : statement;
        }

        return method.ReturnType.SpecialType == SpecialType.System_Boolean ? statement with { If = ResultTest.True }
            : IsNumber(method.ReturnType) || IsCount(method.ReturnType) || SaysSuccessByZero(method.ReturnType) ? statement with { If = ResultTest.Zero }
            : null;
    }

    /// <summary>How many there are, as in <c>ssize_t</c>: a negative one is a failure.</summary>
    public static bool IsCount(ITypeSymbol type) => type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_Int64;

    /// <summary>The pointers that the function takes and gives.</summary>
    public static ImportedPointers PointersOf(IMethodSymbol method)
    {
        var outs = method.Parameters.Where(static parameter => (parameter.RefKind == RefKind.Out && IsPointerLike(parameter.Type)) || IsAddressOfVariable(parameter)).ToList();
        return new(IsPointerLike(method.ReturnType), outs.Count, outs.Count == 1 ? outs[0].Name : null, method.Parameters.FirstOrDefault(static parameter => parameter.RefKind != RefKind.Out && IsPointerLike(parameter.Type))?.Name);
    }

    /// <summary>The type of the block that a parameter of a releasing function is or leads to.</summary>
    public static ITypeSymbol BlockOf(IParameterSymbol released) =>
        TakesVariable((IMethodSymbol)released.ContainingSymbol) ? ((IPointerTypeSymbol)released.Type).PointedAtType : released.Type;

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

    /// <summary>How a statement names the parameter.</summary>
    public static ParameterReference Reference(IParameterSymbol parameter) =>
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

    /// <summary>An <c>out</c> parameter for a text that says what went wrong.</summary>
    private static bool IsMessage(IParameterSymbol parameter) =>
        IsProblem(parameter) || parameter.Name.EndsWith("message", StringComparison.OrdinalIgnoreCase) || parameter.Name.EndsWith("errmsg", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the function says what went wrong: <c>out int error</c>, <c>int* status</c>.</summary>
    private static IParameterSymbol? ProblemOf(IMethodSymbol method, List<IParameterSymbol> outs) =>
        outs.FirstOrDefault(IsProblem) ??
        method.Parameters.FirstOrDefault(static parameter => parameter is { RefKind: RefKind.None, Type: IPointerTypeSymbol { PointedAtType: var code } } && IsStatus(code) && IsProblem(parameter));

    private static readonly string[] s_problems = ["err", "status", "result", "problem", "exception"];
}
