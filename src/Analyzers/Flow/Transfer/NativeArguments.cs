using System.Collections.Concurrent;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>
/// What the source says of imported functions whose names hint at a hand-over: where a body releases on its main way what it
/// has handed to one, the function has not taken it over, there or anywhere else. By syntax alone, and asked only when such a
/// function is handed a block. Thread-safe, memoised for each parameter.
/// </summary>
internal sealed class NativeArguments(Compilation compilation, Func<InterestingNames> names, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<IParameterSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether somebody releases what he has handed to a parameter of an imported function.</summary>
    public bool IsGivenBack(IParameterSymbol parameter) =>
        parameter.OriginalDefinition is { ContainingSymbol: IMethodSymbol function } declared && _known.GetOrAdd(declared, _ => Find(function, declared.Ordinal));

    private bool Find(IMethodSymbol function, int parameter)
    {
        var positions = new List<int>();
        var type = function.ContainingType.Name;
        foreach (var tree in compilation.SyntaxTrees)
        {
            positions.Clear();
            // the method of another type is another one
            TreeWords.Of(tree, cancellationToken).AddPositions(function.Name, WordShapes.CallWithArguments, (qualifier, position) => (qualifier ?? TypeAround(tree, position)) == type, positions);
            foreach (var position in positions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (tree.GetRoot(cancellationToken).FindToken(position).Parent is SimpleNameSyntax name && CallOf(name) is { ArgumentList.Arguments: var arguments } call && arguments.Count == function.Parameters.Length &&
                    arguments[parameter].NameColon is null && IsGivenBack(call, arguments[parameter].Expression))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private string? TypeAround(SyntaxTree tree, int position) => MemberAround(tree, position) is { } member ? MemberSyntax.TypeAround(member) : null;

    private SyntaxNode? MemberAround(SyntaxTree tree, int position) => TreeMembers.Of(tree, cancellationToken).Around(position);

    private bool IsGivenBack(InvocationExpressionSyntax call, ExpressionSyntax argument) =>
        LaterReleases.Follow(call, argument, names().Releasing.Contains) && !IsSetBehind(call, argument);

    /// <summary><c>take(block); block = 0;</c> has given it away, whatever is released at the end.</summary>
    private bool IsSetBehind(InvocationExpressionSyntax call, ExpressionSyntax argument) =>
        ImportUsesOfMember.NameOf(argument) is not { } variable || MemberAround(call.SyntaxTree, call.SpanStart) is not { } body ||
        body.DescendantNodes().Any(node => node.SpanStart > call.SpanStart && node switch
        {
            AssignmentExpressionSyntax { Left: var left } => ImportUsesOfMember.NameOf(left) == variable,
            ArgumentSyntax { RefKindKeyword.RawKind: not 0, Expression: var passed } => ImportUsesOfMember.NameOf(passed) == variable,
            _ => false,
        });

    private static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call => call,
        MemberAccessExpressionSyntax access when access.Name == name => access.Parent as InvocationExpressionSyntax,
        _ => null,
    };
}
