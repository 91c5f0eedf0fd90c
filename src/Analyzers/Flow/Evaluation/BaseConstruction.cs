using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>The constructor of a base type that runs where the compiler writes the type's own: for a class without one, and for a primary one (<c>class Page(int size) : Buffer(size)</c>).</summary>
internal static class BaseConstruction
{
    /// <summary>The constructor with a body that a constructor without one leads to; null when there is none in the source.</summary>
    public static IMethodSymbol? BehindImplicit(IMethodSymbol constructor)
    {
        while (constructor is { IsImplicitlyDeclared: true, Parameters.IsEmpty: true, ContainingType: { IsReferenceType: true, BaseType: { DeclaringSyntaxReferences.IsEmpty: false } ancestor } })
        {
            if (ancestor.InstanceConstructors.FirstOrDefault(static candidate => candidate.Parameters.IsEmpty) is not { } next)
            {
                return null;
            }

            if (!next.IsImplicitlyDeclared)
            {
                return next.DeclaringSyntaxReferences.Length == 1 && next.DeclaringSyntaxReferences[0].GetSyntax() is ConstructorDeclarationSyntax ? next : null;
            }

            constructor = next;
        }

        return null;
    }

    /// <summary>The call of the base type's constructor that stands in the declaration of a primary one; null when there is none, or none with a body.</summary>
    public static IInvocationOperation? BehindPrimary(IMethodSymbol constructor, Func<SyntaxTree, SemanticModel> modelOf) =>
        PrimaryConstruction.DeclarationOf(constructor) is ClassDeclarationSyntax { BaseList.Types: var bases } && bases.FirstOrDefault() is PrimaryConstructorBaseTypeSyntax written &&
        modelOf(written.SyntaxTree).GetOperation(written) is IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Constructor, DeclaringSyntaxReferences.Length: 1 } target } called &&
        target.DeclaringSyntaxReferences[0].GetSyntax() is ConstructorDeclarationSyntax
            ? called
            : null;

    /// <summary>The arguments of that call, as far as they are arguments of the creation.</summary>
    public static ImmutableArray<Argument> ArgumentsOf(IInvocationOperation called, Call creation) =>
        called.Arguments.Select(argument => new Argument(argument.Parameter, argument.Value, ValueOf(argument.Value, creation), null)).ToImmutableArray();

    private static Value ValueOf(IOperation operation, Call creation) =>
        BodyAnalysis.StripConversions(operation) is IParameterReferenceOperation { Parameter: var parameter } && creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is { Value: not Closure and var given } ? given
            : Value.Unknown;
}
