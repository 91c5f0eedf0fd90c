using System.Collections.Immutable;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Rules.Fields;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// What a body takes out of a queue or a channel, or is given by a call that makes a new one, and disposes of or puts back on one way, it leaves on another
/// (LIFE004): <c>while (queue.TryDequeue(out var frame)) { if (frame.Length > max) continue; Send(frame); frame.Dispose(); }</c>.
/// Nobody else has what has been taken out. Where the element itself may say that there is nothing to release, or that somebody else
/// does it, nothing is reported.
/// </summary>
internal sealed class TakenAndLeft(FieldOwnership ownership, KnownMembers known)
{
    /// <summary>Takes one element out, and gives it.</summary>
    private static readonly ImmutableHashSet<string> s_takings = MemberNames.Takings.Union(["TryRead", "Take", "Remove", "ReadAsync", "Receive", "ReceiveAsync", "TryReceive", "TryReceiveAsync"]);

    /// <summary>What is done on another way with what has been taken out.</summary>
    private static readonly ImmutableHashSet<string> s_doings = MemberNames.Ends.Union(MemberNames.Additions).Union(MemberNames.Offers);

    /// <summary>Words of conditions by which an element may say that it holds nothing, or that others use it.</summary>
    private static readonly ImmutableHashSet<string> s_excuses = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase,
        "ref", "refs", "reference", "references", "use", "uses", "used", "busy", "pin", "pins", "pinned", "lock", "locked", "shared", "lease", "leased", "leases", "disposed", "released", "closed", "freed", "owner", "owners", "owned", "owns", "own", "borrowed", "active", "alive", "reader", "readers", "rented", "rental", "returned", "empty", "default", "none", "has", "valid", "allocated", "invalid", "open", "retain", "retained", "keep", "kept", "pooled", "cached");

    /// <summary>Words with which the methods of a type begin that take something out of its objects, for the caller to have.</summary>
    private static readonly ImmutableHashSet<string> s_givings = ImmutableHashSet.Create(StringComparer.Ordinal, "Take", "TryTake", "Pop", "TryPop", "Dequeue", "TryDequeue", "Detach", "TryDetach", "Steal", "Swap", "Extract", "Remove", "TryRemove", "Pull", "Claim", "TryClaim");

    /// <summary>Whether the code, by its words alone, can do so to what it does not release at all.</summary>
    public static bool CanForget(SyntaxNode code, CancellationToken cancellationToken)
    {
        var words = TreeWords.Of(code.SyntaxTree, cancellationToken);
        return s_givings.Any(name => words.MentionsIn(code.Span, name, WordShapes.Call)) && code.DescendantNodes().Any(static node => node is InvocationExpressionSyntax call && MemberSyntax.NameOfCalled(call) is { } called && s_givings.Contains(called) &&
            (call.Parent is EqualsValueClauseSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax || call.ArgumentList.Arguments.Any(static argument => argument.RefKindKeyword.RawKind != 0)));
    }

    /// <summary>Whether the code, by its words alone, can do so.</summary>
    public static bool CanHappenIn(SyntaxNode code, CancellationToken cancellationToken)
    {
        var words = TreeWords.Of(code.SyntaxTree, cancellationToken);
        return s_takings.Any(name => words.MentionsIn(code.Span, name, WordShapes.Call)) && s_doings.Any(name => words.MentionsIn(code.Span, name, WordShapes.Call));
    }

    public IEnumerable<Diagnostic> Judge(BodyUnit unit, CancellationToken cancellationToken)
    {
        Dictionary<ILocalSymbol, List<SyntaxNode>>? released = null;
        foreach (var operation in unit.Operations())
        {
            if (operation is not IInvocationOperation call || VariableOf(call) is not { } variable || !OwnsSomething(variable.Type, cancellationToken) || unit.IsCaptured(variable.Name))
            {
                continue;
            }

            var isReleased = (released ??= ReleasedIn(unit)).TryGetValue(variable, out var releases);
            if (!(isReleased ? IsTaking(call, cancellationToken) || GivesUp(call.TargetMethod, cancellationToken) : GivesUp(call.TargetMethod, cancellationToken)) || !unit.MakeGraph(cancellationToken))
            {
                continue;
            }

            var paths = new UntouchedPaths(unit.Graph, variable, call, mention => OnlyLooks(mention, cancellationToken));
            if (paths.Find(cancellationToken) is { } conditions && !conditions.Any(step => Excuses(step.Condition, variable)))
            {
                yield return Report(call, variable, conditions, isReleased ? releases! : null);
            }
        }
    }

    private static Diagnostic Report(IInvocationOperation call, ILocalSymbol variable, List<(IOperation Condition, bool Outcome)> conditions, List<SyntaxNode>? releases)
    {
        var isReleased = releases is not null;
        conditions = isReleased ? conditions : [];
        var places = conditions.Select(static step => (Role: FixData.Branch, step.Condition.Syntax)).Concat((releases ?? []).Select(static release => (Role: FixData.Release, Syntax: release))).Prepend((Role: FixData.Allocation, call.Syntax)).ToList();
        var release = variable.Type is INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } owner && OwnerMembers.DisposalOf(owner) is { } own ? own : "Dispose";
        var properties = ImmutableDictionary<string, string?>.Empty.Add(FixData.OwnerKey, variable.Name).Add(FixData.ReleaseTemplateKey, "{0}." + release + "()").Add(FixData.ReleaseTextKey, release).Add(FixData.ReasonKey, isReleased ? FixData.ReasonPath : FixData.ReasonNever)
            .Add(FixData.RolesKey, string.Join(",", places.Select(static place => place.Role)));
        var way = conditions.Count > 0 ? "when " + Wording.Condition(conditions[0].Condition, conditions[0].Outcome) : "on a path to the end of the body";
        return Diagnostic.Create(isReleased ? Descriptors.NotFreedOnSomePath : Descriptors.NeverFreed, call.Syntax.GetLocation(), places.Select(static place => place.Syntax.GetLocation()), properties,
            $"'{variable.Name}'", Flow.Transfer.Call.NameOf(call.TargetMethod, call), isReleased ? $"disposed of {way}" : "disposed of", "dispose of it on every path, for example with 'using'");
    }

    /// <summary>The variable that gets what the call takes out: the <c>out</c> argument of one that says whether there was something, or the one that is given the result.</summary>
    public static ILocalSymbol? VariableOf(IInvocationOperation call)
    {
        if (call.TargetMethod.ReturnType.SpecialType == SpecialType.System_Boolean)
        {
            return call.Arguments.LastOrDefault(static argument => argument.Parameter?.RefKind == RefKind.Out)?.Value switch
            {
                IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => declared.Local,
                ILocalReferenceOperation local => local.Local,
                _ => null,
            };
        }

        IOperation value = call;
        while (value.Parent is IConversionOperation or IAwaitOperation)
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } assignment when assignment.Value == value => local.Local,
            _ => null,
        };
    }

    private bool IsTaking(IInvocationOperation call, CancellationToken cancellationToken)
    {
        var method = call.TargetMethod;
        if (method.DeclaringSyntaxReferences.IsEmpty)
        {
            return s_takings.Contains(method.Name) && method.ContainingType is { } type && (method.Name is not ("ReadAsync" or "TryRead") || type.Name == "ChannelReader") &&
                type.ContainingNamespace?.ToDisplayString() is "System.Threading.Channels" or "System.Collections.Generic" or "System.Collections.Concurrent" or "System.Threading.Tasks.Dataflow";
        }

        // what is new, and of which the flow knows no block
        return ownership.SummaryOf(method.OriginalDefinition, cancellationToken) is { IsUnknown: false, IsIterator: false } summary &&
            summary.Outcomes.Any(static outcome => outcome.Result is Sym { Kind: SymKind.NewObject }) &&
            summary.Outcomes.All(static outcome => outcome.Blocks.IsEmpty && (outcome.Result is Const { IsNullOrZero: true } || (outcome.Result is Sym { Kind: SymKind.NewObject } && !outcome.Writes.Any(write => write.Value.Equals(outcome.Result)))));
    }

    /// <summary>A method of the source that takes something out of a collection or a field, by its name and by what it does, and gives it to its caller.</summary>
    private bool GivesUp(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (!s_givings.Contains(method.Name) || method.IsAbstract || method.IsVirtual || method.IsOverride)
        {
            return false;
        }

        foreach (var declared in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            foreach (var node in declared.GetSyntax(cancellationToken).DescendantNodes())
            {
                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called }, ArgumentList.Arguments: var arguments } && (MemberNames.Takings.Contains(called) || (called == "Remove" && arguments.Count == 2) || (called == "Exchange" && arguments.Count == 2)) && node.Parent is not ExpressionStatementSyntax)
                {
                    return true;
                }
            }

            if (ownership.SummaryOf(method.OriginalDefinition, cancellationToken) is { IsUnknown: false } summary && summary.Outcomes.Any(FieldOutcomes.Detaches))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The variables that the body disposes of somewhere, or puts into a collection.</summary>
    private static Dictionary<ILocalSymbol, List<SyntaxNode>> ReleasedIn(BodyUnit unit)
    {
        var released = new Dictionary<ILocalSymbol, List<SyntaxNode>>(SymbolEqualityComparer.Default);
        foreach (var operation in unit.Operations())
        {
            switch (operation)
            {
                case IInvocationOperation { Instance: { } instance, TargetMethod: { Parameters.IsEmpty: true, Name: var name } } when MemberNames.Ends.Contains(name):
                    Add(instance, operation.Syntax);
                    break;
                case IInvocationOperation { TargetMethod.Name: var adding, Arguments: { Length: 1 or 2 } arguments } when MemberNames.Additions.Contains(adding) || MemberNames.Offers.Contains(adding):
                    Add(arguments[arguments.Length - 1].Value, null);
                    break;
                case IUsingOperation { Resources: { } resources }:
                    Add(resources, null);
                    break;
                case IConditionalAccessOperation { Operation: var receiver, WhenNotNull: IInvocationOperation { TargetMethod: { Parameters.IsEmpty: true, Name: var name } } } when MemberNames.Ends.Contains(name):
                    Add(receiver, null);
                    break;
            }
        }

        return released;

        void Add(IOperation what, SyntaxNode? release)
        {
            if (BodyAnalysis.StripConversions(what) is not ILocalReferenceOperation { Local: var local })
            {
                return;
            }

            if (!released.TryGetValue(local, out var known))
            {
                released.Add(local, known = []);
            }

            if (release is not null)
            {
                known.Add(release);
            }
        }
    }

    private bool OwnsSomething(ITypeSymbol type, CancellationToken cancellationToken) =>
        type is INamedTypeSymbol named && (named.DeclaringSyntaxReferences.IsEmpty ? known.FamilyOfOwnerType(named) is { MayStayUnreleased: false, ReleasedByDispose: true } : !IsHandle(named) && ownership.ReleasesAnything(named, cancellationToken));

    /// <summary>A finalizer releases what is left.</summary>
    private static bool IsHandle(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "SafeHandle" or "CriticalHandle")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a number, a flag or a view of the variable, compares it with nothing, or hands it to a method that only looks at it as well.</summary>
    private bool OnlyLooks(IOperation mention, CancellationToken cancellationToken)
    {
        var value = mention;
        while (value.Parent is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation)
        {
            value = value.Parent;
        }

        switch (value.Parent)
        {
            case IPropertyReferenceOperation property when property.Instance == value:
                return IsPlain(property.Type) || (IsView(property.Type) && !IsReturned(property));
            case IFieldReferenceOperation field when field.Instance == value:
                return IsPlain(field.Type) && field.Parent is not (IAssignmentOperation or IIncrementOrDecrementOperation);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } or IIsNullOperation:
                return true;
            case IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
                return true;
            case IInvocationOperation call when call.Instance == value:
                return !MemberNames.Ends.Contains(call.TargetMethod.Name) && IsPlain(call.Type) && LeavesAlone(ownership, call.TargetMethod, null, cancellationToken);
            case IArgumentOperation { Parameter: { RefKind: RefKind.None or RefKind.In } parameter, Parent: IInvocationOperation call }:
                return IsPlain(call.Type) && LeavesAlone(ownership, call.TargetMethod, parameter, cancellationToken);
            default:
                return false;
        }
    }

    /// <summary>The method's body releases nothing of what it is handed, and gives it nobody.</summary>
    public static bool LeavesAlone(FieldOwnership ownership, IMethodSymbol method, IParameterSymbol? parameter, CancellationToken cancellationToken) =>
        method is { IsVirtual: false, IsAbstract: false, IsOverride: false, IsAsync: false } && ownership.SummaryOf(method.OriginalDefinition, cancellationToken) is { IsUnknown: false, IsIterator: false } summary &&
        summary.Outcomes.Concat(summary.Throwing).All(outcome => !outcome.Effects.Any(effect => IsOf(effect.Input, parameter)) && !outcome.Writes.Any(write => write.Value is Sym { IsInput: true } kept && IsOf(kept, parameter)));

    private static bool IsOf(Sym input, IParameterSymbol? parameter) => CapturedBlocks.StartOf(input) is { } start &&
        (parameter is null ? start.Kind == PlaceKind.This : start is { Kind: PlaceKind.Parameter, Root: IParameterSymbol given } && given.Ordinal == parameter.Ordinal);

    private static bool IsPlain(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_String } or { IsValueType: true, SpecialType: not (SpecialType.None or SpecialType.System_IntPtr or SpecialType.System_UIntPtr) } or { Name: "Guid" or "DateTime" or "DateTimeOffset" or "TimeSpan" };

    private static bool IsView(ITypeSymbol? type) => type is { MetadataName: "Span`1" or "ReadOnlySpan`1" or "Memory`1" or "ReadOnlyMemory`1" };

    /// <summary>The view leaves the body, or goes into something that does; a copy of it, or its length, is none.</summary>
    private static bool IsReturned(IOperation view)
    {
        var last = view;
        for (var outer = view.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IReturnOperation or IAssignmentOperation or IObjectCreationOperation or IVariableInitializerOperation or IFlowCaptureOperation)
            {
                return true;
            }

            if (outer is IInvocationOperation or IPropertyReferenceOperation && !IsView(outer.Type))
            {
                return outer is IInvocationOperation { Type: { SpecialType: SpecialType.None, IsRefLikeType: false } and not IArrayTypeSymbol };
            }

            last = outer;
        }

        // what a block ends with is returned, or asked
        return last is { Syntax.Parent: ReturnStatementSyntax or ArrowExpressionClauseSyntax };
    }

    /// <summary>The condition asks the element, in words that may mean that there is nothing to do.</summary>
    public static bool Excuses(IOperation condition, ILocalSymbol variable) =>
        condition.Syntax.DescendantTokens().Any(token => token.ValueText == variable.Name) &&
        condition.Syntax.DescendantTokens().Any(token => token.Parent is SimpleNameSyntax && token.ValueText != variable.Name && NameReader.WordsOf(token.ValueText).Exists(s_excuses.Contains));
}
