using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Rules.Fields;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Outcome = LifetimeAnalyzers.Summaries.Outcome;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// What functions do to the pointers of a structure that they are handed: they release one by another family than all of the source, and their own
/// type among it, fills it by (LIFE008), or give it a new block over the one that it holds (LIFE013).
/// </summary>
internal sealed class StructureRules(StructureMembers members, IdentifierIndex names)
{
    public IEnumerable<Diagnostic> Judge(BodyResult result, CancellationToken cancellationToken)
    {
        var told = new HashSet<SyntaxNode>();
        foreach (var outcome in result.Summary.Outcomes)
        {
            foreach (var effect in outcome.Effects)
            {
                if (effect is { Ownership: Ownership.Released, Family: { IsCounted: false, IsUnspecified: false } family, At.Syntax: { } at, Input.Place.Field: { } field } && StructureMembers.IsMember(field) && IsIn(result.Unit, at) && !told.Contains(at) &&
                    members.Of(field, cancellationToken) is { Fills: { IsEmpty: false } fills } use && fills.All(family.IsNotFor) && use.FilledIn.Contains(result.Unit.Member.ContainingType?.Name ?? "") && told.Add(at))
                {
                    var evidence = Evidence.OfFamily(fills[0]).SetItem(FixData.OwnerKey, effect.Input.DisplayName).SetItem(FixData.RolesKey, FixData.Release);
                    yield return Diagnostic.Create(Descriptors.WrongFamily, at.GetLocation(), [at.GetLocation()], evidence, $"'{effect.Input.DisplayName}'", family.ReleaseText, fills[0].Name, fills[0].ReleaseText);
                }
            }

            foreach (var write in outcome.Writes)
            {
                if (result.Unit is { Method: { MethodKind: MethodKind.Ordinary } method, Syntax: MethodDeclarationSyntax declaration } && !SetUps.IsNamedSo(method) && Lost(write, outcome, declaration, method, cancellationToken) is var (parameter, lost, block) && block.Site!.Syntax is var allocation && told.Add(allocation))
                {
                    var structure = lost.ContainingType.Name;
                    var properties = Evidence.OfFamily(block.Family!).SetItem(FixData.OwnerKey, $"{parameter.Name}->{lost.Name}").SetItem(FixData.RolesKey, FixData.Allocation).SetItem(FixData.ReasonKey, FixData.ReasonMember).SetItem(FixData.NoFixKey, "true");
                    yield return Diagnostic.Create(Descriptors.FieldNotReleased, allocation.GetLocation(), [allocation.GetLocation()], properties,
                        structure, lost.Name, block.AllocatedBy, $"'{method.Name}' gives the field another value without releasing the block that it holds");
                }
            }
        }
    }

    /// <summary>The member that is given a new block while the structure, at which the function has looked before, holds another one that nobody has released, kept or handed on.</summary>
    private (IParameterSymbol Parameter, IFieldSymbol Field, Block Block)? Lost(KeyValuePair<Place, Value> write, Outcome outcome, MethodDeclarationSyntax declaration, IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (write.Value is not Pointer { IsView: false, Offset: Offset.Start, Block: { Site.Syntax: { } allocation, Family: { Lifetime: Lifetime.Process, MayStayUnreleased: false } family } block } || !outcome.Blocks.Any(own => own.Key == block) || !declaration.Span.Contains(allocation.Span) || allocation.SyntaxTree != declaration.SyntaxTree ||
            write.Key is not { Kind: PlaceKind.Member, Field: { } field, Parent: { Root: "*", Parent: { Kind: PlaceKind.Object, Root: Sym { Place: { Kind: PlaceKind.Parameter, Root: IParameterSymbol parameter } } } } } || !StructureMembers.IsMember(field) || OverwrittenFields.IsKept(outcome, write.Key) || write.Key.Parent is { } whole && FieldOutcomes.IsGoneIn(outcome, whole.Parent!))
        {
            return null;
        }

        var mentions = declaration.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(access => access.Expression is IdentifierNameSyntax { Identifier.ValueText: var name } && name == parameter.Name).ToList();
        return IsLive(mentions, allocation, field.Name) && IsWrittenOnce(mentions, field.Name) && !ForgottenMembers.IsNode(field, field.ContainingType) && members.Of(field, cancellationToken).Releases is { IsEmpty: false } releases && releases.Any(release => !release.IsNotFor(family)) && !IsSeenToByCallers(method, field, cancellationToken)
            ? (parameter, field, block)
            : null;
    }

