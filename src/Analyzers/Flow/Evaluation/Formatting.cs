using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>What is put into an interpolated string is formatted by members of its own, which may give back what it holds: a text in a rented array that is used once.</summary>
internal static class Formatting
{
    /// <summary>The text, or a part of it.</summary>
    public static Value Evaluate(IOperation text, Evaluator evaluator, Frame frame, Resources resources)
    {
        foreach (var part in text.ChildOperations)
        {
            if (evaluator.Eval(part) is (Aggregate or Sym or Pointer) and var formatted && !frame.State.Blocks.IsEmpty && MayRelease(TypeOf(part)))
            {
                resources.Transfer(formatted, Destination.Call, part);
            }
        }

        return frame.Universe.Result(text);
    }

    private static ITypeSymbol? TypeOf(IOperation part)
    {
        while (part is IConversionOperation { OperatorMethod: null } conversion)
        {
            part = conversion.Operand;
        }

        return part.Type;
    }

    /// <summary>Whether a value of the type may release what it holds when it is formatted.</summary>
    private static bool MayRelease(ITypeSymbol? type) =>
        type is INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } declared &&
        declared.GetMembers().Any(static member => member is IMethodSymbol { Name: "TryFormat" or "ToString" } formatting && formatting.DeclaringSyntaxReferences.Any(static reference => Releases(reference.GetSyntax())));

    private static bool Releases(SyntaxNode formatting) => formatting.DescendantNodes().Any(static node => node is InvocationExpressionSyntax call && call.Expression switch
    {
        MemberAccessExpressionSyntax access => IsRelease(access.Name),
        MemberBindingExpressionSyntax binding => IsRelease(binding.Name),
        SimpleNameSyntax name => IsRelease(name),
        _ => false,
    });

    private static bool IsRelease(SimpleNameSyntax name) =>
        name.Identifier.ValueText is "Dispose" or "Return" or "Release" or "Close" || name.Identifier.ValueText.StartsWith("Free", StringComparison.Ordinal);
}
