using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Requests;

/// <summary>Something that lives as long as the process and gets hold of a block.</summary>
/// <param name="Words">What it is, for a message: <c>the static field 's_last'</c>.</param>
/// <param name="Member">The field or property that keeps it; null when it has no name.</param>
/// <param name="Escape">The expression by which the block gets there.</param>
/// <param name="IsCollection">It is added to what the member holds, and does not take its place.</param>
internal sealed record Keeper(string Words, ISymbol? Member, SyntaxNode? Escape, bool IsCollection);

/// <summary>Finds what outlives the request among the places that a block goes to.</summary>
internal static class Keepers
{
    private static readonly HashSet<string> s_additions = new(MemberNames.Additions, StringComparer.Ordinal)
    {
        "Prepend", "AddOrUpdate", "Set", "TryWrite", "WriteAsync", "CreateEntry",
    };

    public static IEnumerable<Keeper> Of(Block block, JudgedBody body)
    {
        foreach (var departure in body.DeparturesOf(block))
        {
            if (Of(departure, body) is { } keeper)
            {
                yield return keeper;
            }
        }
    }

    private static Keeper? Of(Departure departure, JudgedBody body)
    {
        switch (departure.Destination)
        {
            case Destination.StaticField when departure.AtExit && departure.Place is { } place && place.Base.Root is ISymbol member:
                return new Keeper($"the static {KindOf(member)} '{NameOf(member)}'", member, AssignmentTo(member, departure.Block, body), place != place.Base && place.Field is null);

            case Destination.OwnField when departure.AtExit && departure.Place is { } place && FieldOf(place) is { } field && body.IsSingleton(field.ContainingType):
                return new Keeper($"the {KindOf(field)} '{NameOf(field)}' of the singleton '{field.ContainingType.Name}'", field, AssignmentTo(field, departure.Block, body), place.Root is not IFieldSymbol);

            case Destination.OtherObject when departure.AtExit && departure.Place?.Base.Root is Sym { Place: { Kind: PlaceKind.Static, Root: ISymbol shared } }:
                return new Keeper($"what the static {KindOf(shared)} '{NameOf(shared)}' holds", shared, AssignmentTo(shared, departure.Block, body), IsCollection: true);

            case Destination.OtherObject when departure.AtExit && departure.Place?.Base.Root is Sym { Type: { } type } && departure.Place is { Field: { } stored } && body.IsSingleton(type):
                return new Keeper($"'{NameOf(stored)}' of the singleton '{type.Name}'", stored, AssignmentTo(stored, departure.Block, body), IsCollection: false);
        }

        return departure.At switch
        {
            IInvocationOperation call when s_additions.Contains(call.TargetMethod.Name) && MayBeToldOfEvictions(call, body) => null,
            IInvocationOperation call when s_additions.Contains(call.TargetMethod.Name) => Collection(Receiver(call), departure.At, body),
            ISimpleAssignmentOperation assignment => Holder(assignment.Target is IFlowCaptureReferenceOperation captured ? body.Unit.ReferenceOf(captured.Id) : assignment.Target) is { } holder ? Collection(holder, departure.At, body) : null,
            IPropertyReferenceOperation { Arguments.IsEmpty: false } indexer => Collection(indexer.Instance, departure.At, body),
            _ => null,
        };
    }

    /// <summary>An entry of a memory cache has options, and some of the program have a callback that is handed what goes.</summary>
    private static bool MayBeToldOfEvictions(IInvocationOperation call, JudgedBody body) =>
        call.Arguments.Any(static argument => argument.Value.Type?.Name == "MemoryCacheEntryOptions") &&
        body.Model.Compilation.SyntaxTrees.Any(tree => TreeWords.Of(tree, body.CancellationToken) is var words && (words.Mentions("RegisterPostEvictionCallback") || words.Mentions("PostEvictionCallbacks")));

    /// <summary>What an element is written into.</summary>
    private static IOperation? Holder(IOperation? target) => target switch
    {
        IPropertyReferenceOperation { Arguments.IsEmpty: false } indexer => indexer.Instance,
        IArrayElementReferenceOperation element => element.ArrayReference,
        _ => null,
    };

    private static IOperation? Receiver(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);

    private static Keeper? Collection(IOperation? collection, IOperation at, JudgedBody body)
    {
        while (collection is IConversionOperation or IFlowCaptureReferenceOperation)
        {
            collection = collection is IConversionOperation conversion ? conversion.Operand : body.Unit.ReferenceOf(((IFlowCaptureReferenceOperation)collection).Id);
        }

        if (collection?.Type is INamedTypeSymbol type && TypeNames.Of(type) is "Microsoft.Extensions.Caching.Memory.IMemoryCache" or "Microsoft.Extensions.Caching.Memory.MemoryCache")
        {
            return new Keeper("the memory cache", (collection as IMemberReferenceOperation)?.Member ?? (collection as IParameterReferenceOperation)?.Parameter, at.Syntax, IsCollection: true);
        }

        if (collection is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } injected } } parameter } && !SymbolEqualityComparer.Default.Equals(body.Unit.Method, parameter.ContainingSymbol))
        {
            // a parameter of the primary constructor
            return body.IsSingleton(injected) ? new Keeper($"the parameter '{parameter.Name}' of the singleton '{injected.Name}'", parameter, at.Syntax, IsCollection: true) : null;
        }

        // the writer of a channel, a list of an object: what holds the holder decides
        for (; collection is IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } reference; collection = reference.Instance)
        {
            var member = reference.Member;
            if (member.IsStatic)
            {
                return new Keeper($"the static {KindOf(member)} '{member.Name}'", member, at.Syntax, IsCollection: true);
            }

            if (body.IsSingleton(member.ContainingType) && reference.Instance is IInstanceReferenceOperation)
            {
                return new Keeper($"the {KindOf(member)} '{member.Name}' of the singleton '{member.ContainingType.Name}'", member, at.Syntax, IsCollection: true);
            }
        }

        return null;
    }

    private static IFieldSymbol? FieldOf(Place place)
    {
        while (place.Parent is { Kind: PlaceKind.Member } outer)
        {
            place = outer;
        }

        return place.Field;
    }

    private static string KindOf(ISymbol member) => member is IPropertySymbol or IFieldSymbol { AssociatedSymbol: IPropertySymbol } ? "property" : "field";

    private static string NameOf(ISymbol member) => member is IFieldSymbol { AssociatedSymbol: { } property } ? property.Name : member.Name;

    /// <summary>The right side of the assignment that puts the block there.</summary>
    private static SyntaxNode? AssignmentTo(ISymbol member, Block block, JudgedBody body)
    {
        var name = NameOf(member);
        SyntaxNode? found = null;
        foreach (var assignment in body.Unit.Syntax.DescendantNodesAndSelf().OfType<AssignmentExpressionSyntax>())
        {
            if (assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && assignment.Left.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(part => part.Identifier.ValueText == name))
            {
                found = assignment.Right;
                if (block.Site is { } site && assignment.Right.Span.Contains(site.Syntax.Span))
                {
                    break;
                }
            }
        }

        return found;
    }
}
