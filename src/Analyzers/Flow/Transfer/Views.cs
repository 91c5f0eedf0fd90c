using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>What a function with a contract shows of a block: a view of it, and where that goes.</summary>
internal sealed class Views(Frame frame, Calls calls)
{
    /// <summary>What <c>ref x</c> points to: into an array, at a variable, or where a ref local points.</summary>
    public Value Referenced(Value value, IOperation? operation, Place? place) => operation switch
    {
        IArrayElementReferenceOperation element => Of(calls.Eval(element.ArrayReference)),
        ILocalReferenceOperation { Local.RefKind: RefKind.None } or IParameterReferenceOperation { Parameter.RefKind: RefKind.None } when place is { Kind: PlaceKind.Local or PlaceKind.Parameter } => new Address(place),
        _ => value,
    };

    /// <summary>Puts the view where the function puts it: into the variable of a parameter, or gives it as the result; null when the result shows nothing.</summary>
    public Value? Store(Call call, MemberContract contract, Value view)
    {
        if (contract.ViewParameter < 0 && !calls.WantsReference && call.Operation.Type is { } type && (!CanView(type) || call.Operation is IPropertyReferenceOperation { Property.IsIndexer: true }))
        {
            return null;
        }

        if (contract.ViewParameter >= 0)
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter?.Ordinal == contract.ViewParameter && argument.Place is { } target)
                {
                    frame.Write(target, view, call.Operation);
                }
            }

            return null;
        }

        return view;
    }

    /// <summary>A view of what a value designates.</summary>
    public Value Of(Value value) => value switch
    {
        Pointer pointer => pointer with { IsView = true },
        Sym { Type: IArrayTypeSymbol, Kind: SymKind.NewObject or SymKind.Result } => new NotHeap("the inside of a managed array"),
        Sym { Kind: not SymKind.NewObject } symbol => new Pointer(frame.Universe.External(symbol), IsView: true),
        NotHeap or Address => value,
        _ => Value.Unknown,
    };

    /// <summary>A number read through a view is no view.</summary>
    private static bool CanView(ITypeSymbol type) =>
        type.TypeKind is not (TypeKind.Enum or TypeKind.TypeParameter) &&
        type.SpecialType is SpecialType.None or SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_Object;
}
