using System.Collections.Immutable;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// A function frees a native structure that it was handed, and a member of it stays behind that another function of the same type
/// frees with the structure (LIFE004): <c>Free(job->Name); Free(job);</c> beside <c>Free(job->Name); Free(job->Payload); Free(job);</c>.
/// Nobody who calls the first may have to do with the member: it could have been taken out before.
/// </summary>
internal sealed class ForgottenMembers(FieldOwnership ownership, IdentifierIndex names, Func<SyntaxTree, SemanticModel> modelOf)
{
    /// <summary>A type with more functions than this is no structure and what belongs to it.</summary>
    private const int MaxFunctions = 80;

    private static readonly string[] s_partial = ["Shallow", "Shell", "Only", "Header", "Keep", "Detach"];

    /// <summary>The two children of a node, as they are called.</summary>
    private static readonly (string One, string Other)[] s_twins = [("left", "right"), ("lhs", "rhs"), ("zero", "one"), ("first", "second"), ("low", "high"), ("less", "greater"), ("small", "large"), ("then", "else")];

    public IEnumerable<Diagnostic> Judge(BodyResult result, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { MethodKind: MethodKind.Ordinary } method || result.Unit.Syntax is not MethodDeclarationSyntax declaration || s_partial.Any(word => method.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
        {
            yield break;
        }

        foreach (var parameter in method.Parameters)
        {
            if (StructureOf(parameter) is not { } structure || ReleaseOf(parameter, result.Summary) is not { At: { } release, Family: { IsCounted: false, IsUnspecified: false } family } || !declaration.Span.Contains(release.Syntax.Span) || release.Syntax.SyntaxTree != declaration.SyntaxTree)
            {
                continue;
            }

            var own = MembersReleasedBy(result.Summary, parameter).Select(static member => member.Field).ToList();
            foreach (var (member, by) in Others(method, structure, family, cancellationToken))
            {
                if (!own.Contains(member.Field, SymbolEqualityComparer.Default) && (IsDestroyer(own, member.Field, structure) || Mentions(declaration, member.Field.Name)) && IsLeftAlone(declaration, member.Field.Name) && !IsLent(method, member.Field, cancellationToken) && !IsTakenOutBefore(method, by, member.Field, cancellationToken))
                {
                    yield return Report(method, release, parameter, member.Field, member.Effect, by);
                }
            }
        }
    }

    private static Diagnostic Report(IMethodSymbol method, IOperation release, IParameterSymbol parameter, IFieldSymbol field, InputEffect effect, IMethodSymbol by)
    {
        var name = $"{parameter.Name}->{field.Name}";
        var properties = Evidence.OfFamily(effect.Family!).SetItem(FixData.ReleaseTemplateKey, TemplateOf(method, field, effect, by)).SetItem(FixData.OwnerKey, name).SetItem(FixData.ReasonKey, FixData.ReasonMember).SetItem(FixData.RolesKey, FixData.Holder).SetItem(FixData.NoFixKey, "true");
        return Diagnostic.Create(Descriptors.NotFreedOnSomePath, release.Syntax.GetLocation(), [release.Syntax.GetLocation()], properties,
            $"'{name}'", $"'{by.Name}' frees it", $"freed before '{parameter.Name}', which holds it", $"call {effect.Family!.ReleaseText} for it as well");
    }

    /// <summary>How the other function frees the member: by a function that goes on to what lies in it, mostly. A node is freed by the function itself. Empty when nobody can tell.</summary>
    private static string TemplateOf(IMethodSymbol method, IFieldSymbol field, InputEffect effect, IMethodSymbol by) =>
        IsNode(field, field.ContainingType) ? method.Parameters.Length == 1 ? method.Name + "({0})" : ""
        : effect.At?.Syntax is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1 } call && by.DeclaringSyntaxReferences.Any(declared => declared.SyntaxTree == call.SyntaxTree && declared.Span.Contains(call.Span)) ? call.Expression + "({0})"
        : "";

    private static INamedTypeSymbol? StructureOf(IParameterSymbol parameter) =>
        parameter.Type is IPointerTypeSymbol { PointedAtType: INamedTypeSymbol { TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: false } structure } ? structure : null;

