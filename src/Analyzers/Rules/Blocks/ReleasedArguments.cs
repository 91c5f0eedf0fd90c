using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>A call that releases what it is handed.</summary>
/// <param name="Call">The call.</param>
/// <param name="Family">The family of the release.</param>
internal sealed record ReleasedArgument(InvocationExpressionSyntax Call, Family Family)
{
    /// <summary>What is called, as it is written.</summary>
    public string Name => Call.Expression.ToString();
}

/// <summary>Finds the calls that release an argument: functions of the tables, and functions of the source whose summary says so. Thread-safe.</summary>
internal sealed class ReleasedArguments(FieldOwnership ownership, KnownMembers known, Func<SyntaxTree, SemanticModel> modelOf)
{
    /// <summary>What the call means.</summary>
    public IInvocationOperation? OperationOf(InvocationExpressionSyntax call, CancellationToken cancellationToken) => modelOf(call.SyntaxTree).GetOperation(call, cancellationToken) as IInvocationOperation;

    /// <summary>What a fix needs to write the same release: the family, and the function with <c>{0}</c> for the block; empty where nobody else can write that.</summary>
    public ImmutableDictionary<string, string?> EvidenceOf(ReleasedArgument release, CancellationToken cancellationToken)
    {
        var properties = Evidence.OfFamily(release.Family);
        return release.Call.ArgumentList.Arguments.Count == 1 && OperationOf(release.Call, cancellationToken)?.TargetMethod is { IsStatic: true, IsGenericMethod: false, MethodKind: MethodKind.Ordinary } method
            ? properties.SetItem(FixData.ReleaseTemplateKey, method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + method.Name + "({0})")
            : properties.SetItem(FixData.ReleaseTemplateKey, "").SetItem(FixData.NoFixKey, "true");
    }

    /// <summary>The calls in the code that release the variable of that name.</summary>
    public IEnumerable<ReleasedArgument> Of(string variable, SyntaxNode code, CancellationToken cancellationToken)
    {
        foreach (var node in code.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call)
            {
                foreach (var argument in call.ArgumentList.Arguments)
                {
                    if (WithoutCasts(argument.Expression) is IdentifierNameSyntax { Identifier.ValueText: var name } && name == variable && By(call, argument, cancellationToken) is { } family)
                    {
                        yield return new ReleasedArgument(call, family);
                    }
                }
            }
        }
    }

    /// <summary>The call that releases what another one gives, being its argument: <c>Free(Pop())</c>.</summary>
    public ReleasedArgument? ByParent(InvocationExpressionSyntax giving, CancellationToken cancellationToken)
    {
        SyntaxNode value = giving;
        while (value.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            value = value.Parent;
        }

        return value.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument && By(call, argument, cancellationToken) is { } family ? new ReleasedArgument(call, family) : null;
    }

    /// <summary>The family by which a call releases an argument; null when it does not.</summary>
    public Family? By(InvocationExpressionSyntax call, ArgumentSyntax argument, CancellationToken cancellationToken)
    {
        if (OperationOf(call, cancellationToken) is not { } invocation || invocation.Arguments.FirstOrDefault(one => one.Syntax == argument)?.Parameter is not { } parameter)
        {
            return null;
        }

        if (known.ContractOf(invocation) is { } contract)
        {
            return contract.HandoverOf(parameter.Ordinal) == Handover.Releases ? contract.ReleasedFamily ?? contract.Family : null;
        }

        return invocation.TargetMethod.DeclaringSyntaxReferences.IsEmpty ? null
            : ownership.SummaryOf(invocation.TargetMethod.OriginalDefinition, cancellationToken)?.Outcomes.SelectMany(static outcome => outcome.Effects)
                .FirstOrDefault(effect => effect is { Ownership: Ownership.Released, Input.Place: { Kind: PlaceKind.Parameter, Root: IParameterSymbol released } } && released.Ordinal == parameter.Ordinal)?.Family;
    }

    private static ExpressionSyntax WithoutCasts(ExpressionSyntax expression)
    {
        while (expression is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            expression = expression is CastExpressionSyntax cast ? cast.Expression : ((ParenthesizedExpressionSyntax)expression).Expression;
        }

        return expression;
    }
}
