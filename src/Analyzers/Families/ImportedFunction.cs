using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>The function of a native library that a <c>DllImport</c> or <c>LibraryImport</c> method stands for.</summary>
internal readonly record struct ImportedFunction(string Library, string EntryPoint, bool MayThrow)
{
    /// <summary>The function that <paramref name="method"/> imports, or null.</summary>
    public static ImportedFunction? Of(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.FunctionPointerSignature)
        {
            // the compiler does not expect the question
            return null;
        }

        if (method.GetDllImportData() is { } import)
        {
            // Without PreserveSig a failing HRESULT becomes an exception.
            var keepsSignature = (method.MethodImplementationFlags & System.Reflection.MethodImplAttributes.PreserveSig) != 0;
            return new(NormaliseLibrary(import.ModuleName ?? ""), ExactName(import.EntryPointName ?? method.Name), !keepsSignature);
        }

        if (!method.IsStatic || !(method.IsPartialDefinition || method.PartialDefinitionPart is not null || method.IsExtern))
        {
            return null;
        }

        foreach (var attribute in (method.PartialDefinitionPart ?? method).GetAttributes())
        {
            if (attribute.AttributeClass is not { Name: "LibraryImportAttribute" } || attribute.ConstructorArguments.Length == 0)
            {
                continue;
            }

            var entryPoint = method.Name;
            foreach (var argument in attribute.NamedArguments)
            {
                if (argument.Key == "EntryPoint" && argument.Value.Value is string given)
                {
                    entryPoint = given;
                }
            }

            return new(NormaliseLibrary(attribute.ConstructorArguments[0].Value as string ?? ""), ExactName(entryPoint), MayThrow: false);
        }

        return null;
    }

    /// <summary>A library's name without directory, <c>lib</c> prefix, extension and version: <c>/usr/lib/libc.so.6</c> is <c>c</c>.</summary>
    public static string NormaliseLibrary(string library)
    {
        var name = library.Substring(library.LastIndexOfAny(['/', '\\']) + 1);
        foreach (var extension in new[] { ".dll", ".so", ".dylib" })
        {
            var at = name.IndexOf(extension, StringComparison.OrdinalIgnoreCase);
            if (at > 0)
            {
                name = name.Substring(0, at);
            }
        }

        return (name.StartsWith("lib", StringComparison.OrdinalIgnoreCase) && name.Length > 3 ? name.Substring(3) : name).ToLowerInvariant();
    }

    private static string ExactName(string entryPoint) =>
        entryPoint.StartsWith("#", StringComparison.Ordinal) ? "" : entryPoint;
}
