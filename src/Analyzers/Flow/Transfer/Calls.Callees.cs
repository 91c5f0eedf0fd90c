using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <content>What is known of the bodies that are called.</content>
internal sealed partial class Calls
{
    /// <summary>The summary of the method that a call runs; null when it is not known which, or it has no source.</summary>
    public Summary? SummaryOf(Call call)
    {
        // an operation is carried out once for every state, and what it calls stays the same for the whole pass
        var exactType = ExactTypeOf(call);
        if (!_summaryOf.TryGetValue((call.Method, exactType), out var summary))
        {
            summary = _summaries.SummaryOf(call.Method, exactType);
            _summaryOf.Add((call.Method, exactType), summary);
        }

        return summary;
    }

    /// <summary>Whether the bodies that the call can run, which have no summary, only read what they are handed for the parameter.</summary>
    public bool Borrows(Call call, IParameterSymbol parameter) => _summaries.Borrows(call.Method, ExactTypeOf(call), parameter);

    /// <summary>What a call of a body that is not followed can throw.</summary>
    public Thrown ThrownBy(Call call) => _summaries.ThrownBy(call.Method, ExactTypeOf(call));

    /// <summary>Whether the call may come back to the body at hand.</summary>
    public bool ComesBack(Call call) => _summaries.ComesBack(call.Method, ExactTypeOf(call));

    /// <summary>The semantic model of a tree.</summary>
    public SemanticModel ModelOf(SyntaxTree tree) => _summaries.ModelOf(tree);

    /// <summary>What the initializers of a type's fields do that allocate something.</summary>
    public IEnumerable<Summary> InitializersOf(INamedTypeSymbol type) => _summaries.InitializersOf(type);

    /// <summary>Carries out a call of a method by its body, when that is known.</summary>
    public void ApplyBody(Call call)
    {
        if (SummaryOf(call) is { } summary)
        {
            _applied.Apply(call, summary);
        }
    }

    private ITypeSymbol? ExactTypeOf(Call call) => call.Receiver switch
    {
        Sym { Kind: SymKind.NewObject, Type: { } type } => type,
        Aggregate { Boxed: { } boxed } when call.ReceiverPlace is null => boxed,
        _ when call.Instance?.Type is { } declared && IsExact(declared) => declared,
        _ when call.Instance is IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax } => call.Method.ContainingType,
        _ => null,
    };

    /// <summary>Whether a variable of the type can hold nothing but values of exactly this type.</summary>
    public static bool IsExact(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } or INamedTypeSymbol { TypeKind: TypeKind.Class, IsSealed: true };
}
