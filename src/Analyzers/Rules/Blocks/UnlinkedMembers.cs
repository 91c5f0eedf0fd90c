using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// A function leads a pointer of a native structure past a node, which nobody can find after that, and forgets the node (LIFE003):
/// <c>list-&gt;Head = first-&gt;Next; return first-&gt;Value;</c>, where another function of the type releases what it takes out in the same way. Thread-safe.
/// </summary>
internal sealed class UnlinkedMembers(ReleasedArguments released, Func<SyntaxTree, SemanticModel> modelOf)
{
    /// <summary>Whether the code, by its words alone, leads a pointer to the next node.</summary>
    public static bool CanHappenIn(SyntaxNode code) => code.DescendantNodes().Any(static node => node is AssignmentExpressionSyntax assignment && LinkOf(assignment) is not null && !IsOwnField(assignment));

    public IEnumerable<Diagnostic> Judge(BodyUnit unit, CancellationToken cancellationToken)
    {
        if (unit.Method is not { MethodKind: MethodKind.Ordinary } || unit.Syntax is not MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type } declaration)
        {
            yield break;
        }

        foreach (var node in declaration.DescendantNodes())
        {
            if (node is not AssignmentExpressionSyntax assignment || LinkOf(assignment) is not { } link || IsOwnField(assignment) || !IsForgotten(assignment, link, declaration) || NodeOf(assignment, cancellationToken) is not { } structure || MayBeRing(type, assignment, link.Name.Identifier.ValueText))
            {
                continue;
            }

            if (ReleaseByTwin(type, declaration, link.Name.Identifier.ValueText, structure, cancellationToken) is { Family: { IsCounted: false, MayStayUnreleased: false } } release)
            {
                var name = link.Expression.ToString();
                var properties = released.EvidenceOf(release, cancellationToken).SetItem(FixData.OwnerKey, name).SetItem(FixData.ReasonKey, FixData.ReasonMember).SetItem(FixData.RolesKey, FixData.Overwrite).SetItem(FixData.NoFixKey, "true");
                yield return Diagnostic.Create(Descriptors.NeverFreed, assignment.GetLocation(), [assignment.GetLocation()], properties,
                    $"'{name}'", assignment.Left.ToString(), "freed after that", $"call {release.Name} for it");
                yield break;
            }
        }
    }

    /// <summary>The step to the next node: <c>first-&gt;Next</c> in <c>list-&gt;Head = first-&gt;Next</c>, in <c>*link = (*link)-&gt;Next</c>.</summary>
    private static MemberAccessExpressionSyntax? LinkOf(AssignmentExpressionSyntax assignment) =>
        assignment is { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax, Left: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression } or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression }, Right: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression } link } &&
        (link.Expression is IdentifierNameSyntax || Text(link.Expression) == Text(assignment.Left)) ? link : null;

    private static bool IsOwnField(AssignmentExpressionSyntax assignment) => assignment.Left is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax };

    /// <summary>The node is known as a variable that got it from there, or only by the place that is led past it; and it goes nowhere.</summary>
    private static bool IsForgotten(AssignmentExpressionSyntax assignment, MemberAccessExpressionSyntax link, MethodDeclarationSyntax declaration)
    {
        var place = Text(assignment.Left);
        if (link.Expression is not IdentifierNameSyntax { Identifier.ValueText: var variable })
        {
            return declaration.DescendantNodes().OfType<ExpressionSyntax>().All(mention => Text(mention) != place || mention.Parent is ParenthesizedExpressionSyntax || mention == assignment.Left || IsLook(mention));
        }

        var isFromThere = false;
        foreach (var token in declaration.DescendantTokens())
        {
            if (token.ValueText != variable)
            {
                continue;
            }

            switch (token.Parent)
            {
                case VariableDeclaratorSyntax { Initializer.Value: var first } declarator when declarator.Identifier == token && Text(first) == place && token.SpanStart < assignment.SpanStart:
                    isFromThere = true;
                    break;
                case IdentifierNameSyntax mention when IsLook(mention):
                    break;
                default:
                    return false;
            }
        }

        // where it is put back, or walked on with, it is not lost
        return isFromThere && declaration.DescendantNodes().OfType<AssignmentExpressionSyntax>().All(other => other == assignment || other.SpanStart < assignment.SpanStart || Text(other.Left) != place || other.Right is LiteralExpressionSyntax);
    }

    /// <summary>A number in the node, the next one in the step itself, or whether there is one.</summary>
    private static bool IsLook(ExpressionSyntax mention)
    {
        while (mention.Parent is ParenthesizedExpressionSyntax outer)
        {
            mention = outer;
        }

        return mention.Parent switch
        {
            MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression } member when member.Expression == mention => IsRead(member),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => true,
            _ => false,
        };
    }

    private static bool IsRead(MemberAccessExpressionSyntax member) => member.Parent switch
    {
        AssignmentExpressionSyntax assignment => (assignment.Right == member && LinkOf(assignment) == member) || (assignment.Left != member && assignment.Left is IdentifierNameSyntax),
        // link = &(*link)->Next: the address walks on
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression, Parent: AssignmentExpressionSyntax { Left: IdentifierNameSyntax walked } } => member.Expression is ParenthesizedExpressionSyntax { Expression: PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax through } } && walked.Identifier.ValueText == through.Identifier.ValueText,
        EqualsValueClauseSyntax or ReturnStatementSyntax or BinaryExpressionSyntax or CastExpressionSyntax or ArrowExpressionClauseSyntax => true,
        _ => false,
    };

    /// <summary>The structure of the nodes; null when the place holds something else, or the value that is read is a pointer that is kept.</summary>
    private INamedTypeSymbol? NodeOf(AssignmentExpressionSyntax assignment, CancellationToken cancellationToken) =>
        modelOf(assignment.SyntaxTree).GetTypeInfo(assignment.Left, cancellationToken).Type is IPointerTypeSymbol { PointedAtType: INamedTypeSymbol { TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: false } node } &&
        modelOf(assignment.SyntaxTree).GetTypeInfo(((MemberAccessExpressionSyntax)assignment.Right).Expression, cancellationToken).Type is IPointerTypeSymbol { PointedAtType: var from } && SymbolEqualityComparer.Default.Equals(node, from) ? node : null;

    /// <summary>The last node leads to the first: a node that leads to itself, or what the place leads to is given a next one.</summary>
    private static bool MayBeRing(TypeDeclarationSyntax type, AssignmentExpressionSyntax step, string next)
    {
        var place = step.Left is MemberAccessExpressionSyntax member ? member.Name.Identifier.ValueText : null;
        return type.DescendantNodes().Any(node => node is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var linked, Expression: var holder } } link && linked == next &&
            (Text(holder) == Text(EndOf(link.Right)) || (place is not null && holder.DescendantNodesAndSelf().Any(inner => inner is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var passed } && passed == place))));
    }

    private static ExpressionSyntax EndOf(ExpressionSyntax value)
    {
        while (value is AssignmentExpressionSyntax inner)
        {
            value = inner.Right;
        }

        return value;
    }

    /// <summary>Another function of the type leads something past a node in the same way and releases that.</summary>
    private ReleasedArgument? ReleaseByTwin(TypeDeclarationSyntax type, MethodDeclarationSyntax own, string next, INamedTypeSymbol structure, CancellationToken cancellationToken)
    {
        foreach (var method in type.Members.OfType<MethodDeclarationSyntax>())
        {
            if (method == own)
            {
                continue;
            }

            foreach (var node in method.DescendantNodes())
            {
                if (node is AssignmentExpressionSyntax assignment && LinkOf(assignment) is { Expression: IdentifierNameSyntax { Identifier.ValueText: var variable } } link && link.Name.Identifier.ValueText == next &&
                    SymbolEqualityComparer.Default.Equals(NodeOf(assignment, cancellationToken), structure) && IsOnlyIn(variable, method) && released.Of(variable, method, cancellationToken).FirstOrDefault(release => release.Call.SpanStart > assignment.SpanStart) is { } release)
                {
                    return release;
                }
            }
        }

        return null;
    }

    /// <summary>It is not taken out of a second table as well: the first would still have it.</summary>
    private static bool IsOnlyIn(string variable, MethodDeclarationSyntax method) =>
        !method.DescendantNodes().Any(node => node is InvocationExpressionSyntax call && MemberSyntax.NameOfCalled(call) is { } called && NameReader.WordsOf(called).Exists(static word => word.ToUpperInvariant() is "UNLINK" or "REMOVE" or "DETACH" or "ERASE" or "DELETE") &&
            call.ArgumentList.Arguments.Any(argument => argument.Expression.ToString().StartsWith(variable, StringComparison.Ordinal)));

    private static string Text(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax { Expression: var inner })
        {
            expression = inner;
        }

        return expression.ToString();
    }
}