    /// <summary>The function has read from the member, or another member beside it, before: what has only been reserved holds nothing that could be read.</summary>
    private static bool IsLive(List<MemberAccessExpressionSyntax> mentions, SyntaxNode allocation, string field)
    {
        var write = mentions.Find(access => access.Name.Identifier.ValueText == field && access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access);
        return write is not null && mentions.Exists(access => access.SpanStart < write.SpanStart && access.Parent is not AssignmentExpressionSyntax { Left: var left } || (access.Parent is AssignmentExpressionSyntax { Left: var target } && target != access && access.SpanStart < write.SpanStart) || (access.Parent is ElementAccessExpressionSyntax && access.SpanStart < write.SpanStart));
    }

    /// <summary>Nobody asks the member for what it holds, and it is not kept in a variable: the flow would not be sure.</summary>
    private static bool IsWrittenOnce(List<MemberAccessExpressionSyntax> mentions, string field) =>
        mentions.Where(access => access.Name.Identifier.ValueText == field).All(static access =>
            (access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access) || access.Parent is ElementAccessExpressionSyntax || (access.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax } && IsCopying(access.Parent.Parent.Parent)));

    /// <summary><c>Buffer.MemoryCopy(b->Data, data, n, n)</c>, <c>new Span&lt;byte&gt;(b->Data, n).CopyTo(...)</c>.</summary>
    private static bool IsCopying(SyntaxNode use) => use switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "MemoryCopy" or "Copy" or "CopyBlock" or "CopyBlockUnaligned" or "strlen" or "memcpy" or "Read" or "ReadByte" or "ReadInt32" } } => true,
        ObjectCreationExpressionSyntax { Type: GenericNameSyntax { Identifier.ValueText: "Span" or "ReadOnlySpan" }, Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CopyTo" or "Slice" or "Length" } or ArgumentSyntax } => true,
        _ => false,
    };

    /// <summary>Who calls the function has to do with the member, or has called another function before that takes it out.</summary>
    private bool IsSeenToByCallers(IMethodSymbol method, IFieldSymbol field, CancellationToken cancellationToken)
    {
        HashSet<string>? taking = null;
        return names.PlacesOf(method.Name, cancellationToken).Any(place => place.Parent is SimpleNameSyntax called && called.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } caller && !(caller is MethodDeclarationSyntax { Identifier.ValueText: var name } && name == method.Name) &&
            (caller is BaseTypeDeclarationSyntax || caller.DescendantTokens().Any(token => token.ValueText == field.Name) || (CallBefore(called, caller) is { } before && (taking ??= Taking()).Contains(before))));

        HashSet<string> Taking() => new(names.PlacesOf(field.Name, cancellationToken).Select(static token => token.Parent is IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax access } ? access : null).OfType<MemberAccessExpressionSyntax>()
            .GroupBy(static access => access.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.ValueText ?? "").Where(function => function.Key.Length > 0 && function.Key != method.Name && function.Any(IsTaken) && !function.Any(IsFilled)).Select(static function => function.Key), StringComparer.Ordinal);
    }

    /// <summary>The last function before the call that is handed what the call is handed.</summary>
    private static string? CallBefore(SimpleNameSyntax called, SyntaxNode caller)
    {
        var handed = ArgumentsOf(called.FirstAncestorOrSelf<InvocationExpressionSyntax>()).ToList();
        return caller.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.Span.End <= called.SpanStart && ArgumentsOf(call).Intersect(handed).Any()).OrderBy(static call => call.Span.End).LastOrDefault() is { } before ? MemberSyntax.NameOfCalled(before) : null;
    }

    private static IEnumerable<string> ArgumentsOf(InvocationExpressionSyntax? call) => call is null ? [] : call.ArgumentList.Arguments.Select(static argument => argument.Expression.ToString().TrimStart('&')).Where(static text => text.Length > 0 && !char.IsDigit(text[0]));

    private static bool IsFilled(MemberAccessExpressionSyntax access) => access.Parent is AssignmentExpressionSyntax { Right: not (LiteralExpressionSyntax or DefaultExpressionSyntax) } assignment && assignment.Left == access;

    /// <summary>The member is cleared, given back to the caller, or handed to a function that ends it by its name.</summary>
    private static bool IsTaken(MemberAccessExpressionSyntax access) => access.Parent switch
    {
        AssignmentExpressionSyntax { Right: LiteralExpressionSyntax or DefaultExpressionSyntax } assignment => assignment.Left == access,
        ReturnStatementSyntax or ArrowExpressionClauseSyntax => true,
        ArgumentSyntax or CastExpressionSyntax => access.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && MemberSyntax.NameOfCalled(call) is { } called && EndWords.SaysSo(called),
        _ => false,
    };

    private static bool IsIn(BodyUnit unit, SyntaxNode at) => at.SyntaxTree == unit.Syntax.SyntaxTree && unit.Syntax.Span.Contains(at.Span);

}