    private static InputEffect? ReleaseOf(IParameterSymbol parameter, Summary summary) =>
        summary.Outcomes.SelectMany(static outcome => outcome.Effects).FirstOrDefault(effect => IsReleaseOf(parameter, effect));

    private static bool IsReleaseOf(IParameterSymbol parameter, InputEffect effect) =>
        effect is { Ownership: Ownership.Released, Input.Place: { Kind: PlaceKind.Parameter, Root: IParameterSymbol released } } && released.Ordinal == parameter.Ordinal;

    private static IEnumerable<(IFieldSymbol Field, InputEffect Effect)> MembersReleasedBy(Summary summary, IParameterSymbol parameter) =>
        summary.Outcomes.SelectMany(static outcome => outcome.Effects).Where(static effect => effect.Ownership == Ownership.Released && effect.Family is not null)
            .Select(effect => (Field: MemberOf(effect.Input.Place, parameter)!, effect)).Where(static pair => pair.Field is not null);

    /// <summary>The member of the structure behind the parameter that a place is.</summary>
    private static IFieldSymbol? MemberOf(Place? place, IParameterSymbol parameter) =>
        place is { Kind: PlaceKind.Member, Field: { } field, Parent: { Root: "*", Parent: { Kind: PlaceKind.Object, Root: Sym { Place: { Kind: PlaceKind.Parameter, Root: IParameterSymbol root } } } } } && root.Ordinal == parameter.Ordinal ? field : null;

    /// <summary>What other functions of the type free together with the structure, each member once.</summary>
    private IEnumerable<((IFieldSymbol Field, InputEffect Effect) Member, IMethodSymbol By)> Others(IMethodSymbol method, INamedTypeSymbol structure, Family family, CancellationToken cancellationToken)
    {
        var found = new HashSet<IFieldSymbol>(SymbolEqualityComparer.Default);
        foreach (var (other, parameter, summary) in Functions(method, structure, cancellationToken))
        {
            if (ReleaseOf(parameter, summary)?.Family?.Name == family.Name)
            {
                foreach (var member in MembersReleasedBy(summary, parameter))
                {
                    if (member.Effect.Family is { IsUnspecified: false } && IsReleasedWith(member.Effect.Input, parameter, summary) && found.Add(member.Field))
                    {
                        yield return (member, other);
                    }
                }
            }
        }
    }

    /// <summary>Whenever the function frees the structure it frees the member, if there is one: no flag of the structure says whose it is.</summary>
    private static bool IsReleasedWith(Sym member, IParameterSymbol parameter, Summary summary) =>
        summary.Outcomes.All(outcome => !outcome.Effects.Any(effect => IsReleaseOf(parameter, effect)) ||
            outcome.Effects.Any(effect => effect.Input == member) || FieldOutcomes.IsNothing(member, outcome));

