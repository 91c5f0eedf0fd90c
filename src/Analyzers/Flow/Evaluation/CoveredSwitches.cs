using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>
/// A <c>switch</c> statement that has a case for each value of its enumeration and no <c>default</c>: its author reckons with
/// no other, and so that it is none of them is no way through the code.
/// </summary>
internal static class CoveredSwitches
{
    /// <summary>Whether <paramref name="condition"/> is the test for the last case of such a switch.</summary>
    /// <param name="condition">The test.</param>
    /// <param name="modelOf">The model of a file.</param>
    public static bool IsLastCase(IOperation condition, Func<SyntaxTree, SemanticModel> modelOf)
    {
        if (condition.Syntax.FirstAncestorOrSelf<CaseSwitchLabelSyntax>() is not { Parent.Parent: SwitchStatementSyntax statement } last ||
            statement.Sections[statement.Sections.Count - 1].Labels is not { Count: > 0 } labels || labels[labels.Count - 1] != last)
        {
            return false;
        }

        var model = modelOf(condition.Syntax.SyntaxTree);
        if (model.GetTypeInfo(statement.Expression).Type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } type || type.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "FlagsAttribute" }))
        {
            return false;
        }

        var cases = new HashSet<object>();
        foreach (var label in statement.Sections.SelectMany(static section => section.Labels))
        {
            if (label is not CaseSwitchLabelSyntax plain || model.GetConstantValue(plain.Value).Value is not { } value)
            {
                return false;
            }

            cases.Add(value);
        }

        return type.GetMembers().OfType<IFieldSymbol>().All(member => member.ConstantValue is not { } value || cases.Contains(value));
    }
}
