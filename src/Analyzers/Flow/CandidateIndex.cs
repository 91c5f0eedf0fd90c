using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow;

/// <summary>
/// Tells which bodies can have to do with a block at all, by the names in the text: those that allocate or release, and
/// those of the methods that mention one of those. A body without such a name is never bound. Thread-safe.
/// </summary>
internal sealed class CandidateIndex
{
    private readonly Lazy<HashSet<string>> _names;

    public CandidateIndex(Compilation compilation, Func<IReadOnlyCollection<string>> interestingNames, CancellationToken cancellationToken)
    {
        _names = new Lazy<HashSet<string>>(() => Close(compilation, interestingNames(), cancellationToken), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Whether the code at <paramref name="body"/> mentions a name that matters.</summary>
    public bool IsCandidate(SyntaxNode body, CancellationToken cancellationToken)
    {
        var words = TreeWords.Of(body.SyntaxTree, cancellationToken);
        if (!words.MentionsAny(_names.Value))
        {
            return false;
        }

        return words.MentionsAny(_names.Value, body.Span);
    }

    /// <summary>Adds the names of the methods that mention one of the names, until there are no more.</summary>
    private static HashSet<string> Close(Compilation compilation, IReadOnlyCollection<string> seeds, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(seeds, StringComparer.Ordinal);
        var fresh = new HashSet<string>(seeds, StringComparer.Ordinal);
        while (fresh.Count > 0)
        {
            var next = new HashSet<string>(StringComparer.Ordinal);
            foreach (var tree in compilation.SyntaxTrees)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var words = TreeWords.Of(tree, cancellationToken);
                if (!words.MentionsAny(fresh))
                {
                    continue;
                }

                foreach (var position in words.PositionsOf(fresh))
                {
                    if (EnclosingName(tree.GetRoot(cancellationToken), position) is { } name && !names.Contains(name))
                    {
                        next.Add(name);
                    }
                }
            }

            names.UnionWith(next);
            fresh = next;
        }

        return names;
    }

    /// <summary>The name by which the code at a position can be reached, when what it does to blocks can matter to its callers.</summary>
    private static string? EnclosingName(SyntaxNode root, int position)
    {
        for (var node = root.FindToken(position).Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case MethodDeclarationSyntax method:
                    return CanMatter(method.ReturnType, method.ParameterList) ? method.Identifier.ValueText : null;
                case ConstructorDeclarationSyntax constructor:
                    return constructor.Identifier.ValueText;
                case OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax or IndexerDeclarationSyntax when node.Parent is TypeDeclarationSyntax declaring:
                    return declaring.Identifier.ValueText;
                case PropertyDeclarationSyntax property:
                    return property.Identifier.ValueText;
                case FieldDeclarationSyntax field when field.Parent is TypeDeclarationSyntax type:
                    return type.Identifier.ValueText;
                case BaseTypeDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private static bool CanMatter(TypeSyntax result, ParameterListSyntax parameters) =>
        !IsPlain(result) || parameters.Parameters.Any(parameter => parameter.Modifiers.Any(SyntaxKind.OutKeyword) || parameter.Modifiers.Any(SyntaxKind.RefKeyword) || (parameter.Type is { } type && !IsPlain(type)));

    /// <summary>void, bool, numbers and strings carry no block.</summary>
    private static bool IsPlain(TypeSyntax type) =>
        type is PredefinedTypeSyntax predefined && !predefined.Keyword.IsKind(SyntaxKind.ObjectKeyword);
}
