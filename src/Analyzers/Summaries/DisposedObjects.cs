using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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

    /// <summary>Reports the call when it can only fail, because the object has released what it came with.</summary>
    /// <param name="call">The call.</param>
    /// <param name="summary">What its body does.</param>
    /// <param name="atCall">The body's terms in those of the call.</param>
    /// <param name="returns">Whether the body can return in the state at hand.</param>
    public void Check(Call call, Summary summary, Translation atCall, bool returns)
    {
        if (call is not { Receiver: Sym { Kind: SymKind.NewObject, Type: INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } type }, Method: { IsStatic: false, MethodKind: not MethodKind.Constructor } method } ||
            Families.KnownMembers.IsDisposal(method) || ReleasedWith(type) is not { } block || IsExpected(call.Operation.Syntax))
        {
            return;
        }

        if (returns ? ReadsThroughNull(summary, atCall) : summary.Outcomes.Length > 0 && summary.Outcomes.All(static outcome => outcome.Guards.Any(static guard => IsOfField(guard.Key))))
        {
            _resources.ReportUseOfDisposed(block, call.Operation, Calls.NameOf(call.Instance), $"used by {type.Name}.{(method.AssociatedSymbol ?? method).Name}");
        }
    }

    /// <summary>A block that an object of the type came with, and that has been released.</summary>
    private Block? ReleasedWith(INamedTypeSymbol type)
    {
        Block? found = null;
        foreach (var pair in _frame.State.Blocks)
        {
            if (pair.Value is { Ownership: Ownership.Released, ReleasedAt: not null } && pair.Key is { Site: not null, OwnerType: { } owner } && SymbolEqualityComparer.Default.Equals(owner, type) && (found is null || pair.Key.Id < found.Id))
            {
                found = pair.Key;
            }
        }

        return found;
    }

    /// <summary>A field that the body reads through, that it neither asks nor gives a value, holds null.</summary>
    private static bool ReadsThroughNull(Summary summary, Translation atCall) =>
        summary.UsedInputs.Any(input => IsOfField(input) && input.Place!.Type is IPointerTypeSymbol && atCall.Of(input) is Const { IsNullOrZero: true } &&
            summary.Outcomes.Concat(summary.Throwing).All(outcome => outcome.Guards.IsEmpty && !outcome.Writes.Any(write => write.Key == input.Place)));

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
