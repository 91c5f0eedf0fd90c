using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// Imported functions that, as the body shows, take over what they are handed: it releases the block only where the function says that it has
/// failed, and does not look at it any more where it has not; or it goes on with what the function gives in the place of what it was handed.
/// </summary>
internal static class TakenByNative
{
    /// <summary>Whether the leak is none, because a function has the block.</summary>
    public static bool Explains(Finding leak, BodyResult result) => leak.Kind switch
    {
        FindingKind.LostByOverwrite => leak.Block!.Family is { IsInferred: true } && leak.At is ISimpleAssignmentOperation { Value: var value, Target: var target } && BodyAnalysis.StripConversions(value) is IInvocationOperation { TargetMethod.IsExtern: true } call && TakesBack(call, target),
        FindingKind.LostAtExit or FindingKind.LostByThrow when leak.Block is { Family.IsInferred: true, Site: { } site } && IsMadeForAnother(site) => true,
        FindingKind.LostAtExit => leak.State?.LastUse is IInvocationOperation { TargetMethod.IsExtern: true } last && IsOnlyReleasedOnFailure(last, leak, result),
        _ => false,
    };

    /// <summary><c>sum = newSum(newNumber(1), newNumber(2));</c>: nobody else can release what has no name.</summary>
    private static bool IsMadeForAnother(IOperation site)
    {
        var handed = site.Parent;
        while (handed is IConversionOperation)
        {
            handed = handed.Parent;
        }

        return handed is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { IsExtern: true, ReturnType: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } } } };
    }

    /// <summary><c>list = append(list, item);</c>.</summary>
    private static bool TakesBack(IInvocationOperation call, IOperation target) =>
        call.Arguments.Any(argument => BodyAnalysis.StripConversions(argument.Value)?.Syntax is IdentifierNameSyntax handed && target.Syntax is IdentifierNameSyntax variable && handed.Identifier.ValueText == variable.Identifier.ValueText);

    /// <summary><c>if (submit(job) != 0) destroy(job);</c>, <c>var code = submit(job); if (code &lt; 0) { destroy(job); return; }</c>.</summary>
    private static bool IsOnlyReleasedOnFailure(IInvocationOperation call, Finding leak, BodyResult result)
    {
        for (var step = leak.Path; step is not null; step = step.Before)
        {
            if (!step.IsForegone && IsAbout(step.Condition.Syntax, call.Syntax) && FailsWhen(step.Condition.Syntax, call.Type) == !step.Outcome && step.Condition.Syntax.FirstAncestorOrSelf<IfStatementSyntax>() is { } asked && asked.Condition.Span.Contains(step.Condition.Syntax.Span))
            {
                var releases = result.Facts.Releases.Where(release => LeakRules.IsSameSite(release.Key, leak.Block!)).SelectMany(static release => release.Value).ToList();
                return releases.Count > 0 && releases.TrueForAll(release => release.Syntax.SyntaxTree == asked.SyntaxTree && !asked.Condition.Span.Contains(release.Syntax.Span) && (asked.Span.Contains(release.Syntax.Span) || (IsLeftOnSuccess(asked) && release.Syntax.SpanStart > asked.Span.End && IsCalledBack(call))));
            }
        }

        return false;
    }

    /// <summary><c>if (submit(job, done, user) == 0) return true; destroy(job); return false;</c>: behind the statement there is only failure.</summary>
    private static bool IsLeftOnSuccess(IfStatementSyntax asked) =>
        asked.Else is null && (asked.Statement is BlockSyntax { Statements: { Count: > 0 } statements } ? statements[statements.Count - 1] : asked.Statement) is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax;

    /// <summary>Whether the function is told what to call when it has done: what it is handed may be released there.</summary>
    private static bool IsCalledBack(IInvocationOperation call) =>
        call.Arguments.Any(static argument => argument.Parameter?.Type is { TypeKind: TypeKind.Delegate or TypeKind.FunctionPointer } || BodyAnalysis.StripConversions(argument.Value) is IInvocationOperation { TargetMethod: { Name: "ToIntPtr", ContainingType.Name: "GCHandle" } });

    /// <summary>Whether the function has failed when the condition holds: a code that is not zero, or less; a handle that is none; not true. Null for another condition.</summary>
    private static bool? FailsWhen(SyntaxNode condition, ITypeSymbol? type) => condition switch
    {
        ParenthesizedExpressionSyntax inner => FailsWhen(inner.Expression, type),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression } => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.GreaterThanOrEqualExpression } => false,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } => type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } or { TypeKind: TypeKind.Enum },
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } => type is not ({ SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } or { TypeKind: TypeKind.Enum }),
        IdentifierNameSyntax or InvocationExpressionSyntax => false,
        _ => null,
    };

    /// <summary>The condition asks what the call has given, by itself or by the variable that has it.</summary>
    private static bool IsAbout(SyntaxNode condition, SyntaxNode call)
    {
        if (condition.Span.Contains(call.Span))
        {
            return true;
        }

        var variable = call.FirstAncestorOrSelf<StatementSyntax>() switch
        {
            LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } declared } => declared[0].Identifier.ValueText,
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax assigned } } => assigned.Identifier.ValueText,
            _ => null,
        };
        return variable is not null && condition.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == variable);
    }
}