    /// <summary>The other functions of the type that are handed such a structure.</summary>
    private IEnumerable<(IMethodSymbol Function, IParameterSymbol Parameter, Summary Summary)> Functions(IMethodSymbol method, INamedTypeSymbol structure, CancellationToken cancellationToken)
    {
        var members = method.ContainingType.GetMembers();
        if (members.Length > MaxFunctions)
        {
            yield break;
        }

        foreach (var member in members)
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } other && !SymbolEqualityComparer.Default.Equals(other, method) &&
                other.Parameters.FirstOrDefault(parameter => SymbolEqualityComparer.Default.Equals(StructureOf(parameter), structure)) is { } handed && ownership.SummaryOf(other, cancellationToken) is { } summary)
            {
                yield return (other, handed, summary);
            }
        }
    }

    /// <summary>
    /// Who frees another member with the structure means the whole of it (and so does who goes through the elements of the one at hand). A next
    /// or only node is no part of a node, unless the function goes on to its twin.
    /// </summary>
    private static bool IsDestroyer(List<IFieldSymbol> own, IFieldSymbol forgotten, INamedTypeSymbol structure) =>
        IsNode(forgotten, structure) ? own.Exists(field => IsNode(field, structure) && AreTwins(field.Name, forgotten.Name)) : own.Count > 0;

    private static bool AreTwins(string one, string other) =>
        Array.Exists(s_twins, twins => (Names(one, twins.One) && Names(other, twins.Other)) || (Names(one, twins.Other) && Names(other, twins.One)));

    private static bool Names(string field, string word) => field.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether the member leads to another such structure.</summary>
    internal static bool IsNode(IFieldSymbol field, INamedTypeSymbol structure) =>
        field.Type is IPointerTypeSymbol { PointedAtType: var node } && SymbolEqualityComparer.Default.Equals(node, structure);

    /// <summary>The function says nothing of the member, or only goes through its elements.</summary>
    private static bool IsLeftAlone(SyntaxNode code, string name) =>
        code.DescendantTokens().Where(token => token.ValueText == name).All(static token => token.Parent is IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: ElementAccessExpressionSyntax element } access } && element.Expression == access && access.Name == token.Parent);

    /// <summary>Some function makes a structure with something in the member that it was handed: whose that is, nobody can tell.</summary>
    private bool IsLent(IMethodSymbol method, IFieldSymbol field, CancellationToken cancellationToken) =>
        !IsNode(field, field.ContainingType) &&
        method.ContainingType.GetMembers().OfType<IMethodSymbol>().Any(other => other is { MethodKind: MethodKind.Ordinary, ReturnType: IPointerTypeSymbol { PointedAtType: var made } } && SymbolEqualityComparer.Default.Equals(made, field.ContainingType) &&
            ownership.SummaryOf(other, cancellationToken) is { } summary && summary.Outcomes.Any(outcome => outcome.Writes.Any(write => write.Key.Base.Kind == PlaceKind.Content && SymbolEqualityComparer.Default.Equals(write.Key.Field, field) && write.Value is Sym { IsInput: true })));

    private static bool Mentions(SyntaxNode code, string name) => code.DescendantTokens().Any(token => token.ValueText == name);

    /// <summary>A caller has to do with the member itself, or has it done by another function of the type.</summary>
    private bool IsTakenOutBefore(IMethodSymbol method, IMethodSymbol whole, IFieldSymbol field, CancellationToken cancellationToken)
    {
        HashSet<string>? taking = null;
        foreach (var place in names.PlacesOf(method.Name, cancellationToken))
        {
            if (place.Parent is not SimpleNameSyntax called || called.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } caller || (caller is MethodDeclarationSyntax { Identifier.ValueText: var name } && name == method.Name) ||
                (modelOf(called.SyntaxTree).GetSymbolInfo(called, cancellationToken).Symbol is { } meant && !SymbolEqualityComparer.Default.Equals(meant, method)))
            {
                continue;
            }

            if (caller is BaseTypeDeclarationSyntax || Mentions(caller, field.Name) || IsChosenBetween(caller, method.Name, whole.Name))
            {
                return true;
            }

            taking ??= new HashSet<string>(Taking(method, field, cancellationToken), StringComparer.Ordinal);
            if (taking.Count > 0 && caller.DescendantTokens().Any(token => taking.Contains(token.ValueText)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The caller frees one variable by the one function or by the other: what kind of structure it is tells which.</summary>
    private static bool IsChosenBetween(SyntaxNode caller, string one, string other)
    {
        var calls = caller.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(static call => call.ArgumentList.Arguments.Count > 0)
            .ToLookup(static call => (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText ?? (call.Expression as IdentifierNameSyntax)?.Identifier.ValueText, static call => call.ArgumentList.Arguments[0].ToString());
        return calls[one].Intersect(calls[other]).Any();
    }

    /// <summary>The functions that take the member out, or away, and leave the structure.</summary>
    private IEnumerable<string> Taking(IMethodSymbol method, IFieldSymbol field, CancellationToken cancellationToken)
    {
        foreach (var (function, parameter, summary) in Functions(method, field.ContainingType, cancellationToken))
        {
            if (ReleaseOf(parameter, summary) is null && summary.Outcomes.Any(outcome =>
                outcome.Effects.Any(effect => effect.Ownership == Ownership.Released && IsMember(effect.Input.Place)) || outcome.Writes.Any(write => IsMember(write.Key) || (write.Value is Sym { IsInput: true, Place: var written } && IsMember(written))) || (outcome.Result is Sym { IsInput: true, Place: var given } && IsMember(given))))
            {
                yield return function.Name;
            }

            bool IsMember(Place? place) => SymbolEqualityComparer.Default.Equals(MemberOf(place, parameter), field);
        }
    }
}
