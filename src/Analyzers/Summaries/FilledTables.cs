using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>A collection or array in a field of the receiver that a body leaves a block of its own in.</summary>
/// <param name="Field">The field.</param>
/// <param name="Family">The family of the block.</param>
internal readonly record struct FilledTable(IFieldSymbol Field, Family Family);

/// <summary>
/// Objects of a body that have blocks in collections of their own: whoever drops such an object drops what its members have put in
/// there. One block stands for all that are in a collection.
/// </summary>
internal sealed class FilledTables(Frame frame, Resources resources)
{
    /// <summary>The blocks of each call have numbers of their own.</summary>
    private const int FirstIndex = 1 << 24;

    /// <summary>The member of the field under which the block stands.</summary>
    private const string Elements = "elements";

    /// <summary>A call has put blocks into the collections of an object, or may have taken them out.</summary>
    public void Apply(Call call, Summary summary)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value is Sym { Kind: SymKind.NewObject } handed)
            {
                // who is handed the object may dispose of it
                GiveUp(handed, call.Operation);
            }
        }

        if (call.Receiver is Sym { Kind: SymKind.NewObject } asked && FindingLog.HoldsAddresses(call.Method.ReturnType))
        {
            // who is given the collection may release what is in it
            GiveUp(asked, call.Operation);
        }

        if (summary.Filled.IsEmpty && summary.Opened.IsEmpty)
        {
            return;
        }

        if (call.Receiver is Sym { Place.Kind: PlaceKind.This })
        {
            // who calls the body is told as well
            frame.Log.Use(summary);
            return;
        }

        if (call.Receiver is not Sym { Kind: SymKind.NewObject, Type: INamedTypeSymbol { IsReferenceType: true } } made || call.Operation is not (IInvocationOperation or IObjectCreationOperation or IPropertyReferenceOperation))
        {
            return;
        }

        foreach (var field in summary.Opened)
        {
            if (ElementsOf(made, field) is { } place && frame.State.Values.TryGetValue(place, out var elements) && elements is Pointer { Block: var kept } && frame.State[kept] is { Ownership: Ownership.Owned })
            {
                resources.Transfer(elements, Destination.Call, call.Operation);
            }
        }

        if ((SaysWhether(call.Method) && summary.Outcomes.Length > 1) || MayBeElsewhere(call.Operation))
        {
            // it may have put in nothing, or a function that others call may dispose of the object
            return;
        }

        for (var i = 0; i < summary.Filled.Length; i++)
        {
            var (field, family) = summary.Filled[i];
            if (ElementsOf(made, field) is { } place && !frame.State.Values.TryGetValue(place, out _) && resources.Allocate(call.Operation, FirstIndex + i, family, call.DisplayName, mayBeNull: false) is Pointer { Block: var block } elements)
            {
                block.OwnerType = call.Operation is IObjectCreationOperation ? made.Type : null;
                block.IsKeptByObject = block.OwnerType is null;
                block.KeptIn = field;
                frame.Write(place, elements, call.Operation);
            }
        }
    }

    /// <summary>Whether a lambda or local function of the member, or somebody who has been handed it before, may have the object that an operation fills or gives.</summary>
    public static bool MayBeElsewhere(IOperation at)
    {
        var name = at is IInvocationOperation { Instance: ILocalReferenceOperation { Local.Name: var local } } ? local
            : at.Syntax.FirstAncestorOrSelf<ExpressionSyntax>()?.Ancestors().FirstOrDefault(static node => node is not ExpressionSyntax) is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var declared } } ? declared
            : null;
        var member = at.Syntax.Ancestors().FirstOrDefault(static node => node is MemberDeclarationSyntax);
        member = member is GlobalStatementSyntax ? member.Parent : member;
        return member?.DescendantNodes().Any(node => node switch
        {
            AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax => name is null || node.DescendantTokens().Any(token => token.ValueText == name),
            ArgumentSyntax { Expression: IdentifierNameSyntax given } => given.Identifier.ValueText == name && given.SpanStart < at.Syntax.SpanStart,
            AssignmentExpressionSyntax { Right: IdentifierNameSyntax given } => given.Identifier.ValueText == name && given.SpanStart < at.Syntax.SpanStart,
            _ => false,
        }) != false;
    }

    private void GiveUp(Sym made, IOperation at)
    {
        List<Block>? given = null;
        foreach (var pair in frame.State.Blocks)
        {
            if (pair is { Key.KeptIn: not null, Value.Ownership: Ownership.Owned } && frame.State.HoldersOf(pair.Key).Any(holder => holder.Base is { Kind: PlaceKind.Object, Root: Sym owner } && owner == made))
            {
                (given ??= new List<Block>()).Add(pair.Key);
            }
        }

        foreach (var block in given ?? [])
        {
            resources.Transfer(new Pointer(block), Destination.Call, at);
        }
    }

    private static bool SaysWhether(IMethodSymbol method) =>
        method.ReturnType is { SpecialType: SpecialType.System_Boolean or SpecialType.System_Int32 } or { TypeKind: TypeKind.Enum };

    /// <summary>Null when the object lies too deep in others to be followed.</summary>
    private Place? ElementsOf(Sym made, IFieldSymbol field) =>
        frame.Universe.Member(frame.Universe.Object(made), field, field.Type) is { } table ? frame.Universe.Member(table, Elements, null) : null;
}
