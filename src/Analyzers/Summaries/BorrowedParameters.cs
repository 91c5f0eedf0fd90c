using System.Collections.Concurrent;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// Tells of a body that is too long to be followed on every path whether it borrows a parameter: reads and writes what it leads to,
/// and neither releases, keeps nor returns it. Goes by the mentions of the parameter and of the variables that are made from it,
/// without regard to their order; what it does not understand counts as kept. Bounded; thread-safe.
/// </summary>
internal sealed class BorrowedParameters(KnownMembers known, BodyStore bodies, CallTargets targets)
{
    /// <summary>So many calls are followed from one body to the next.</summary>
    private const int MaximumDepth = 4;

    /// <summary>So many characters of text are looked at.</summary>
    private const int MaximumLength = 30_000;

    /// <summary>So many variables are made from one parameter.</summary>
    private const int MaximumNames = 16;

    private readonly KnownMembers _known = known;
    private readonly BodyStore _bodies = bodies;
    private readonly ConcurrentDictionary<IParameterSymbol, bool> _judged = new(SymbolEqualityComparer.Default);

    /// <summary>Whether every body that a call of <paramref name="method"/> can run borrows <paramref name="parameter"/>.</summary>
    public bool Of(IMethodSymbol method, ITypeSymbol? exactType, IParameterSymbol parameter, CancellationToken cancellationToken) =>
        Of(method, exactType, parameter.Ordinal, MaximumDepth, cancellationToken);

    private bool Of(IMethodSymbol method, ITypeSymbol? exactType, int ordinal, int depth, CancellationToken cancellationToken) =>
        depth > 0 && targets.TargetsOf(method, exactType, cancellationToken) is { IsEmpty: false } bodiesToRun &&
        bodiesToRun.All(target => ordinal < target.Parameters.Length && IsBorrowed(target, target.Parameters[ordinal], depth, cancellationToken));

    private bool IsBorrowed(IMethodSymbol method, IParameterSymbol parameter, int depth, CancellationToken cancellationToken)
    {
        if (_judged.TryGetValue(parameter, out var judged))
        {
            return judged;
        }

        var isBorrowed = parameter.RefKind == RefKind.None && !method.IsAsync && CodeOf(method, cancellationToken) is { } code && !code.DescendantNodes().Any(node => node is YieldStatementSyntax) && new Reading(this, method, code, depth, cancellationToken).Borrows(parameter.Name);

        // how far it was followed depends on where the question came from
        return depth == MaximumDepth ? _judged.GetOrAdd(parameter, isBorrowed) : isBorrowed;
    }

    private SyntaxNode? CodeOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var syntax = (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        return syntax.Span.Length > MaximumLength || !_bodies.IsInCompilation(syntax.SyntaxTree) ? null : syntax switch
        {
            BaseMethodDeclarationSyntax declared => (SyntaxNode?)declared.Body ?? declared.ExpressionBody,
            LocalFunctionStatementSyntax function => (SyntaxNode?)function.Body ?? function.ExpressionBody,
            _ => null,
        };
    }

    /// <summary>One body, read for one parameter.</summary>
    private sealed class Reading(BorrowedParameters owner, IMethodSymbol method, SyntaxNode code, int depth, CancellationToken cancellationToken)
    {
        private readonly SemanticModel _model = owner._bodies.ModelOf(code.SyntaxTree);
        private readonly List<string> _names = new();

        public bool Borrows(string parameter)
        {
            _names.Add(parameter);
            for (var i = 0; i < _names.Count; i++)
            {
                foreach (var mention in LateUses.MentionsOf(code, _names[i]))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (!IsRead(mention))
                    {
                        return false;
                    }
                }
            }

            return _names.Count <= MaximumNames;
        }

