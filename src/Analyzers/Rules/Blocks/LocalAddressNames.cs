using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// Which variables of a body may hold the address of something that ends with it, by their names alone. Most unsafe code
/// takes addresses and keeps them to itself: it need not be bound to see that.
/// </summary>
internal sealed class LocalAddressNames
{
    private readonly SyntaxNode _body;
    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ownVariables = new(StringComparer.Ordinal);
    private readonly List<(string Target, ExpressionSyntax Value)> _flows = new();
    private readonly List<ExpressionSyntax> _leaving = new();
    private bool _takesAny;

    public LocalAddressNames(SyntaxNode body)
    {
        _body = body;
        foreach (var node in body.DescendantNodes())
        {
            // no variable is mentioned in front of its declaration
            Declare(node);
            Read(node);
        }
    }

    /// <summary>Whether one of the addresses may be returned as a pointer, or stored where it outlives the body.</summary>
    public bool MayLeave()
    {
        for (var grown = _takesAny && _leaving.Count > 0; grown;)
        {
            grown = false;
            foreach (var (target, value) in _flows)
            {
                grown |= !_addresses.Contains(target) && IsAddress(value) && _addresses.Add(target);
            }
        }

        return _takesAny && _leaving.Exists(IsAddress);
    }

    /// <summary>What is declared by reference stands for something else, which may outlive the body.</summary>
    private void Declare(SyntaxNode node)
    {
        switch (node)
        {
            case VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: not RefTypeSyntax, Parent: not BaseFieldDeclarationSyntax } } variable:
                _ownVariables.Add(variable.Identifier.ValueText);
                break;
            case SingleVariableDesignationSyntax designation:
                _ownVariables.Add(designation.Identifier.ValueText);
                break;
            case ForEachStatementSyntax { Type: not RefTypeSyntax } loop:
                _ownVariables.Add(loop.Identifier.ValueText);
                break;
            case ParameterSyntax parameter when !parameter.Modifiers.Any(SyntaxKind.RefKeyword) && !parameter.Modifiers.Any(SyntaxKind.OutKeyword):
                _ownVariables.Add(parameter.Identifier.ValueText);
                break;
        }
    }

    private void Read(SyntaxNode node)
    {
        switch (node)
        {
            case FixedStatementSyntax pin:
                _takesAny = true;
                _addresses.UnionWith(pin.Declaration.Variables.Select(static variable => variable.Identifier.ValueText));
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax:
                _takesAny = true;
                break;
            case VariableDeclaratorSyntax { Initializer.Value: { } value } variable:
                _flows.Add((variable.Identifier.ValueText, value));
                break;
            case AssignmentExpressionSyntax assignment:
                Assign(assignment);
                break;
            case ReturnStatementSyntax { Expression: { } value } when GivesPointer(node):
                _leaving.Add(value);
                break;
            case ArrowExpressionClauseSyntax arrow when GivesPointer(arrow):
                _leaving.Add(arrow.Expression);
                break;
        }
    }

    private void Assign(AssignmentExpressionSyntax assignment)
    {
        if (assignment.Left is IdentifierNameSyntax { Identifier.ValueText: var name } && _ownVariables.Contains(name))
        {
            _flows.Add((name, assignment.Right));
        }
        else if (assignment is { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax or MemberAccessExpressionSyntax, Right: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } or IdentifierNameSyntax or StackAllocArrayCreationExpressionSyntax or CastExpressionSyntax })
        {
            _leaving.Add(assignment.Right);
        }
    }

    private bool GivesPointer(SyntaxNode node)
    {
        for (var around = node; around is not null; around = around.Parent)
        {
            switch (around)
            {
                case AnonymousFunctionExpressionSyntax:
                    return true;
                case LocalFunctionStatementSyntax function:
                    return function.ReturnType is PointerTypeSyntax;
                case MethodDeclarationSyntax method:
                    return method.ReturnType is PointerTypeSyntax;
            }

            if (around == _body)
            {
                break;
            }
        }

        return false;
    }

    private bool IsAddress(ExpressionSyntax value)
    {
        foreach (var node in value.DescendantNodesAndSelf())
        {
            if (node is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax ||
                (node is IdentifierNameSyntax name && _addresses.Contains(name.Identifier.ValueText)))
            {
                return true;
            }
        }

        return false;
    }
}
