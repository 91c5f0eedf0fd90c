using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>LIFE010 for addresses: of a variable, of stack memory, of what a <c>fixed</c> statement pins, that stay behind when the body ends.</summary>
internal static class AddressOutlivesBody
{
    /// <summary>
    /// Whether the code can let an address out that no other rule would look for: it takes one, in a tree with unsafe
    /// code, and returns a pointer or stores one.
    /// </summary>
    public static bool CanHappenIn(SyntaxNode block, CancellationToken cancellationToken)
    {
        var words = TreeWords.Of(block.SyntaxTree, cancellationToken);
        if (!words.Mentions("unsafe") || !words.MayTakeAddressIn(block.FullSpan))
        {
            return false;
        }

        return new LocalAddressNames(block).MayLeave();
    }

    public static IEnumerable<Diagnostic> Judge(JudgedBody body)
    {
        var seen = new HashSet<SyntaxNode>();
        foreach (var finding in body.Facts.Findings)
        {
            if (finding.Kind != FindingKind.AddressLeaves || ValueThatLeaves(finding, body) is not { } value || !seen.Add(value))
            {
                continue;
            }

            var isPinned = finding.Description!.Contains("'fixed'");
            if ((isPinned && !PinEndsHere(value)) || (finding.Place is not null && body.ContextAt(value).Kind == ExecutionContextKind.StartUp))
            {
                continue;
            }

            var evidence = Evidence.ForEscape(null, body.Result, value);
            var where = finding.Place is { } place ? $"is stored in '{place.DisplayName}'" : "is returned";
            var end = isPinned ? ", and the object may move when the fixed statement ends" : ", and what it points to ends with " + Wording.Body(body.Unit);
            yield return Diagnostic.Create(Descriptors.EscapesScope, value.GetLocation(), evidence.Locations, evidence.Properties,
                $"'{value}'", finding.Description, where + end, "let a copy leave, or memory that the caller or the object owns");
        }
    }

    /// <summary>The expression that is returned or stored.</summary>
    private static ExpressionSyntax? ValueThatLeaves(Finding finding, JudgedBody body)
    {
        if (finding.Place is null)
        {
            var syntax = finding.At?.Syntax;
            return syntax switch
            {
                ReturnStatementSyntax statement => statement.Expression,
                ArrowExpressionClauseSyntax arrow => arrow.Expression,
                ExpressionSyntax expression => expression,
                _ => null,
            };
        }

        var name = finding.Place.Field!.Name;
        return body.Unit.Syntax.DescendantNodes(node => node == body.Unit.Syntax || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<AssignmentExpressionSyntax>()
            .LastOrDefault(assignment => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && NameOf(assignment.Left) == name)?.Right;
    }

    /// <summary>Whether the pin that gives the address certainly ends: the array is a local's or a string's, and nobody else pins it.</summary>
    private static bool PinEndsHere(ExpressionSyntax value)
    {
        if (value.FirstAncestorOrSelf<FixedStatementSyntax>() is not { } pin || pin.Declaration.Variables.Count != 1 || pin.Declaration.Variables[0].Initializer?.Value is not { } pinned ||
            value.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
        {
            return false;
        }

        if (pinned is LiteralExpressionSyntax || pinned is not IdentifierNameSyntax array || member.DescendantTokens().Any(token => token.ValueText is "GCHandle" or "AllocateArray" or "AllocateUninitializedArray" or "Pin" or "PinnedGCHandle"))
        {
            return false;
        }

        return member.DescendantNodes().OfType<VariableDeclaratorSyntax>().Any(declarator =>
            declarator.Identifier.ValueText == array.Identifier.ValueText && declarator.Initializer?.Value is ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax);
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
