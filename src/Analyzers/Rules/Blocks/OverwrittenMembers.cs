using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Rules.Fields;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>A new block over the one that a member of a structure holds.</summary>
/// <param name="Owner">The structure and the member, as they are written.</param>
/// <param name="Field">The member.</param>
/// <param name="Allocation">What gives the new block.</param>
/// <param name="Family">The family of the new block.</param>
internal sealed record OverwrittenMember(string Owner, IFieldSymbol Field, IInvocationOperation Allocation, Family Family);

/// <summary>
/// Finds structures that a body has come by, and not made, and whose member it gives a new block while it holds another: because the body has read
/// what lies in it, or because everybody who makes such a structure fills it and nobody takes it out. Thread-safe.
/// </summary>
internal sealed class OverwrittenMembers(StructureMembers members, FieldOwnership ownership, IdentifierIndex names, Func<SyntaxTree, SemanticModel> modelOf)
{
    /// <summary>Words in the names of members that say whose the others are.</summary>
    private static readonly string[] s_flags = ["own", "borrow", "static", "shared", "flag", "inline", "heap", "const", "ref"];

    public IEnumerable<OverwrittenMember> In(MethodDeclarationSyntax declaration, IMethodSymbol method, CancellationToken cancellationToken)
    {
        foreach (var node in declaration.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } access } write && AllocationOf(write.Right, declaration, cancellationToken) is { } allocation &&
                modelOf(declaration.SyntaxTree) is var model && model.GetSymbolInfo(access, cancellationToken).Symbol is IFieldSymbol field && StructureMembers.IsMember(field) && !ForgottenMembers.IsNode(field, field.ContainingType) && members.GivenBy(allocation, cancellationToken) is { Lifetime: Lifetime.Process, MayStayUnreleased: false, IsCounted: false } family &&
                members.Of(field, cancellationToken).Releases is { IsEmpty: false } releases && releases.Any(release => !release.IsNotFor(family)) &&
                IsOnlyRead(declaration, field, access, cancellationToken) && IsCome(owner, declaration, field, write, cancellationToken) && (HasRead(declaration, owner, field.Name, write) || (!SetUps.IsNamedSo(method) && ((model.GetSymbolInfo(owner, cancellationToken).Symbol is IParameterSymbol && HasRead(declaration, owner, null, write)) || (IsAlwaysFilled(field, cancellationToken) && TakenBy(field, method, cancellationToken).Count == 0)))) &&
                !IsSeenTo(declaration, method, field, cancellationToken))
            {
                yield return new OverwrittenMember(access.ToString(), field, allocation, family);
            }
        }
    }

    /// <summary>The call that gives the value: itself, or through a variable that is given nothing else.</summary>
    private IInvocationOperation? AllocationOf(ExpressionSyntax value, MethodDeclarationSyntax declaration, CancellationToken cancellationToken)
    {
        value = WithoutCasts(value);
        if (value is IdentifierNameSyntax { Identifier.ValueText: var name })
        {
            var declared = declaration.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(variable => variable.Identifier.ValueText == name).ToList();
            if (declared.Count != 1 || declared[0].Initializer is not { Value: var initial } || declaration.DescendantNodes().Any(node => node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var changed } } && changed == name))
            {
                return null;
            }

            value = WithoutCasts(initial);
        }

        return value is InvocationExpressionSyntax ? modelOf(value.SyntaxTree).GetOperation(value, cancellationToken) as IInvocationOperation : null;
    }

    /// <summary>The body writes the member once, and otherwise only reads what lies in it: nobody asks whether there is something, or keeps it.</summary>
    private bool IsOnlyRead(MethodDeclarationSyntax declaration, IFieldSymbol field, MemberAccessExpressionSyntax write, CancellationToken cancellationToken)
    {
        foreach (var mention in declaration.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (mention.Identifier.ValueText == field.Name && mention.Parent != write && !(mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention && IsRead(access, cancellationToken)))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsRead(MemberAccessExpressionSyntax access, CancellationToken cancellationToken)
    {
        SyntaxNode value = access;
        while (value.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            // by the address of the first element the block might be released elsewhere
            ElementAccessExpressionSyntax element => element.Expression == value && (element.Parent is not PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } || (element.ArgumentList.Arguments.Count == 1 && element.ArgumentList.Arguments[0].Expression is LiteralExpressionSyntax { Token.Value: not 0 })),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } => true,
            ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax call } argument => modelOf(call.SyntaxTree).GetOperation(call, cancellationToken) is IInvocationOperation operation && OnlyReads(operation, argument, cancellationToken),
            ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax { Type: GenericNameSyntax { Identifier.ValueText: "Span" or "ReadOnlySpan" }, Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CopyTo" } or ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax } } } => true,
            _ => false,
        };
    }

    private bool OnlyReads(IInvocationOperation call, ArgumentSyntax argument, CancellationToken cancellationToken)
    {
        var method = call.TargetMethod;
        if (method.ReturnType is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } && method.Name is not ("memcpy" or "memmove") || call.Arguments.FirstOrDefault(one => one.Syntax == argument)?.Parameter is not { } parameter)
        {
            return false;
        }

        return method.IsExtern || method.DeclaringSyntaxReferences.IsEmpty ? !EndWords.SaysSo(method.Name) : TakenAndLeft.LeavesAlone(ownership, method, parameter, cancellationToken);
    }

    /// <summary>The structure is one that the body has been handed, or has found: nothing of its own. What is called with it before leaves the member alone.</summary>
    private bool IsCome(IdentifierNameSyntax owner, MethodDeclarationSyntax declaration, IFieldSymbol field, AssignmentExpressionSyntax write, CancellationToken cancellationToken)
    {
        var name = owner.Identifier.ValueText;
        var model = modelOf(owner.SyntaxTree);
        var isFound = false;
        switch (model.GetSymbolInfo(owner, cancellationToken).Symbol)
        {
            case IParameterSymbol { RefKind: RefKind.Ref } or IParameterSymbol { RefKind: RefKind.None, Type: IPointerTypeSymbol, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } }:
                isFound = true;
                break;
            case ILocalSymbol { Type: IPointerTypeSymbol }:
                break;
            default:
                return false;
        }

        foreach (var token in declaration.DescendantTokens())
        {
            if (token.ValueText != name || token.Parent is ParameterSyntax or MemberAccessExpressionSyntax)
            {
                continue;
            }

            switch (token.Parent)
            {
                case VariableDeclaratorSyntax { Initializer: { } initial }:
                    if (!IsFoundBy(initial.Value, cancellationToken))
                    {
                        return false;
                    }

                    isFound = true;
                    break;
                case VariableDeclaratorSyntax:
                    break;
                case IdentifierNameSyntax mention:
                    var outer = Outer(mention);
                    var isFine = outer.Parent switch
                    {
                        MemberAccessExpressionSyntax member when member.Expression == outer => !IsFlag(model.GetSymbolInfo(member, cancellationToken).Symbol),
                        MemberAccessExpressionSyntax => true,
                        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax => true,
                        AssignmentExpressionSyntax assignment when assignment.Left == outer => (isFound = true) && IsFoundBy(assignment.Right, cancellationToken),
                        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument when outer.SpanStart < write.SpanStart => LeavesMember(call, argument, field, cancellationToken),
                        _ => outer.SpanStart > write.Span.End,
                    };
                    if (!isFine)
                    {
                        return false;
                    }

                    break;
                default:
                    return false;
            }
        }

        return isFound;
    }

    private bool IsFoundBy(ExpressionSyntax value, CancellationToken cancellationToken) => WithoutCasts(value) switch
    {
        LiteralExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or IdentifierNameSyntax => true,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } => true,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression, Operand: ElementAccessExpressionSyntax } => true,
        InvocationExpressionSyntax call => modelOf(call.SyntaxTree).GetOperation(call, cancellationToken) is IInvocationOperation { TargetMethod: { IsExtern: false, DeclaringSyntaxReferences.IsEmpty: false } method } && ownership.SummaryOf(method.OriginalDefinition, cancellationToken) is { IsUnknown: false } summary &&
            summary.Outcomes.All(static outcome => outcome.Blocks.IsEmpty && outcome.Effects.All(static effect => effect.Ownership != Flow.State.Ownership.Released)),
        _ => false,
    };

    /// <summary>The function, which is handed the structure, neither writes the member nor has anything to do with what it holds.</summary>
    private bool LeavesMember(InvocationExpressionSyntax call, ArgumentSyntax argument, IFieldSymbol field, CancellationToken cancellationToken) =>
        modelOf(call.SyntaxTree).GetOperation(call, cancellationToken) is IInvocationOperation { TargetMethod: { IsExtern: false, DeclaringSyntaxReferences.IsEmpty: false } method } operation && operation.Arguments.FirstOrDefault(one => one.Syntax == argument)?.Parameter is { } parameter &&
        ownership.SummaryOf(method.OriginalDefinition, cancellationToken) is { IsUnknown: false } summary && TakenAndLeft.LeavesAlone(ownership, method, parameter, cancellationToken) &&
        summary.Outcomes.Concat(summary.Throwing).All(outcome => !outcome.Effects.Any(effect => SymbolEqualityComparer.Default.Equals(effect.Input.Place?.Field, field)) && !outcome.Writes.Any(write => SymbolEqualityComparer.Default.Equals(write.Key.Field, field)));

    /// <summary>Another member says whose this one is, perhaps.</summary>
    private static bool IsFlag(ISymbol? member) =>
        member is IFieldSymbol { Type.SpecialType: SpecialType.System_Boolean } or IPropertySymbol || (member is not null && NameReader.WordsOf(member.Name).Exists(static word => Array.Exists(s_flags, flag => word.StartsWith(flag, StringComparison.OrdinalIgnoreCase))));

    /// <summary>The body has read from what the member holds, or another member beside it (null): what has only been reserved holds nothing that could be read.</summary>
    private static bool HasRead(MethodDeclarationSyntax declaration, IdentifierNameSyntax owner, string? field, AssignmentExpressionSyntax write) =>
        declaration.DescendantNodes().Any(node => node.SpanStart < write.SpanStart && node is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name }, Name.Identifier.ValueText: var read } && name == owner.Identifier.ValueText && (field is null || read == field) &&
            !(node.Parent is AssignmentExpressionSyntax { Left: var target } && target == node));

    /// <summary>Every function that makes such a structure, one at a time, puts something into the member.</summary>
    private bool IsAlwaysFilled(IFieldSymbol field, CancellationToken cancellationToken)
    {
        var isMade = false;
        foreach (var token in names.PlacesOf(field.ContainingType.Name, cancellationToken))
        {
            if (token.Parent is not TypeSyntax named)
            {
                continue;
            }

            switch (named.Parent)
            {
                case SizeOfExpressionSyntax size when Outer(size).Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1 } } && size.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } maker && Fills(maker):
                    isMade = true;
                    break;
                case PointerTypeSyntax or ParameterSyntax { Modifiers.Count: > 0 }:
                    break;
                default:
                    return false;
            }
        }

        return isMade;

        bool Fills(MemberDeclarationSyntax maker) => maker.DescendantNodes().Any(node => node is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var filled } } assignment && filled == field.Name && WithoutCasts(assignment.Right) is not (LiteralExpressionSyntax or DefaultExpressionSyntax));
    }

    /// <summary>The functions that take the member out, or away, and leave the structure.</summary>
    private HashSet<string> TakenBy(IFieldSymbol field, IMethodSymbol method, CancellationToken cancellationToken) =>
        new(names.PlacesOf(field.Name, cancellationToken).Select(static token => token.Parent is IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax access } ? access : null).OfType<MemberAccessExpressionSyntax>()
            .GroupBy(static access => access.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.ValueText ?? "").Where(function => function.Key.Length > 0 && function.Key != method.Name && function.Any(access => IsTaken(access) && !IsEndedWith(access)) && !function.Any(IsFilled)).Select(static function => function.Key), StringComparer.Ordinal);

    private static bool IsFilled(MemberAccessExpressionSyntax access) => access.Parent is AssignmentExpressionSyntax { Right: not (LiteralExpressionSyntax or DefaultExpressionSyntax) } assignment && assignment.Left == access;

    /// <summary>The function ends the structure as well.</summary>
    private static bool IsEndedWith(MemberAccessExpressionSyntax access) =>
        access.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } function && access.Expression is IdentifierNameSyntax { Identifier.ValueText: var owner } &&
        function.DescendantNodes().Any(node => node is InvocationExpressionSyntax call && MemberSyntax.NameOfCalled(call) is { } called && EndWords.SaysSo(called) && call.ArgumentList.Arguments.Any(argument => WithoutCasts(argument.Expression) is IdentifierNameSyntax { Identifier.ValueText: var ended } && ended == owner));

    /// <summary>The member is cleared, given back to the caller, or handed to a function that ends it by its name.</summary>
    private static bool IsTaken(MemberAccessExpressionSyntax access) => Outer(access).Parent switch
    {
        AssignmentExpressionSyntax { Right: LiteralExpressionSyntax or DefaultExpressionSyntax } assignment => assignment.Left == access,
        ReturnStatementSyntax or ArrowExpressionClauseSyntax => true,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => MemberSyntax.NameOfCalled(call) is { } called && EndWords.SaysSo(called),
        _ => false,
    };

    /// <summary>Who calls the function has to do with the member; or one of both has called another function, before, that takes it out.</summary>
    private bool IsSeenTo(MethodDeclarationSyntax declaration, IMethodSymbol method, IFieldSymbol field, CancellationToken cancellationToken)
    {
        var taking = TakenBy(field, method, cancellationToken);
        return (taking.Count > 0 && Calls(declaration, taking)) || names.PlacesOf(method.Name, cancellationToken).Any(place => place.Parent is SimpleNameSyntax called && called.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } caller && !(caller is MethodDeclarationSyntax { Identifier.ValueText: var name } && name == method.Name) &&
            (caller is BaseTypeDeclarationSyntax || caller.DescendantTokens().Any(token => token.ValueText == field.Name) || (taking.Count > 0 && CallBefore(called, caller) is { } before && taking.Contains(before))));
    }

    private static bool Calls(SyntaxNode code, HashSet<string> functions) => code.DescendantNodes().Any(node => node is InvocationExpressionSyntax call && MemberSyntax.NameOfCalled(call) is { } called && functions.Contains(called));

    /// <summary>The last function before the call that is handed what the call is handed.</summary>
    private static string? CallBefore(SimpleNameSyntax called, SyntaxNode caller)
    {
        var handed = ArgumentsOf(called.FirstAncestorOrSelf<InvocationExpressionSyntax>()).ToList();
        return caller.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.Span.End <= called.SpanStart && ArgumentsOf(call).Intersect(handed).Any()).OrderBy(static call => call.Span.End).LastOrDefault() is { } before ? MemberSyntax.NameOfCalled(before) : null;
    }

    private static IEnumerable<string> ArgumentsOf(InvocationExpressionSyntax? call) => call is null ? [] : call.ArgumentList.Arguments.Select(static argument => argument.Expression.ToString().TrimStart('&')).Where(static text => text.Length > 0 && !char.IsDigit(text[0]));

    private static ExpressionSyntax Outer(ExpressionSyntax expression)
    {
        while (expression.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            expression = (ExpressionSyntax)expression.Parent;
        }

        return expression;
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
