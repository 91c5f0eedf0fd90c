using System.Collections.Immutable;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// A function of the source takes a block out of a list, a ring or a table in native memory (<c>Pop</c>, <c>Unlink</c>), and others who call it release
/// what it has taken out; this body looks at it and leaves it (LIFE003), or leaves it on one way (LIFE004). Thread-safe.
/// </summary>
internal sealed class TakenPointers(FieldOwnership ownership, IdentifierIndex names, ReleasedArguments released)
{
    /// <summary>So many places that call a function are looked at.</summary>
    private const int MaxCalls = 60;

    /// <summary>Words in the names of functions that take something out and give it.</summary>
    private static readonly ImmutableHashSet<string> s_giving = Words("take", "pop", "dequeue", "extract", "detach", "steal", "swap", "pull", "shift", "remove", "unlink", "exchange");

    /// <summary>Words in the names of functions that take out what they are handed.</summary>
    private static readonly ImmutableHashSet<string> s_unlinking = Words("unlink", "remove", "detach", "extract", "cut", "unhook");

    private static readonly ImmutableHashSet<string> s_taking = s_giving.Union(s_unlinking);

    /// <summary>Without one of these words, a file has hardly to do with addresses.</summary>
    private static readonly int[] s_wordsOfAddresses = new[] { "unsafe", "nint", "IntPtr" }.Select(TreeWords.HashOf).ToArray();

    /// <summary>Words that say that what has been taken out is still held, or that there is none.</summary>
    private static readonly ImmutableHashSet<string> s_partly = Words("peek", "from", "at", "all", "if", "reference", "ref", "share", "weak", "borrow");

    /// <summary>Whether the code, by its words alone, can do so.</summary>
    public static bool CanHappenIn(SyntaxNode code) =>
        code.DescendantNodes().Any(static node => node is InvocationExpressionSyntax call && MemberSyntax.NameOfCalled(call) is { } called && IsNamedSo(called, s_taking));

    /// <summary>Whether the file has to do with addresses.</summary>
    public static bool IsAboutAddresses(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var words = TreeWords.Of(tree, cancellationToken);
        return Array.Exists(s_wordsOfAddresses, words.Mentions);
    }

    public IEnumerable<Diagnostic> Judge(BodyUnit unit, CancellationToken cancellationToken)
    {
        foreach (var operation in unit.Operations())
        {
            if (operation is not IInvocationOperation { TargetMethod: { IsAbstract: false, IsVirtual: false, IsOverride: false, IsExtern: false, DeclaringSyntaxReferences.IsEmpty: false } method } call ||
                !IsTaking(call, out var variable) || SymbolEqualityComparer.Default.Equals(method, unit.Member) || !TakesOut(method, call, cancellationToken) || (variable is not null && unit.IsCaptured(variable.Name)))
            {
                continue;
            }

            var own = variable is not null ? released.Of(variable.Name, unit.Syntax, cancellationToken).ToList() : [];
            if ((own.Count > 0 ? own[0] : ReleaseByOthers(method, unit, cancellationToken)) is not { } evidence || evidence.Family is not { IsCounted: false, MayStayUnreleased: false })
            {
                continue;
            }

            if (variable is null)
            {
                yield return Report(call, method.Name + "()", [], evidence, [], released.EvidenceOf(evidence, cancellationToken).SetItem(FixData.NoFixKey, "true"));
            }
            else if (unit.MakeGraph(cancellationToken) && new UntouchedPaths(unit.Graph, variable, call, mention => OnlyLooks(mention, cancellationToken)).Find(cancellationToken) is { } conditions && !conditions.Any(step => TakenAndLeft.Excuses(step.Condition, variable)))
            {
                var properties = released.EvidenceOf(evidence, cancellationToken);
                yield return Report(call, variable.Name, conditions, evidence, own, IsOnlyLookedAt(unit, variable, own, cancellationToken) ? properties : properties.SetItem(FixData.LeavesBodyKey, "true"));
            }
        }
    }

    /// <summary>On no way somebody else gets it: a fix may release it wherever it is not released yet.</summary>
    private bool IsOnlyLookedAt(BodyUnit unit, ILocalSymbol variable, List<ReleasedArgument> own, CancellationToken cancellationToken) =>
        unit.Operations().OfType<ILocalReferenceOperation>().Where(mention => !mention.IsDeclaration && SymbolEqualityComparer.Default.Equals(mention.Local, variable))
            .All(mention => mention.Parent is ISimpleAssignmentOperation { Target: var target } && target == mention || own.Exists(release => release.Call.Span.Contains(mention.Syntax.Span)) || OnlyLooks(mention, cancellationToken));

