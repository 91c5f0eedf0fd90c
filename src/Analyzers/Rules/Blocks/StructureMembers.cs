using System.Collections.Concurrent;
using System.Collections.Immutable;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>What the compilation puts into a member of a native structure, and what it releases it by. Immutable.</summary>
/// <param name="Fills">The families of the blocks that are put into it; empty when somebody puts in what cannot be told.</param>
/// <param name="Releases">The families of the functions that are handed it to release, whatever else the structure says.</param>
/// <param name="FilledIn">The types whose functions fill it.</param>
internal sealed record MemberUse(ImmutableArray<Family> Fills, ImmutableArray<Family> Releases, ImmutableHashSet<string> FilledIn);

/// <summary>
/// Finds out what lies in the pointers of native structures, which any function may fill: by the places where the member's name is written.
/// One assignment of which nobody knows what it puts in, or a structure that native code fills, and nothing is said. Thread-safe, memoised.
/// </summary>
internal sealed class StructureMembers(FieldOwnership ownership, KnownMembers known, IdentifierIndex names, ReleasedArguments released, Func<SyntaxTree, SemanticModel> modelOf)
{
    /// <summary>So many mentions of a member are looked at.</summary>
    private const int MaxMentions = 200;

    /// <summary>So many variables are gone back from a value to what gave it.</summary>
    private const int MaxDepth = 3;

    /// <summary>So many members are gone through from one to the next.</summary>
    private const int MaxMembers = 6;

