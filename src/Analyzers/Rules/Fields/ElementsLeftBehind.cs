using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Rules.Blocks;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A member releases an element of a collection of its object and leaves it there, where the disposal of the object releases all elements
/// once more (LIFE006).
/// </summary>
internal sealed class ElementsLeftBehind(FieldOwnership ownership)
{
    /// <summary>Members of collections that only tell what is there.</summary>
    private static readonly string[] s_looking = ["TryGetValue", "ContainsKey", "Contains", "Length", "Count", "Values", "Keys", "LongLength", "IndexOf", "AsSpan", "GetLength", "Peek", "TryPeek"];

    /// <summary>Members of collections that take elements out and do not give them.</summary>
    private static readonly string[] s_removing = ["Remove", "RemoveAt", "RemoveRange", "RemoveAll", "RemoveFirst", "RemoveLast", "Clear"];

    public IEnumerable<Diagnostic> Judge(BodyResult result, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { IsStatic: false, MethodKind: MethodKind.Ordinary, DeclaredAccessibility: not (Accessibility.Private or Accessibility.Protected) } method || OwnerMembers.IsDisposal(method) || method.IsOverride)
        {
            yield break;
        }

        foreach (var table in result.Facts.TableUses.GroupBy(static use => use.Field))
        {
            if (table.FirstOrDefault(static use => use is { Use: TableUse.Released, Family: { Lifetime: Lifetime.Process, ReleasedThroughItself: false, IsCounted: false, IsNeverReleased: false }, At: not null }) is not { At: { } release, Family: { } family } freed ||
                freed.Element is INamedTypeSymbol { SpecialType: SpecialType.None } || table.Any(static use => use.Use is TableUse.Taken or TableUse.Dropped or TableUse.Replaced or TableUse.Filled or TableUse.FilledOtherwise) ||
                FieldOwnership.FieldOfThis(table.Key, type) is not IFieldSymbol { IsStatic: false } field || !OwnerMembers.IsOnlyReachedHere(field, type) || !OnlyLooks(result.Unit.Syntax, field.Name))
            {
                continue;
            }

            var use = ownership.Of(field, cancellationToken);
            if (!use.IsUnclear && !use.ReleasesParameters && CollectionMentions.StayHere(field, cancellationToken) &&
                use.ElementReleases.FirstOrDefault(other => OwnerMembers.IsDisposal(other.Member) && other.Family?.Name == family.Name)?.Member is { } again &&
                !ownership.Calls(again, ImmutableArray.Create(method), cancellationToken) && !ownership.Calls(result.Unit, Taking(type, field, cancellationToken), cancellationToken) && !MemberReleases.AsksFirst(again, field) && !MayKnow(again, result.Unit.Syntax, field, type, cancellationToken))
            {
                yield return FieldReports.Report(Descriptors.DoubleFree, release.Syntax, null, field, null, null,
                    MisuseRules.DoubleFree($"'{OwnerMembers.NameOf(field)}'", again.Name, $"'{method.Name}', which leaves it there,"));
            }
        }
    }

    /// <summary>The members of the type that take elements out of the collection: <c>while (TryPop(out var p)) Free(p);</c>.</summary>
    private static ImmutableArray<IMethodSymbol> Taking(INamedTypeSymbol type, IFieldSymbol field, CancellationToken cancellationToken) =>
        type.GetMembers().OfType<IMethodSymbol>().Where(member => member.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken).DescendantNodes().Any(node =>
            node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called, Parent: InvocationExpressionSyntax } access && (s_removing.Contains(called) || MemberNames.Takings.Contains(called)) &&
            (access.Expression as IdentifierNameSyntax ?? (access.Expression as MemberAccessExpressionSyntax)?.Name)?.Identifier.ValueText == field.Name))).ToImmutableArray();

    /// <summary>The code reads elements and asks how many there are, and gives the collection to nobody who might take one out.</summary>
    private static bool OnlyLooks(SyntaxNode body, string field)
    {
        foreach (var node in body.DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: var name } mention && name == field && !IsLook(mention))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLook(IdentifierNameSyntax mention)
    {
        ExpressionSyntax table = mention.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : mention;
        return table.Parent switch
        {
            ElementAccessExpressionSyntax element when element.Expression == table => !IsWritten(element),
            MemberAccessExpressionSyntax member when member.Expression == table => s_looking.Contains(member.Name.Identifier.ValueText),
            ForEachStatementSyntax loop => loop.Expression == table,
            _ => false,
        };
    }

    private static bool IsWritten(ExpressionSyntax element) => element.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == element,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        RefExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } => true,
        MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assigned } part => assigned.Left == part,
        _ => false,
    };

    /// <summary>The member says in another field what it has released, and the disposal looks at that field.</summary>
    private static bool MayKnow(IMethodSymbol disposal, SyntaxNode body, IFieldSymbol field, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var mentioned = new HashSet<string>(body.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText), StringComparer.Ordinal);
        mentioned.Remove(field.Name);
        return disposal.DeclaringSyntaxReferences.SelectMany(reference => reference.GetSyntax(cancellationToken).DescendantNodes()).Any(node =>
            node is IdentifierNameSyntax { Identifier.ValueText: var name } && mentioned.Contains(name) && type.GetMembers(name).Any(static member => member is IFieldSymbol or IPropertySymbol) ||
            node is InvocationExpressionSyntax { Expression: SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } });
    }
}