    private static Diagnostic Report(IInvocationOperation call, string name, List<(IOperation Condition, bool Outcome)> conditions, ReleasedArgument evidence, List<ReleasedArgument> own, ImmutableDictionary<string, string?> properties)
    {
        var isReleased = own.Count > 0;
        var places = (isReleased ? conditions : []).Select(static step => (Role: FixData.Branch, step.Condition.Syntax)).Concat(own.Select(static release => (Role: FixData.Release, Syntax: (SyntaxNode)release.Call))).Prepend((Role: FixData.Allocation, call.Syntax)).ToList();
        properties = properties.SetItem(FixData.TakenOutKey, "true").SetItem(FixData.OwnerKey, name).SetItem(FixData.ReasonKey, isReleased ? FixData.ReasonPath : FixData.ReasonNever).SetItem(FixData.RolesKey, string.Join(",", places.Select(static place => place.Role)));
        var way = isReleased && conditions.Count > 0 ? "when " + Wording.Condition(conditions[0].Condition, conditions[0].Outcome) : "on a path to the end of the body";
        return Diagnostic.Create(isReleased ? Descriptors.NotFreedOnSomePath : Descriptors.NeverFreed, call.Syntax.GetLocation(), places.Select(static place => place.Syntax.GetLocation()), properties,
            $"'{name}'", Flow.Transfer.Call.NameOf(call.TargetMethod, call), isReleased ? $"freed {way}" : "freed", $"call {evidence.Name} on every path");
    }

    /// <summary>Whether a call takes something out by its form: its result, which may be dropped, or what the variable holds that it is handed.</summary>
    private static bool IsTaking(IInvocationOperation call, out ILocalSymbol? variable)
    {
        var method = call.TargetMethod;
        if (IsAddress(method.ReturnType))
        {
            variable = TakenAndLeft.VariableOf(call);
            return IsNamedSo(method.Name, s_giving) && (variable is not null || call.Parent is IExpressionStatementOperation);
        }

        variable = call.Arguments.Where(static argument => IsNode(argument.Parameter?.Type)).Select(static argument => argument.Value).OfType<ILocalReferenceOperation>().LastOrDefault(static node => !node.IsDeclaration)?.Local;
        return variable is not null && method.ReturnsVoid && IsNamedSo(method.Name, s_unlinking);
    }

