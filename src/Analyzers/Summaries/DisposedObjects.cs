using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// Members of an object of the body that has been disposed of, and whose fields have been cleared by that: what such a member can do
/// with them is to throw, or to read through null.
/// </summary>
internal sealed class DisposedObjects
{
    private readonly Frame _frame;
    private readonly Resources _resources;

    public DisposedObjects(Frame frame, Resources resources)
    {
        _frame = frame;
        _resources = resources;
    }

    /// <summary>Reports the call when it can only fail, because an object that it is handed has released what it came with.</summary>
    /// <param name="call">The call.</param>
    /// <param name="summary">What its body does.</param>
    /// <param name="atCall">The body's terms in those of the call.</param>
    /// <param name="returns">Whether the body can return in the state at hand.</param>
    public void Check(Call call, Summary summary, Translation atCall, bool returns)
    {
        if (_frame.State.Blocks.IsEmpty || call.Method is { MethodKind: MethodKind.Constructor } || Families.KnownMembers.IsDisposal(call.Method) || IsHandedOn(call))
        {
            return;
        }

        if (returns)
        {
            foreach (var use in summary.SurelyUsed)
            {
                if (use.Input.Place is { Parent: { } holder } field && atCall.Of(use.Input) is Const { IsNullOrZero: true } && (ReleasedOf(holder, atCall) ?? PutBy(call)) is { } released && !IsGivenValue(summary, field) &&
                    !(use.MayBeEmpty && HoldsZero(holder, field, atCall)) && !IsExpected(call.Operation.Syntax))
                {
                    var name = holder.Base is { Kind: PlaceKind.This } or { Root: Sym { Place.Kind: PlaceKind.This } } ? call.Instance : call.Arguments.FirstOrDefault(argument => argument.Parameter is { } parameter && ReferenceEquals(parameter, ParameterOf(holder)))?.Operation ?? call.Instance;
                    _resources.ReportUseOfDisposed(released, call.Operation, Calls.NameOf(name), $"used by {call.Method.ContainingType?.Name}.{(call.Method.AssociatedSymbol ?? call.Method).Name}");
                    return;
                }
            }
        }
        else if (call is { Receiver: Sym { Kind: SymKind.NewObject, Type: INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } type } made, Method: { IsStatic: false } method } &&
            summary.Outcomes.Length > 0 && summary.Outcomes.All(static outcome => outcome.Guards.Any(static guard => IsOfField(guard.Key))) && (ReleasedOf(made, type) ?? PutBy(call)) is { } block && !IsExpected(call.Operation.Syntax))
        {
            _resources.ReportUseOfDisposed(block, call.Operation, Calls.NameOf(call.Instance), $"used by {type.Name}.{(method.AssociatedSymbol ?? method).Name}");
        }
    }

    /// <summary>A lambda that somebody else calls: who catches what it throws cannot be seen from here.</summary>
    private static bool IsHandedOn(Call call) =>
        call.Method.MethodKind == MethodKind.LambdaMethod && call.Operation is not IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke };

    private static IParameterSymbol? ParameterOf(Place holder) => (holder.Root is Sym { Place: { } place } ? place.Root : holder.Root) as IParameterSymbol;

    /// <summary>A block that the object or struct had, and that has been released.</summary>
    private Block? ReleasedOf(Place holder, Translation atCall)
    {
        if (holder is { Kind: PlaceKind.Object, Root: Sym root })
        {
            return atCall.Of(root) is Sym { Type: INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } type } owner ? ReleasedOf(owner, type) : null;
        }

        return holder.Type is INamedTypeSymbol { IsValueType: true } owned && atCall.PlaceOf(holder) is { } variable
            ? First(block => block.Site is not null ? IsOf(block, owned) : block.External?.Place?.Parent == variable)
            : null;
    }

    private Block? ReleasedOf(Sym owner, INamedTypeSymbol type) => First(block => owner.Kind == SymKind.NewObject ? block.Site is not null && IsOf(block, type) : block.External?.Object == owner);

    /// <summary>A block that a member of the same object has put into it (<c>port.Open()</c>), and that has been released.</summary>
    private Block? PutBy(Call call) =>
        call is { Receiver: Sym { Kind: SymKind.NewObject }, Instance: ILocalReferenceOperation { Local: var variable } }
            ? First(block => block is { IsKeptByObject: true, Site: IInvocationOperation { Instance: ILocalReferenceOperation { Local: var filled } } } && SymbolEqualityComparer.Default.Equals(filled, variable))
            : null;

    /// <summary>The block came with an object of the type, or with one that has such an object in a field.</summary>
    private static bool IsOf(Block block, INamedTypeSymbol type) => block.OwnerType is { } owner &&
        (SymbolEqualityComparer.Default.Equals(owner, type) || owner.GetMembers().Any(member => member is IFieldSymbol { IsStatic: false } field && SymbolEqualityComparer.Default.Equals(field.Type, type)));

    private Block? First(Func<Block, bool> isMeant)
    {
        Block? found = null;
        foreach (var pair in _frame.State.Blocks)
        {
            if (pair.Value is { Ownership: Ownership.Released, ReleasedAt: not null } && isMeant(pair.Key) && (found is null || pair.Key.Id < found.Id))
            {
                found = pair.Key;
            }
        }

        return found;
    }

    /// <summary>The body fills the field itself.</summary>
    private static bool IsGivenValue(Summary summary, Place field) =>
        summary.Outcomes.Concat(summary.Throwing).Any(outcome => outcome.Writes.Any(write => write.Key == field));

    /// <summary>A length beside the field has been cleared as well: a span over nothing is empty, a loop over nothing has no round, and that is no mistake.</summary>
    private bool HoldsZero(Place holder, Place field, Translation atCall) =>
        atCall.PlaceOf(holder) is { } owner && _frame.State.Values.Any(pair => pair.Key.Parent == owner && pair.Key.Root != field.Root && pair.Value is Const { Value: 0L } && pair.Key.Type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 });

    private static bool IsOfField(Value value) => value switch
    {
        Expression expression => IsOfField(expression.Left) || IsOfField(expression.Right),
        Sym { Place: { Kind: PlaceKind.Member, Parent: { Kind: PlaceKind.This } or { Kind: PlaceKind.Object, Root: Sym { Place.Kind: PlaceKind.This } } } } => true,
        _ => false,
    };

    /// <summary>Who catches what it throws reckons with that.</summary>
    private static bool IsExpected(SyntaxNode call) =>
        call.Ancestors().TakeWhile(static node => node is not MemberDeclarationSyntax).Any(node => node is TryStatementSyntax { Catches.Count: > 0 } guarded && guarded.Block.Span.Contains(call.Span));
}
