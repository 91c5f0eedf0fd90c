using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Exceptions;

/// <summary>What <c>foreach</c> calls on its own does not throw for arrays, strings, spans and the simple collections of the library, as long as nobody changes them meanwhile.</summary>
internal sealed class QuietLoops
{
    private readonly HashSet<SyntaxNode> _loops = new();

    /// <summary>Notes the loop when <paramref name="call"/> begins one.</summary>
    public void Note(Call call)
    {
        if (call.Method.Name == "GetEnumerator" && LoopOf(call) is { } loop && IsSimple(BodyAnalysis.StripConversions(call.Instance)?.Type))
        {
            _loops.Add(loop);
        }
    }

    /// <summary>Whether the call belongs to such a loop.</summary>
    public bool Contains(Call call) => call.Method.Name is "GetEnumerator" or "MoveNext" or "Dispose" && LoopOf(call) is { } loop && _loops.Contains(loop);

    /// <summary>Whether it reads a character of a text, which throws like the read of an array's element.</summary>
    public static bool IsIndexOfText(IOperation operation) => operation is IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType.SpecialType: SpecialType.System_String } };

    /// <summary>The loop that makes the call on its own.</summary>
    private static SyntaxNode? LoopOf(Call call)
    {
        if (call.Operation is not IInvocationOperation { IsImplicit: true } || call.Operation.Syntax.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is not { } loop)
        {
            return null;
        }

        return call.Operation.Syntax == loop || loop.Expression.Span.Contains(call.Operation.Syntax.Span) ? loop : null;
    }

    /// <summary>Whether <c>foreach</c> over a collection of the type throws nothing by itself.</summary>
    public static bool IsSimple(ITypeSymbol? type) =>
        type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String } ||
        (type is { Name: "Span" or "ReadOnlySpan", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }) ||
        (type is { Name: "List" or "Dictionary" or "HashSet" or "Queue" or "Stack" or "KeyCollection" or "ValueCollection", TypeKind: not TypeKind.Interface, ContainingNamespace: { } space } && space.ToDisplayString() == "System.Collections.Generic");
}