    private static bool IsAddress(ITypeSymbol type) => type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr };

    private static bool IsNode(ITypeSymbol? type) => type is IPointerTypeSymbol { PointedAtType: { TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: false } };

    private static bool IsNamedSo(string name, ImmutableHashSet<string> words) =>
        NameReader.WordsOf(name) is var parts && parts.Exists(words.Contains) && !parts.Exists(s_partly.Contains);

    /// <summary>The function changes what it takes from, makes nothing of its own, and releases nothing of what it is handed.</summary>
    private bool TakesOut(IMethodSymbol method, IInvocationOperation call, CancellationToken cancellationToken) =>
        ownership.SummaryOf(method.OriginalDefinition, cancellationToken) is { IsUnknown: false, IsIterator: false } summary &&
        summary.Outcomes.All(static outcome => outcome.Blocks.IsEmpty && outcome.Effects.All(static effect => effect.Ownership != Ownership.Released)) &&
        method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is var body && body.DescendantNodes().Any(node => IsRemoval(node) || (node is InvocationExpressionSyntax inner && inner.Expression is IdentifierNameSyntax { Identifier.ValueText: var name } && name != method.Name && call.TargetMethod.ContainingType.GetMembers(name).OfType<IMethodSymbol>().Any(other => IsNamedSo(other.Name, s_unlinking))));

    /// <summary><c>_slots[i] = 0</c>, <c>_head = node->Next</c>, <c>_count--</c>, <c>Interlocked.Exchange(ref _slot, 0)</c>, <c>_queue.Dequeue()</c>.</summary>
    private static bool IsRemoval(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or PrefixUnaryExpressionSyntax } => true,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name } } assignment => !IsLocal(name, assignment),
        PostfixUnaryExpressionSyntax { Operand: MemberAccessExpressionSyntax } => true,
        InvocationExpressionSyntax call => MemberSyntax.NameOfCalled(call) is "Exchange" or "CompareExchange" || (MemberSyntax.NameOfCalled(call) is { } called && MemberNames.Takings.Contains(called)),
        _ => false,
    };

    private static bool IsLocal(string name, SyntaxNode at) =>
        at.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member && member.DescendantNodes().Any(node => node switch
        {
            VariableDeclaratorSyntax declared => declared.Identifier.ValueText == name,
            ParameterSyntax parameter => parameter.Identifier.ValueText == name,
            SingleVariableDesignationSyntax designation => designation.Identifier.ValueText == name,
            _ => false,
        });

    /// <summary>How another body releases what the function takes out; null where none does, or only after it has taken it out of another table as well.</summary>
    private ReleasedArgument? ReleaseByOthers(IMethodSymbol method, BodyUnit unit, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var place in names.PlacesOf(method.Name, cancellationToken))
        {
            if (++count > MaxCalls)
            {
                return null;
            }

            if (place.Parent is not SimpleNameSyntax named || named.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } called || MemberSyntax.NameOfCalled(called) != method.Name || named.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } caller || caller.Span.Contains(unit.Syntax.Span) && caller.SyntaxTree == unit.Syntax.SyntaxTree)
            {
                continue;
            }

            if (released.OperationOf(called, cancellationToken) is not { } operation || !SymbolEqualityComparer.Default.Equals(operation.TargetMethod.OriginalDefinition, method.OriginalDefinition))
            {
                continue;
            }

            if ((released.ByParent(called, cancellationToken) ?? (IsTaking(operation, out var variable) && variable is not null && IsOnlyTakenOnce(variable.Name, caller, method.Name) ? released.Of(variable.Name, caller, cancellationToken).FirstOrDefault(release => release.Call.SpanStart > called.SpanStart) : null)) is { } release)
            {
                return release;
            }
        }

        return null;
    }

    /// <summary>Nobody takes it out of another table as well: then the first still leaves it there.</summary>
    private static bool IsOnlyTakenOnce(string variable, SyntaxNode body, string taking) =>
        !body.DescendantNodes().Any(node => node is InvocationExpressionSyntax call && MemberSyntax.NameOfCalled(call) is { } called && called != taking && NameReader.WordsOf(called).Exists(s_unlinking.Contains) && call.ArgumentList.Arguments.Any(argument => argument.Expression.ToString().StartsWith(variable, StringComparison.Ordinal)));

    /// <summary>Reads a number of the block, asks whether there is one, clears a link in it, or hands it to a function that only looks at it as well.</summary>
    private bool OnlyLooks(IOperation mention, CancellationToken cancellationToken)
    {
        var value = mention;
        while (value.Parent is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation)
        {
            value = value.Parent;
        }

        switch (value.Parent)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } or IIsNullOperation or IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
                return true;
            case IArgumentOperation { Parameter: { RefKind: RefKind.None } parameter, Parent: IInvocationOperation { TargetMethod: var method } call }:
                return method.ContainingType.Name == "Marshal" ? method.Name.StartsWith("Read", StringComparison.Ordinal) : IsPlain(call.Type) && LeavesAlone(method, parameter, cancellationToken);
            case { Kind: OperationKind.None, Parent: IFieldReferenceOperation { Field.Type: var type } member }:
                return IsPlain(type) ? member.Parent is not (IAssignmentOperation or IIncrementOrDecrementOperation or IAddressOfOperation) : member.Parent is ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true } } cleared && cleared.Target == member;
            default:
                return false;
        }
    }

    /// <summary>The function neither releases nor keeps what it is handed, and writes nothing into it.</summary>
    private bool LeavesAlone(IMethodSymbol method, IParameterSymbol parameter, CancellationToken cancellationToken) =>
        method is { IsExtern: false, DeclaringSyntaxReferences.IsEmpty: false } && TakenAndLeft.LeavesAlone(ownership, method, parameter, cancellationToken) &&
        ownership.SummaryOf(method.OriginalDefinition, cancellationToken) is { } summary && summary.Outcomes.Concat(summary.Throwing).All(outcome => !outcome.Writes.Any(write => write.Key.Base.Root is Sym { Place.Root: IParameterSymbol changed } && changed.Ordinal == parameter.Ordinal));

    private static bool IsPlain(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Enum } or { IsValueType: true, SpecialType: not (SpecialType.None or SpecialType.System_IntPtr or SpecialType.System_UIntPtr) } or { SpecialType: SpecialType.System_Void };

    private static ImmutableHashSet<string> Words(params string[] words) => ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, words);
}
