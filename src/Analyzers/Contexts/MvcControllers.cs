using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts;

/// <summary>
/// MVC's own rule of what a controller and what an action is. A class that is a controller by nothing but its name counts
/// only where MVC is seen at work: see <see cref="IsControllerByNameAlone"/>.
/// </summary>
internal static class MvcControllers
{
    private const string Mvc = "Microsoft.AspNetCore.Mvc";

    /// <summary>Whether <paramref name="type"/> is a controller by base type, attribute, or by name with something of MVC on it.</summary>
    public static bool IsController(INamedTypeSymbol type) => CanBeController(type) && (HasControllerMark(type) || (HasControllerName(type) && ShowsMvc(type)));

    /// <summary>
    /// Whether MVC would take <paramref name="type"/> for a controller only because of its name. One that derives from, or
    /// implements, something else is rather a controller of whatever that is.
    /// </summary>
    public static bool IsControllerByNameAlone(INamedTypeSymbol type) => CanBeController(type) && HasControllerName(type) && !HasControllerMark(type) && !ShowsMvc(type) &&
        type is { BaseType.SpecialType: SpecialType.System_Object, AllInterfaces.Length: 0 };

    /// <summary>Whether the public methods of <paramref name="type"/> become actions of the controllers that derive from it.</summary>
    public static bool IsControllerBase(INamedTypeSymbol type) =>
        (type.IsAbstract || type.IsGenericType) && !IsRefused(type) && HasControllerMark(type);

    /// <summary>Whether a method of a controller is an action.</summary>
    public static bool IsAction(IMethodSymbol method)
    {
        if (method is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsAbstract: false, IsGenericMethod: false })
        {
            return false;
        }

        IMethodSymbol first = method;
        for (IMethodSymbol? current = method; current is not null; current = current.OverriddenMethod)
        {
            if (HasAttribute(current, Mvc + ".NonActionAttribute"))
            {
                return false;
            }

            first = current;
        }

        return first.ContainingType.SpecialType != SpecialType.System_Object &&
            !first.ContainingNamespace.ToDisplayString().StartsWith(Mvc, StringComparison.Ordinal) &&
            !IsDispose(method);
    }

    private static bool CanBeController(INamedTypeSymbol type)
    {
        if (type is not { TypeKind: TypeKind.Class, IsAbstract: false, IsStatic: false, IsGenericType: false, DeclaredAccessibility: Accessibility.Public, ContainingType: null })
        {
            return false;
        }

        return !IsRefused(type);
    }

    private static bool IsRefused(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (HasAttribute(current, Mvc + ".NonControllerAttribute"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasControllerName(INamedTypeSymbol type) => type.Name.EndsWith("Controller", StringComparison.OrdinalIgnoreCase);

    /// <summary>ControllerBase carries the attribute, so that it is found either way.</summary>
    private static bool HasControllerMark(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (TypeNames.Is(current, Mvc + ".ControllerBase") ||
                current.GetAttributes().Any(attribute => TypeNames.IsOrDerivesFrom(attribute.AttributeClass, Mvc + ".ControllerAttribute")))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An MVC attribute on the class, on a method or on a parameter, or a method that gives an action result.</summary>
    private static bool ShowsMvc(INamedTypeSymbol type) =>
        type.GetAttributes().Any(IsOfMvc) ||
        type.GetMembers().OfType<IMethodSymbol>().Any(method =>
            method.GetAttributes().Any(IsOfMvc) ||
            method.Parameters.Any(parameter => parameter.GetAttributes().Any(IsOfMvc)) ||
            GivesActionResult(method.ReturnType));

    private static bool GivesActionResult(ITypeSymbol type) =>
        TypeNames.IsOrDerivesFrom(type, Mvc + ".IActionResult") ||
        TypeNames.Is(type, Mvc + ".ActionResult`1") ||
        (type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.Length: 1 } task &&
            (TypeNames.IsOrDerivesFrom(task.TypeArguments[0], Mvc + ".IActionResult") || TypeNames.Is(task.TypeArguments[0], Mvc + ".ActionResult`1")));

    /// <summary>A view component by convention: what it gives tells it.</summary>
    public static bool IsViewComponent(IMethodSymbol method) =>
        method is { Name: "Invoke" or "InvokeAsync", DeclaredAccessibility: Accessibility.Public, IsStatic: false } &&
        (TypeNames.IsOrDerivesFrom(method.ReturnType, Mvc + ".IViewComponentResult") ||
            (method.ReturnType is INamedTypeSymbol { Name: "Task", TypeArguments.Length: 1 } task && TypeNames.IsOrDerivesFrom(task.TypeArguments[0], Mvc + ".IViewComponentResult")));

    private static bool IsOfMvc(AttributeData attribute) =>
        attribute.AttributeClass is { } type && TypeNames.Of(type).StartsWith(Mvc + ".", StringComparison.Ordinal);

    private static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => TypeNames.Is(attribute.AttributeClass, name));

    private static bool IsDispose(IMethodSymbol method) =>
        method.ContainingType.AllInterfaces.Any(implemented => implemented.SpecialType == SpecialType.System_IDisposable &&
            implemented.GetMembers("Dispose").Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method)));
}
