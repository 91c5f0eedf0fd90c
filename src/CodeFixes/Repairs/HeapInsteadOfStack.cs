using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Memory on the stack that a function returns is gone before anybody reads it: the function allocates it instead, and its caller owns it.</summary>
internal sealed class HeapInsteadOfStack : Repair
{
    public override string Name => "Heap";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.NodeAt<ExpressionSyntax>(site.Finding.Span) is not { } escaping || escaping.FirstAncestorOrSelf<ReturnStatementSyntax>() is not { Expression: { } returned }
            || OwnedBlock.Bare(returned) is not IdentifierNameSyntax name || site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is not ILocalSymbol { Type: IPointerTypeSymbol { PointedAtType: { TypeKind: not TypeKind.Pointer } element } } local
            || local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } initial }
            || OwnedBlock.Bare(initial) is not StackAllocArrayCreationExpressionSyntax { Initializer: null, Type: ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } array } stack
            || ranks[0].Sizes.FirstOrDefault() is not { } count || count is OmittedArraySizeExpressionSyntax
            || site.Model.Compilation.GetTypeByMetadataName("System.Runtime.InteropServices.NativeMemory") is not { } memory)
        {
            yield break;
        }

        var edits = new TextEdits();
        var native = UsingDirectives.Name(site, edits, memory, stack.SpanStart);
        var converted = site.Model.Compilation.ClassifyConversion(site.Model.GetTypeInfo(count).Type!, site.Model.Compilation.GetSpecialType(SpecialType.System_UIntPtr)).IsImplicit || site.Model.GetConstantValue(count).HasValue;
        var size = converted ? count.ToString() : count is IdentifierNameSyntax or MemberAccessExpressionSyntax or LiteralExpressionSyntax ? "(nuint)" + count : $"(nuint)({count})";
        var isPlain = element.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Decimal;
        edits.Replace(stack.Span, $"({array.ElementType}*){native}.AllocZeroed({size}, {(isPlain ? string.Empty : "(nuint)")}sizeof({array.ElementType}))");
        yield return Plan.Of("Allocate it for the caller (NativeMemory.AllocZeroed)", edits);
    }
}
