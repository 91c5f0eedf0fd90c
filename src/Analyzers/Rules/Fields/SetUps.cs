using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>Members that are called once by convention, when nothing is held yet.</summary>
internal static class SetUps
{
    /// <summary>Members that are called once by convention, when nothing is held yet.</summary>
    private static readonly string[] SetUpNames =
    {
        "Init", "Open", "Start", "Begin", "Load", "Create", "Connect", "Setup", "SetUp", "Configure", "Attach", "Register", "Install", "Enable", "On", "Allocate",
        "Ensure", "Build", "Run", "Main", "Prepare", "Rent", "Acquire", "Lock", "Pin", "Execute", "Handle",
    };

    internal static bool IsSetUp(IMethodSymbol method)
    {
        return method.DeclaredAccessibility == Accessibility.Private || IsOfMarshaller(method) || method.GetAttributes().Any(attribute => attribute.AttributeClass is { } marker && IsTest(marker.Name)) || IsNamedSo(method);
    }

    /// <summary>The same, by the name alone.</summary>
    internal static bool IsNamedSo(IMethodSymbol method)
    {
        var name = method.Name.Substring(method.Name.LastIndexOf('.') + 1);
        return SetUpNames.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || !char.IsLower(name[prefix.Length]) || prefix == "Init"));
    }

    /// <summary>What is generated for a call makes a marshaller and calls each of its methods once.</summary>
    private static bool IsOfMarshaller(IMethodSymbol method)
    {
        if (method.Name is not ("FromManaged" or "FromUnmanaged"))
        {
            return false;
        }

        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "CustomMarshallerAttribute"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A test framework calls the method: on a new object, or after what clears up behind the test before.</summary>
    private static bool IsTest(string attribute) =>
        attribute.Replace("Attribute", "") is "Test" or "TestCase" or "TestCaseSource" or "Fact" or "Theory" or "TestMethod" or "DataTestMethod" or "SetUp" or "OneTimeSetUp" or "TestInitialize" or "ClassInitialize" or "GlobalSetup" or "IterationSetup";
}