    private static readonly MemberUse s_unknown = new(ImmutableArray<Family>.Empty, ImmutableArray<Family>.Empty, ImmutableHashSet<string>.Empty);
    private readonly ConcurrentDictionary<IFieldSymbol, MemberUse> _uses = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _natives = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the field is a pointer in a structure of the source.</summary>
    public static bool IsMember(IFieldSymbol field) =>
        field is { IsStatic: false, IsConst: false, DeclaringSyntaxReferences.IsEmpty: false, ContainingType: { TypeKind: TypeKind.Struct, IsRefLikeType: false }, Type: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } };

    /// <summary>What is done with the member.</summary>
    public MemberUse Of(IFieldSymbol field, CancellationToken cancellationToken)
    {
        if (!_uses.TryGetValue(field, out var use))
        {
            use = _uses.GetOrAdd(field, Find(field, cancellationToken));
        }

        return use;
    }

    private MemberUse Find(IFieldSymbol field, CancellationToken cancellationToken)
    {
        var fills = new HashSet<Family>();
        var releases = new HashSet<Family>();
        var filledIn = new HashSet<string>(StringComparer.Ordinal);
        return AddUses(field, fills, releases, filledIn, new HashSet<IFieldSymbol>(SymbolEqualityComparer.Default), cancellationToken)
            ? new MemberUse(fills.OrderBy(static family => family.Name, StringComparer.Ordinal).ToImmutableArray(), releases.OrderBy(static family => family.Name, StringComparer.Ordinal).ToImmutableArray(), filledIn.ToImmutableHashSet())
            : s_unknown;
    }

    /// <summary>What is put into the member, and into those that it is given from; false when that cannot be told.</summary>
    private bool AddUses(IFieldSymbol field, HashSet<Family> fills, HashSet<Family> releases, HashSet<string> filledIn, HashSet<IFieldSymbol> seen, CancellationToken cancellationToken)
    {
        if (!seen.Add(field))
        {
            return true;
        }

        if (seen.Count > MaxMembers || IsFilledByNativeCode(field.ContainingType, cancellationToken))
        {
            return false;
        }

        var count = 0;
        foreach (var token in names.PlacesOf(field.Name, cancellationToken))
        {
            if (token.Parent is not IdentifierNameSyntax mention || !IsOf(mention, field, cancellationToken))
            {
                continue;
            }

            if (++count > MaxMentions)
            {
                return false;
            }

            ExpressionSyntax access = mention.Parent is MemberAccessExpressionSyntax member && member.Name == mention ? member : mention;
            switch (Outer(access).Parent)
            {
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left == access:
                    filledIn.Add(assignment.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.ValueText ?? "");
                    if (!AddFills(assignment.Right, fills, seen, MaxDepth, cancellationToken))
                    {
                        return false;
                    }

                    break;
                case AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.AddressOfExpression } when IsOfCopy(access, cancellationToken):
                    break;
                case AssignmentExpressionSyntax other when other.Left == access:
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression or (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression }:
                case ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax:
                    return false;
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument when !IsUnderFlag(call, access) && released.By(call, argument, cancellationToken) is { } family:
                    releases.Add(family);
                    break;
            }
        }

        return true;
    }

    /// <summary>A copy of the structure, which a variable of the body is, is moved on: <c>view.Data += 4</c>.</summary>
    private bool IsOfCopy(ExpressionSyntax access, CancellationToken cancellationToken) =>
        access is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Expression: IdentifierNameSyntax variable } && access.Parent is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } &&
        modelOf(access.SyntaxTree).GetSymbolInfo(variable, cancellationToken).Symbol is ILocalSymbol { RefKind: RefKind.None, Type.TypeKind: TypeKind.Struct } or IParameterSymbol { RefKind: RefKind.None, Type.TypeKind: TypeKind.Struct };

    /// <summary>Some imported function is handed such a structure, and may leave anything in it.</summary>
    private bool IsFilledByNativeCode(INamedTypeSymbol structure, CancellationToken cancellationToken)
    {
        if (!_natives.TryGetValue(structure, out var isFilled))
        {
            isFilled = _natives.GetOrAdd(structure, IsHandedToNative(structure, cancellationToken));
        }

        return isFilled;
    }

    private bool IsHandedToNative(INamedTypeSymbol structure, CancellationToken cancellationToken) =>
        names.PlacesOf(structure.Name, cancellationToken).Any(token => token.Parent?.FirstAncestorOrSelf<ParameterSyntax>() is { Parent.Parent: MethodDeclarationSyntax { Body: null, ExpressionBody: null } or DelegateDeclarationSyntax } && token.Parent is SimpleNameSyntax named &&
            SymbolEqualityComparer.Default.Equals(modelOf(named.SyntaxTree).GetSymbolInfo(named, cancellationToken).Symbol, structure));

    private bool IsOf(IdentifierNameSyntax mention, IFieldSymbol field, CancellationToken cancellationToken) =>
        (mention.Parent is MemberAccessExpressionSyntax member && member.Name == mention) || mention.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } or AssignmentExpressionSyntax or ArgumentSyntax or CastExpressionSyntax
            ? SymbolEqualityComparer.Default.Equals(modelOf(mention.SyntaxTree).GetSymbolInfo(mention, cancellationToken).Symbol, field)
            : false;

    private static ExpressionSyntax Outer(ExpressionSyntax access)
    {
        while (access.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            access = (ExpressionSyntax)access.Parent;
        }

        return access;
    }

    /// <summary>What an expression gives: false when that cannot be told. Nothing adds nothing.</summary>
    private bool AddFills(ExpressionSyntax value, HashSet<Family> fills, HashSet<IFieldSymbol> seen, int depth, CancellationToken cancellationToken)
    {
        while (value is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            value = value is CastExpressionSyntax cast ? cast.Expression : ((ParenthesizedExpressionSyntax)value).Expression;
        }

        switch (value)
        {
            case LiteralExpressionSyntax or DefaultExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Zero" }:
                return true;
            case ConditionalExpressionSyntax choice:
                return AddFills(choice.WhenTrue, fills, seen, depth, cancellationToken) && AddFills(choice.WhenFalse, fills, seen, depth, cancellationToken);
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } chain:
                return AddFills(chain.Right, fills, seen, depth, cancellationToken);
            case MemberAccessExpressionSyntax other:
                // what another structure holds: a node's next one
                return modelOf(other.SyntaxTree).GetSymbolInfo(other, cancellationToken).Symbol is IFieldSymbol source && IsMember(source) && AddUses(source, fills, [], [], seen, cancellationToken);
            case InvocationExpressionSyntax call:
                return modelOf(call.SyntaxTree).GetOperation(call, cancellationToken) is IInvocationOperation invocation && GivenBy(invocation, cancellationToken) is { } family && (fills.Add(family) || true);
            case IdentifierNameSyntax { Identifier.ValueText: var name } variable when depth > 0 && modelOf(variable.SyntaxTree).GetSymbolInfo(variable, cancellationToken).Symbol is ILocalSymbol && value.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } body:
                return AddFillsOf(name, body, fills, seen, depth - 1, cancellationToken);
            default:
                return false;
        }
    }

    /// <summary>All that a variable is given.</summary>
    private bool AddFillsOf(string name, MemberDeclarationSyntax body, HashSet<Family> fills, HashSet<IFieldSymbol> seen, int depth, CancellationToken cancellationToken)
    {
        foreach (var token in body.DescendantTokens())
        {
            if (token.ValueText != name)
            {
                continue;
            }

            var isTold = token.Parent switch
            {
                VariableDeclaratorSyntax { Initializer: { } initial } declarator when declarator.Identifier == token => AddFills(initial.Value, fills, seen, depth, cancellationToken),
                IdentifierNameSyntax { Parent: AssignmentExpressionSyntax assignment } target when assignment.Left == target => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && AddFills(assignment.Right, fills, seen, depth, cancellationToken),
                IdentifierNameSyntax { Parent: PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } } => false,
                IdentifierNameSyntax { Parent: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression or (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } } => false,
                SingleVariableDesignationSyntax or ForEachStatementSyntax or ParameterSyntax => false,
                _ => true,
            };
            if (!isTold)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The family of the block that a call gives, and nothing else.</summary>
    public Family? GivenBy(IInvocationOperation call, CancellationToken cancellationToken)
    {
        if (known.ContractOf(call) is { Gives: BlockPlace.Result, Family: { IsUnspecified: false } family })
        {
            return family;
        }

        if (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || ownership.SummaryOf(call.TargetMethod.OriginalDefinition, cancellationToken) is not { IsUnknown: false } summary)
        {
            return null;
        }

        Family? given = null;
        foreach (var outcome in summary.Outcomes)
        {
            if (outcome.Result is Const { IsNullOrZero: true })
            {
                continue;
            }

            if (outcome.Result is not Pointer { Offset: Offset.Start, Block: { Site: not null, Family: { IsUnspecified: false } own } } || (given is not null && given.Name != own.Name))
            {
                return null;
            }

            given = own;
        }

        return given;
    }

    /// <summary>Another member, or anything else, says whether the member is released: then it may be somebody else's.</summary>
    private static bool IsUnderFlag(SyntaxNode call, ExpressionSyntax access)
    {
        var name = access is MemberAccessExpressionSyntax member ? member.Name.Identifier.ValueText : access.ToString();
        return call.Ancestors().TakeWhile(static node => node is not MemberDeclarationSyntax).Any(node => node is SwitchSectionSyntax or ConditionalExpressionSyntax ||
            (node is IfStatementSyntax { Condition: var condition } && condition.DescendantNodesAndSelf().Any(inner => inner is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var asked } && asked != name)));
    }
}
