using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// What a function that releases the memory behind a parameter leaves alone of what lies there: <c>Free(p->In); Free(p);</c>
/// says nothing of <c>p->Out</c>, which is lost.
/// </summary>
internal static class UntouchedMembers
{
    /// <summary>The names of the members that the body mentions; null when it may reach others: hands the pointer on, copies it, indexes it.</summary>
    public static HashSet<string>? MentionedBy(InputEffect release, CancellationToken cancellationToken)
    {
        if (release.Input.Place is not { Kind: PlaceKind.Parameter, Root: IParameterSymbol { DeclaringSyntaxReferences: { IsEmpty: false } declarations } parameter } ||
            release.At is not { } at || !ReleasesItself(at) ||
            declarations[0].GetSyntax(cancellationToken).FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is not { } method || !method.Span.Contains(at.Syntax.Span))
        {
            return null;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mention in ((SyntaxNode?)method.Body ?? method.ExpressionBody)!.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (mention.Identifier.ValueText != parameter.Name || IsMember(mention))
            {
                continue;
            }

            switch (mention.Parent)
            {
                case MemberAccessExpressionSyntax access:
                    names.Add(access.Name.Identifier.ValueText);
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax:
                    break;
                case { } use when at.Syntax.Span.Contains(use.Span):
                    break;
                default:
                    return null;
            }
        }

        return names;
    }

    /// <summary>The member of the memory that the place is or lies in, as source text names it; null for what has no name.</summary>
    public static string? NameOf(Place place)
    {
        string? name = null;
        for (Place? part = place; part is { Kind: PlaceKind.Member }; part = part.Parent)
        {
            name = part.Root is IFieldSymbol field ? field.Name : part.Root is "*" ? name : null;
        }

        return name;
    }

    /// <summary>A function of the framework or of native code, which sees the address alone.</summary>
    private static bool ReleasesItself(IOperation at) =>
        at is IInvocationOperation { TargetMethod: var function } && (function.DeclaringSyntaxReferences.IsEmpty || function.IsExtern);

    private static bool IsMember(IdentifierNameSyntax mention) => mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention;
}
