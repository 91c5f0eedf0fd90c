using System.Collections.Immutable;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Rules.Fields;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// What a body was handed is reallocated, the result takes the place of the only pointer to it, and the body asks whether that is
/// nothing: <c>b->Data = realloc(b->Data, n); if (b->Data == null) return false;</c>. Then the block is still there, and lost (LIFE004).
/// </summary>
internal static class FailedReallocations
{
    private static readonly ImmutableDictionary<string, string?> s_noFix = ImmutableDictionary<string, string?>.Empty.Add(FixData.NoFixKey, "true");

    public static IEnumerable<Diagnostic> Judge(BodyResult result)
    {
        foreach (var outcome in result.Summary.Outcomes)
        {
            foreach (var write in outcome.Writes)
            {
                if (write.Value is Const { IsNullOrZero: true } && !OverwrittenFields.IsKept(outcome, write.Key) && Of(write.Key, result) is { } call)
                {
                    var name = $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";
                    var line = call.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                    yield return Diagnostic.Create(Descriptors.NotFreedOnSomePath, call.Syntax.GetLocation(), null, s_noFix, $"'{AssignmentOf(call.Syntax)!.Left}'", name, $"freed when '{name}' on line {line} returns null, which takes its place", "keep the old pointer until there is a new one");
                }
            }
        }
    }

    /// <summary>The reallocation whose result takes the place of what it reallocates; null when there is none that may fail.</summary>
    public static IInvocationOperation? Of(Place place, BodyResult result) =>
        place.IsInput ? result.Summary.Outcomes.SelectMany(static outcome => outcome.Effects).Where(effect => effect.Input.Place == place && effect is { Ownership: Ownership.Released, Family: not { FailsByThrowing: true } }).Select(static effect => effect.At).OfType<IInvocationOperation>().FirstOrDefault(call =>
            AssignmentOf(call.Syntax) is { Left: var target } && call.Arguments.Any(argument => BodyAnalysis.StripConversions(argument.Value)?.Syntax.IsEquivalentTo(target, topLevel: false) == true) && IsAskedFor(target)) : null;

    /// <summary>The assignment of what a call gives, converted or not; null when it goes elsewhere.</summary>
    private static AssignmentExpressionSyntax? AssignmentOf(SyntaxNode call)
    {
        var value = call;
        while (value.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            value = value.Parent;
        }

        return value.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && assignment.Right == value ? assignment : null;
    }

    private static bool IsAskedFor(ExpressionSyntax target) =>
        target.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().Any(node => node is ExpressionSyntax asked && asked.IsEquivalentTo(target, topLevel: false) &&
            asked.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax) == true;
}
