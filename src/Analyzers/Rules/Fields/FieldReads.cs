using LifetimeAnalyzers.Candidates;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>What the members of a type do with one of its fields, by the text: whether they look at what it holds before they put something into it.</summary>
internal sealed class FieldReads
{
    /// <summary>So many members are gone through, one calling the next.</summary>
    private const int MaxMembers = 40;
    private readonly INamedTypeSymbol _type;
    private readonly string _name;
    private readonly CancellationToken _cancellationToken;

    public FieldReads(IFieldSymbol field, CancellationToken cancellationToken)
    {
        _type = field.ContainingType.OriginalDefinition;
        _name = OwnerMembers.NameOf(field);
        _cancellationToken = cancellationToken;
    }

    private enum Use
    {
        None,
        Read,
        Write,
    }

    /// <summary>Whether <paramref name="method"/> looks at what the field holds when it is called.</summary>
    public bool ReadsFirst(IMethodSymbol method) => First(method, new HashSet<ISymbol>(SymbolEqualityComparer.Default)) == Use.Read;

    /// <summary>Whether a member that anybody may call, but for <paramref name="method"/>, looks at what the field holds.</summary>
    public bool OthersRead(IMethodSymbol method) => _type.GetMembers().OfType<IMethodSymbol>().Any(other =>
        other is { DeclaredAccessibility: not Accessibility.Private, MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) } && !SymbolEqualityComparer.Default.Equals(other, method.OriginalDefinition) && ReadsFirst(other));

    /// <summary>Whether another member, which does not end the object, gives the field something and clears it again: <c>_current = memory; Send(); _current = default;</c>.</summary>
    public bool OthersClear(IMethodSymbol method)
    {
        foreach (var other in _type.GetMembers().OfType<IMethodSymbol>())
        {
            if (other is { MethodKind: MethodKind.Ordinary } && !OwnerMembers.IsDisposal(other) && !SymbolEqualityComparer.Default.Equals(other, method.OriginalDefinition) && Declaration(other) is { } declaration)
            {
                var writes = Mentions(declaration).Select(static mention => mention.AssignedBy).OfType<AssignmentExpressionSyntax>().Where(static assignment => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)).ToList();
                if (writes.Count > 1 && !IsNothing(writes[0].Right) && IsNothing(writes[writes.Count - 1].Right))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the body looks at the field, but as what <paramref name="release"/> is handed, hands out its object, or calls members that have to do with the field.</summary>
    public bool IsUsedIn(SyntaxNode body, SyntaxNode release)
    {
        foreach (var node in body.DescendantNodes())
        {
            if ((node is ThisExpressionSyntax && node.Parent is not MemberAccessExpressionSyntax) || (node is BaseExpressionSyntax && node.Parent?.Parent is InvocationExpressionSyntax))
            {
                return true;
            }

            if (node is IdentifierNameSyntax name && IsOwn(name) && !IsNamed(name) && (name.Identifier.ValueText == _name ? Assigned(name) is null && !release.Span.Contains(name.Span) : CalledBy(name) is { } called && First(called, new HashSet<ISymbol>(SymbolEqualityComparer.Default)) != Use.None))
            {
                return true;
            }
        }

        return false;
    }

    private Use First(ISymbol member, HashSet<ISymbol> seen)
    {
        if (seen.Count >= MaxMembers || !seen.Add(member) || Declaration(member) is not { } declaration)
        {
            return Use.None;
        }

        return First(declaration, seen);
    }

    private Use First(SyntaxNode code, HashSet<ISymbol> seen)
    {
        foreach (var node in code.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<IdentifierNameSyntax>())
        {
            if (!IsOwn(node) || IsNamed(node))
            {
                continue;
            }

            if (node.Identifier.ValueText == _name)
            {
                // what is assigned is looked at first
                return Assigned(node) is not { } assignment ? Use.Read
                    : assignment is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } simple && !simple.Right.IsKind(SyntaxKind.SimpleAssignmentExpression) && First(simple.Right, seen) == Use.Read ? Use.Read
                    : Use.Write;
            }

            if (CalledBy(node) is { } called && First(called, seen) is var use and not Use.None)
            {
                return use;
            }
        }

        return Use.None;
    }

    /// <summary>What gives the field its value at a mention: an assignment, an <c>out</c> argument; null when it is read.</summary>
    private static SyntaxNode? Assigned(IdentifierNameSyntax mention)
    {
        SyntaxNode whole = mention.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : mention;
        return whole.Parent switch
        {
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left == whole => assignment,
            ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax tuple } of } when tuple.Left == of => tuple,
            ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword } argument => argument,
            _ => null,
        };
    }

    private IEnumerable<(IdentifierNameSyntax Name, SyntaxNode? AssignedBy)> Mentions(SyntaxNode code) =>
        code.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == _name && IsOwn(name)).Select(static name => (name, Assigned(name)));

    /// <summary>Without anything in front of it, or behind <c>this</c> or the type.</summary>
    private bool IsOwn(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access.Expression is ThisExpressionSyntax || (access.Expression is IdentifierNameSyntax { Identifier.ValueText: var of } && of == _type.Name),
        MemberBindingExpressionSyntax or NameColonSyntax or QualifiedNameSyntax => false,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ObjectInitializerExpression } } assignment => assignment.Left != name,
        _ => true,
    };

    private static bool IsNamed(IdentifierNameSyntax name) =>
        name.Ancestors().TakeWhile(static node => node is ArgumentSyntax or ArgumentListSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax).Any(static node => node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });

    /// <summary>The method or property of the type that is called at a name.</summary>
    private ISymbol? CalledBy(IdentifierNameSyntax name) =>
        _type.GetMembers(name.Identifier.ValueText).FirstOrDefault(static member => member is IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol);

    private SyntaxNode? Declaration(ISymbol member) =>
        ((member as IMethodSymbol)?.PartialImplementationPart ?? member).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken);

    private static bool IsNothing(ExpressionSyntax value) => TypeShapes.IsNothing(value) || value switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } } => true,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => IsNothing(sure.Operand),
        _ => false,
    };
}
