using System.Collections.Concurrent;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Flow.Elements;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Methods that are called on new objects only, so that what they fill holds nothing yet. Thread-safe, memoised.</summary>
internal sealed class FirstCalls(Compilation compilation, BodyStore bodies)
{
    /// <summary>How far a call is followed through methods that call it on their own object.</summary>
    private const int MaxDepth = 3;

    private readonly ConcurrentDictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether every call of <paramref name="method"/> that the compilation has is one on an object that has just been made, and others cannot call it at will.</summary>
    public bool AreAllOf(IMethodSymbol method, CancellationToken cancellationToken) =>
        method is { MethodKind: MethodKind.Ordinary, IsVirtual: false, IsOverride: false, IsAbstract: false, IsStatic: false, ExplicitInterfaceImplementations.IsEmpty: true } && IsNotPublic(method) &&
        _known.GetOrAdd(method.OriginalDefinition, one => AreOnNewObjects(one, MaxDepth, cancellationToken));

    private static bool IsNotPublic(IMethodSymbol method)
    {
        for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.NotApplicable))
            {
                return true;
            }
        }

        return false;
    }

    private bool AreOnNewObjects(IMethodSymbol method, int depth, CancellationToken cancellationToken)
    {
        var isCalled = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TreeWords.Of(tree, cancellationToken).Mentions(method.Name))
            {
                continue;
            }

            foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes())
            {
                if (node is not SimpleNameSyntax name || name.Identifier.ValueText != method.Name ||
                    !SymbolEqualityComparer.Default.Equals(bodies.ModelOf(tree).GetSymbolInfo(name, cancellationToken).Symbol?.OriginalDefinition, method))
                {
                    continue;
                }

                if (!IsOnNewObject(name, depth, cancellationToken))
                {
                    return false;
                }

                isCalled = true;
            }
        }

        return isCalled;
    }

    private bool IsOnNewObject(SimpleNameSyntax name, int depth, CancellationToken cancellationToken)
    {
        var access = name.Parent as MemberAccessExpressionSyntax;
        var called = (ExpressionSyntax?)access ?? name;
        if (called.Parent is not InvocationExpressionSyntax call || (access is not null && access.Name != name))
        {
            return false;
        }

        return access?.Expression switch
        {
            null or ThisExpressionSyntax or BaseExpressionSyntax => IsInNewObject(call, depth, cancellationToken),
            IdentifierNameSyntax variable => IsNewIn(variable, call),
            ParenthesizedExpressionSyntax { Expression: BaseObjectCreationExpressionSyntax } or BaseObjectCreationExpressionSyntax => true,
            _ => false,
        };
    }

    /// <summary>A constructor calls it, once, or a method that only constructors call.</summary>
    private bool IsInNewObject(InvocationExpressionSyntax call, int depth, CancellationToken cancellationToken)
    {
        if (call.Ancestors().TakeWhile(static node => node is not MemberDeclarationSyntax).Any(static node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax || Loops.Is(node)))
        {
            return false;
        }

        return call.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
        {
            ConstructorDeclarationSyntax constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword),
            MethodDeclarationSyntax caller when depth > 0 => bodies.ModelOf(caller.SyntaxTree).GetDeclaredSymbol(caller, cancellationToken) is { IsStatic: false, IsVirtual: false, IsOverride: false } method && IsNotPublic(method) && AreOnNewObjects(method.OriginalDefinition, depth - 1, cancellationToken),
            _ => false,
        };
    }

    /// <summary>The variable is given a new object before the call, in the same round of a loop, and nothing calls the same in between.</summary>
    private static bool IsNewIn(IdentifierNameSyntax variable, InvocationExpressionSyntax call)
    {
        if (call.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
        {
            return false;
        }

        var (name, method) = (variable.Identifier.ValueText, ((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.ValueText);
        SyntaxNode? last = null;
        foreach (var node in member.DescendantNodes())
        {
            if (node.SpanStart >= call.SpanStart)
            {
                break;
            }

            if ((node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } && left.Identifier.ValueText == name) ||
                (node is VariableDeclaratorSyntax { Initializer: not null } declarator && declarator.Identifier.ValueText == name) ||
                (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } other } && receiver.Identifier.ValueText == name && other.Name.Identifier.ValueText == method))
            {
                last = node;
            }
        }

        var made = last is AssignmentExpressionSyntax assignment ? assignment.Right : (last as VariableDeclaratorSyntax)?.Initializer!.Value;
        return made is BaseObjectCreationExpressionSyntax or DefaultExpressionSyntax or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } && RoundOf(made) == RoundOf(call);
    }

    /// <summary>The innermost loop or function.</summary>
    private static SyntaxNode? RoundOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(static outer => Loops.Is(outer) || outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);
}