        /// <summary>Follows a mention outwards to what becomes of its value.</summary>
        private bool IsRead(IdentifierNameSyntax mention)
        {
            if (IsNameOfMember(mention))
            {
                return true;
            }

            if (mention.Ancestors().TakeWhile(node => node != code).Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            {
                return false;
            }

            for (SyntaxNode at = mention; ;)
            {
                var next = Outwards(at, out var isRead);
                if (next is null)
                {
                    return isRead;
                }

                at = next;
            }
        }

        /// <summary>The expression that the value goes on in; null when it ends here, read or not.</summary>
        private SyntaxNode? Outwards(SyntaxNode at, out bool isRead)
        {
            isRead = true;
            switch (at.Parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or CheckedExpressionSyntax or PostfixUnaryExpressionSyntax:
                    return at.Parent;
                case PrefixUnaryExpressionSyntax prefix:
                    return prefix.Kind() switch
                    {
                        SyntaxKind.PointerIndirectionExpression => AddressOf(prefix),
                        SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression => prefix,
                        SyntaxKind.AddressOfExpression => Kept(out isRead),
                        _ => null,
                    };
                case BinaryExpressionSyntax binary:
                    return binary.Kind() switch
                    {
                        SyntaxKind.SubtractExpression when IsDistance(binary) => null,
                        SyntaxKind.AddExpression or SyntaxKind.SubtractExpression or SyntaxKind.CoalesceExpression or SyntaxKind.AsExpression or SyntaxKind.BitwiseAndExpression or SyntaxKind.BitwiseOrExpression => binary,
                        _ => null,
                    };
                case ElementAccessExpressionSyntax element when element.Expression == at:
                    return element.ArgumentList.Arguments.Any(index => index.Expression is RangeExpressionSyntax) || element.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax ? element : AddressOf(element);
                case MemberAccessExpressionSyntax member when member.Expression == at:
                    return Member(member, out isRead);
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } or FixedStatementSyntax or ForStatementSyntax } variable }:
                    Note(variable.Identifier.ValueText);
                    return null;
                case AssignmentExpressionSyntax assignment when assignment.Left == at:
                    return assignment.Parent is ExpressionStatementSyntax or ForStatementSyntax ? null : assignment;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } assignment when _model.GetSymbolInfo(target, cancellationToken).Symbol is ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol { RefKind: RefKind.None }:
                    Note(target.Identifier.ValueText);
                    return assignment.Parent is ExpressionStatementSyntax or ForStatementSyntax ? null : assignment;
                case ConditionalExpressionSyntax conditional:
                    return conditional.Condition == at ? null : conditional;
                case SwitchExpressionArmSyntax arm when arm.Expression == at:
                    return arm.Parent;
                case SwitchExpressionSyntax or InterpolationSyntax or ExpressionStatementSyntax or IfStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or SwitchStatementSyntax or LockStatementSyntax:
                    return null;
                case ForEachStatementSyntax loop when loop.Expression == at:
                    return null;
                case IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } or RecursivePatternSyntax { Designation: null } }:
                    return null;
                case ArgumentSyntax argument:
                    return Passed(argument, out isRead);
                default:
                    return Kept(out isRead);
            }
        }

        private static SyntaxNode? Kept(out bool isRead)
        {
            isRead = false;
            return null;
        }

        private void Note(string name)
        {
            if (!_names.Contains(name))
            {
                _names.Add(name);
            }
        }

        /// <summary><c>&amp;p[3]</c>, <c>&amp;p->Field</c>: an address in the block; without the sign it is what lies there.</summary>
        private static SyntaxNode? AddressOf(SyntaxNode node)
        {
            var outer = node;
            while (outer.Parent is ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax)
            {
                outer = outer.Parent;
            }

            return outer.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } address ? address : null;
        }

        /// <summary><c>end - start</c> is a number.</summary>
        private bool IsDistance(BinaryExpressionSyntax binary) =>
            _model.GetTypeInfo(binary, cancellationToken).Type is { SpecialType: SpecialType.System_Int64 or SpecialType.System_Int32 or SpecialType.System_UInt64 } && _model.GetTypeInfo(binary.Right, cancellationToken).Type is IPointerTypeSymbol;

        private SyntaxNode? Member(MemberAccessExpressionSyntax member, out bool isRead)
        {
            isRead = true;
            if (member.IsKind(SyntaxKind.PointerMemberAccessExpression))
            {
                return _model.GetSymbolInfo(member, cancellationToken).Symbol is IFieldSymbol { IsFixedSizeBuffer: true } ? member : AddressOf(member);
            }

            switch (member.Name.Identifier.ValueText)
            {
                case "Length" or "LongLength" or "Count" or "IsEmpty" or "IsAllocated" or "IsInvalid" or "IsClosed" or "HasValue" or "Rank" or "Target":
                    return null;
                case "Memory" or "Span" or "Value" or "Array":
                    return member;
                case "AsSpan" or "AsMemory" or "Slice" or "ToPointer" or "AddrOfPinnedObject" or "DangerousGetHandle" or "ToInt64" or "ToInt32" when member.Parent is InvocationExpressionSyntax view:
                    return view;
                case "CopyTo" or "TryCopyTo" or "Clear" or "Fill" or "IndexOf" or "SequenceEqual" or "ToArray" or "ToString" or "GetHashCode" or "Equals" or "Contains" or "Reverse" or "BinarySearch" or "GetLength" or "StartsWith" or "EndsWith" or "CompareTo"
                    when member.Parent is InvocationExpressionSyntax:
                    return null;
                default:
                    return Kept(out isRead);
            }
        }

        private SyntaxNode? Passed(ArgumentSyntax argument, out bool isRead)
        {
            isRead = true;
            if (argument.Parent is BracketedArgumentListSyntax { Parent: ElementAccessExpressionSyntax { Expression: var indexed } })
            {
                return _model.GetTypeInfo(indexed, cancellationToken).Type is IArrayTypeSymbol or IPointerTypeSymbol ? null : Kept(out isRead);
            }

            if (argument.Parent?.Parent is not { } called || _model.GetOperation(argument, cancellationToken) is not IArgumentOperation { Parameter: { } parameter })
            {
                return argument.Parent?.Parent is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } ? null : Kept(out isRead);
            }

            switch (_model.GetOperation(called, cancellationToken))
            {
                case IObjectCreationOperation { Type: { } view } when Calls.IsViewType(view):
                    return called;
                case IInvocationOperation call:
                    var callee = call.TargetMethod;
                    if (owner._known.ContractOf(call) is { } contract && contract.HandoverOf(parameter.Ordinal) is var handover and not Handover.Unknown)
                    {
                        return handover == Handover.Borrows ? null : handover is Handover.Views or Handover.SameBlock && contract.ViewParameter < 0 ? called : Kept(out isRead);
                    }

                    if (!callee.DeclaringSyntaxReferences.IsEmpty && !KnownMembers.IsImport(callee) && !callee.IsExtern)
                    {
                        isRead = IsItself(callee, parameter) || owner.Of(callee, null, parameter.Ordinal, depth - 1, cancellationToken);
                        return null;
                    }

                    if (callee.MethodKind is not (MethodKind.Ordinary or MethodKind.ReducedExtension) || callee.IsAbstract || owner._known.MayTakeOver(callee))
                    {
                        return Kept(out isRead);
                    }

                    // a number, a text or a copy; what may lead back to the block is followed
                    return callee.ReturnType.IsRefLikeType || Calls.IsViewType(callee.ReturnType) || callee.ReturnType.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr ? called
                        : callee.ReturnType.IsValueType || callee.ReturnsVoid || callee.ReturnType.SpecialType == SpecialType.System_String ? IsTask(callee.ReturnType) ? Kept(out isRead) : null
                        : Kept(out isRead);
                default:
                    return Kept(out isRead);
            }
        }

        private static bool IsTask(ITypeSymbol type) => type.MetadataName is "ValueTask" or "ValueTask`1";

        /// <summary>The body calls itself with the same parameter: what it does with it is being found out.</summary>
        private bool IsItself(IMethodSymbol callee, IParameterSymbol parameter) =>
            SymbolEqualityComparer.Default.Equals(callee.OriginalDefinition, method.OriginalDefinition) && method.Parameters[parameter.Ordinal].Name == _names[0];

        private static bool IsNameOfMember(IdentifierNameSyntax mention) =>
            mention.Parent is MemberAccessExpressionSyntax access ? access.Name == mention : mention.Parent is MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or QualifiedNameSyntax;
    }
}
