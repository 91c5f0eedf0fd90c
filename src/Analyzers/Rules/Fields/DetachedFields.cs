using System.Collections.Immutable;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Rules.Blocks;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A body takes a block out of a field that owns it, clears the field, and leaves without having done with the block (LIFE013):
/// <c>var p = _p; _p = null;</c>, or a call of a member that does that for it, <c>var p = holder.Detach();</c>.
/// </summary>
internal sealed class DetachedFields(FieldOwnership ownership, FilledFields fills)
{
    public IEnumerable<Diagnostic> Judge(BodyResult result, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { } method || OwnerMembers.IsDisposal(method) || SetUps.IsSetUp(method))
        {
            yield break;
        }

        foreach (var outcome in result.Summary.Outcomes)
        {
            foreach (var write in outcome.Writes)
            {
                if (write.Value is Const { IsNullOrZero: true } && OwnerOf(write.Key) is { } field && !OverwrittenFields.IsKept(outcome, write.Key) && !IsDoneWith(write.Key, outcome) &&
                    IsThere(write.Key, outcome, result) && FailedReallocations.Of(write.Key, result) is null && BlockIn(field, cancellationToken) is { } block &&
                    IsToldApart(outcome, write.Key, block.OwnerType is not null, result.Summary.Outcomes) && !IsShownToDelegate(field, result.Unit))
                {
                    yield return FieldReports.Report(Descriptors.FieldNotReleased, SiteOf(field, result.Unit, cancellationToken), block, field, FixData.ReasonOverwritten, result.Unit.Syntax,
                        field.ContainingType.Name, OwnerMembers.NameOf(field), block.AllocatedBy, $"'{method.Name}' takes the block out of the field and does not release it");
                }
            }
        }
    }

    /// <summary>The body uses what the field held, or has found that it is something.</summary>
    private static bool IsThere(Place place, Outcome outcome, BodyResult result) =>
        result.Summary.UsedInputs.Any(used => used.Place is { } at && FieldOutcomes.LiesIn(at, place)) || outcome.Guards.Any(guard => guard.Key is Sym { Place: { } asked } && asked == place && guard.Value.IsEqual(0L) == false);

    /// <summary>
    /// Whether it is no state of the object that tells this way from one on which the body has done with what the field held: a
    /// flag of the object says whether there is anything to do. Of an object that was disposed of before nothing is released.
    /// </summary>
    private static bool IsToldApart(Outcome outcome, Place place, bool isObject, ImmutableArray<Outcome> all) =>
        all.All(other => !IsDoneWith(place, other) || Differences(outcome, other).Any(IsOfParameters) || !(isObject || Differences(outcome, other).Any(key => key is not Sym { Place: { } asked } || asked != place)));

    /// <summary>The block, or something that lies in the object, is released, handed on or changed.</summary>
    private static bool IsDoneWith(Place place, Outcome outcome) =>
        outcome.Effects.Any(effect => effect.Input.Place is { } done && FieldOutcomes.LiesIn(done, place)) || outcome.Writes.Any(write => write.Key != place && FieldOutcomes.LiesIn(write.Key, place) && write.Value is Const { IsNullOrZero: true });

    private static IEnumerable<Value> Differences(Outcome one, Outcome other) =>
        one.Guards.Where(guard => !other.Guards.Contains(guard)).Concat(other.Guards.Where(guard => !one.Guards.Contains(guard))).Select(static guard => guard.Key);

    private static bool IsOfParameters(Value asked) => asked switch
    {
        Sym { Place.Kind: PlaceKind.Parameter } => true,
        Expression expression => (IsOfParameters(expression.Left) && (expression.Right is Const || IsOfParameters(expression.Right))) || (expression.Left is Const && IsOfParameters(expression.Right)),
        _ => false,
    };

    /// <summary>Whoever has subscribed may take it: <c>Dropped?.Invoke(block);</c>.</summary>
    internal static bool IsShownToDelegate(IFieldSymbol field, BodyUnit body) =>
        body.Operations().Any(operation => operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call && call.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(argument.Value.Type, field.Type)));

    /// <summary>The field that a place of the object at hand, or of one that the body was handed, stands for.</summary>
    private static IFieldSymbol? OwnerOf(Place place) =>
        place is { Kind: PlaceKind.Member, Parent: { Kind: PlaceKind.This } or { Kind: PlaceKind.Object, Root: Sym { IsInput: true } }, Field: { IsStatic: false, ContainingType: { TypeKind: TypeKind.Class, DeclaringSyntaxReferences.IsEmpty: false } } field } ? field : null;

    /// <summary>What the members of its type put into the field for their disposal to release; null when there is nothing to say.</summary>
    private Block? BlockIn(IFieldSymbol field, CancellationToken cancellationToken)
    {
        var type = field.ContainingType;
        return OwnerMembers.IsOnlyReachedHere(field, type) && ownership.Of(field, cancellationToken).ReleasedBy.Any(OwnerMembers.IsDisposal) && !ownership.Instances.AreAllOf(type, cancellationToken)
            ? fills.BlocksIn(field, type, cancellationToken).FirstOrDefault(ForgottenFields.IsLost) ?? fills.ObjectsIn(field, type, cancellationToken).FirstOrDefault()
            : null;
    }

    /// <summary>Where the body clears the field, or calls the member that does.</summary>
    private SyntaxNode SiteOf(IFieldSymbol field, BodyUnit body, CancellationToken cancellationToken)
    {
        var site = ForgottenFields.SiteOf(field, body);
        return site != body.Syntax ? site
            : body.Operations().OfType<IInvocationOperation>().FirstOrDefault(call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType.OriginalDefinition, field.ContainingType.OriginalDefinition) &&
                ownership.SummaryOf(call.TargetMethod.OriginalDefinition, cancellationToken) is { } summary && summary.Outcomes.Any(outcome => outcome.Writes.Any(write => SymbolEqualityComparer.Default.Equals(write.Key.Field?.OriginalDefinition, field.OriginalDefinition))))?.Syntax ?? site;
    }
}
