using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using LifetimeAnalyzers.Rules.Blocks;
using LifetimeAnalyzers.Rules.Fields;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules;

/// <summary>How messages put what was found: names, lines, paths, ways out.</summary>
internal static class Wording
{
    /// <summary>What the code calls the block.</summary>
    public static string Block(Block block) => Owner(block) is { Length: > 0 } owner && IsOneName(owner) && !IsHandedOut(block, owner) ? owner
        : block.FirstHolder?.DisplayName is { Length: > 0 } held ? held
        : block is { CountedBy: not null, Site: IInvocationOperation { Instance: { } counting } } && Calls.NameOf(counting) is { Length: > 0 } count ? count
        : block is { IsKeptByObject: true, Site: IInvocationOperation { Instance: ILocalReferenceOperation { Local.Name: var keeper } } } ? keeper
        : OutVariable(block) is { } given ? given
        : block.External?.DisplayName is { Length: > 0 } name ? name : "the block";

    /// <summary>The variable of the only <c>out</c> argument of the call that gave an object which owns the block.</summary>
    private static string? OutVariable(Block block)
    {
        if (block is not { OwnerType: { } owner, Site: IInvocationOperation call })
        {
            return null;
        }

        var outs = call.Arguments.Where(argument => argument.Parameter is { RefKind: RefKind.Out, Type: var type } && SymbolEqualityComparer.Default.Equals(type, owner)).ToList();
        return outs.Count != 1 ? null : outs[0].Value switch
        {
            IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local.Name: var declared } } => declared,
            ILocalReferenceOperation { Local.Name: var local } => local,
            _ => null,
        };
    }

    /// <summary>The block came by an argument, and it is something else that the result was given to.</summary>
    private static bool IsHandedOut(Block block, string owner) =>
        block is { FirstHolder.Base: { Kind: PlaceKind.Local or PlaceKind.Parameter, DisplayName: { Length: > 0 } name }, Site.Syntax: InvocationExpressionSyntax call } && name != owner && call.ArgumentList.DescendantTokens().Any(token => token.ValueText == name);

    /// <summary>A deconstruction names several things at once.</summary>
    private static bool IsOneName(string owner) => owner[0] != '(' && !owner.EndsWith(")", StringComparison.Ordinal);

    /// <summary>The block at the beginning of a sentence: its name in quotes, when it has one.</summary>
    public static string Subject(Block block) => Block(block) is var name && name != "the block" ? $"'{name}'" : "The block";

    /// <summary>The same of a block that is lost: one of several that a call gave is called by the member that holds it.</summary>
    public static string Subject(Block block, Finding leak) =>
        leak is { Kind: FindingKind.LostInside, Name: { Length: > 0 } member, Function: { } outer } && Block(block) == outer ? $"'{outer}->{member}'"
            : leak.State is { IsDetached: true } && Owner(block, leak) is { Length: > 0 } taken && IsOneName(taken) ? $"'{taken}'"
            : Subject(block);

    /// <summary>What has to be done with a block in the end.</summary>
    public static string Done(Block block) => block.Family switch
    {
        { ReleasedByDispose: true } => "disposed of",
        { Lifetime: Lifetime.Pool } => "returned",
        { IsOfReceiver: true } or { IsCounted: true } => "released",
        _ => "freed",
    };

    /// <summary>The variable that an allocation's result is first given to; empty when there is none.</summary>
    public static string Owner(Block block) => Owner(block.Site);

    /// <summary>The same of a block that an object has given away: what took it.</summary>
    public static string Owner(Block block, Finding? finding) => Owner(finding?.State is { IsDetached: true } && block.DetachedAt is { } taken ? taken : block.Site);

    private static string Owner(IOperation? site)
    {
        if (site?.Parent is IBinaryOperation { OperatorMethod: { DeclaringSyntaxReferences.IsEmpty: false } })
        {
            // 'a * b * c': what the variable is given is the last product
            return "";
        }

        for (var node = site?.Syntax; node is not null and not StatementSyntax; node = node.Parent)
        {
            switch (node.Parent)
            {
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }:
                    return declarator.Identifier.ValueText;
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                    return property.Identifier.ValueText;
                case AssignmentExpressionSyntax assignment when assignment.Right == node:
                    return assignment.Left.ToString();
                case ArgumentSyntax or LambdaExpressionSyntax:
                    return "";
            }
        }

        return "";
    }

    /// <summary>What to do about a block that is not released.</summary>
    public static string WayOut(Block block, Finding? leak = null) => block.OwnerType is { } owner && leak?.State?.IsDetached != true
        ? WayOutOf(owner, block.Family)
        : block is { IsKeptByObject: true, Site: IInvocationOperation { Instance.Type: INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } keeper } } && leak?.State?.IsDetached != true ? WayOutOf(keeper, block.Family)
        : block.Family is { ReleasedByDispose: true } ? "dispose of it on every path, for example with 'using'"
        : block.Family is { } family ? $"call {family.ReleaseText} on every path, for example in a finally"
        : "release it on every path";

    /// <summary>The same, by the function that another path calls when the block comes from one of the same type: <c>pool.Return(block)</c>. A function that only happens to release it is no way out.</summary>
    public static string WayOut(Block block, Finding leak, BodyResult result)
    {
        if (block is { OwnerType: null, Site: IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.IsEmpty: false, ContainingType: { } type } } })
        {
            var releases = result.Facts.Releases.Where(pair => pair.Key.Site?.Syntax == block.Site.Syntax).SelectMany(static pair => pair.Value)
                .Concat(result.Facts.Departures.Where(departure => departure.Block.Site?.Syntax == block.Site.Syntax).Select(static departure => departure.At))
                .Select(static release => (release as IInvocationOperation)?.TargetMethod).Where(static release => release is null || EndWords.SaysSo(release.Name)).Distinct<IMethodSymbol?>(SymbolEqualityComparer.Default).ToList();
            if (releases.Count == 1 && releases[0] is { MethodKind: MethodKind.Ordinary, DeclaringSyntaxReferences.IsEmpty: false } only && SymbolEqualityComparer.Default.Equals(only.ContainingType, type))
            {
                return $"call {type.Name}.{only.Name} on every path, for example in a finally";
            }
        }

        return WayOut(block, leak);
    }

    /// <summary>An object that owns the block: what it offers for its release.</summary>
    private static string WayOutOf(ITypeSymbol owner, Family? family)
    {
        if (owner.IsRefLikeType || owner.AllInterfaces.Any(declared => declared.SpecialType == SpecialType.System_IDisposable || declared.Name == "IAsyncDisposable"))
        {
            return $"dispose of the '{owner.Name}' on every path, for example with 'using'";
        }

        var last = family?.ReleaseText is { } text ? text.Substring(text.LastIndexOf('.') + 1) : "";
        return owner is INamedTypeSymbol type && (OwnerMembers.DisposalOf(type) is { } name && name != "the finalizer" ? name : NamedLike(type, last)) is { } release
            ? $"call '{owner.Name}.{release}' on every path, for example in a finally"
            : $"release what the '{owner.Name}' holds on every path";
    }

    private static string? NamedLike(INamedTypeSymbol type, string release)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(release).Any(member => member is IMethodSymbol { IsStatic: false, Parameters.IsEmpty: true }))
            {
                return release;
            }
        }

        return null;
    }

    public static string ScopedWayOut(Block block, Finding leak, BodyResult result)
    {
        var (plain, own) = (WayOut(block, leak), WayOut(block, leak, result));
        return own != plain ? own : block is { OwnerType: null, IsKeptByObject: false } ? ScopedWayOut(block) : plain;
    }

    private static string ScopedWayOut(Block block) => block.Family is { Lifetime: Lifetime.Process, IsPointer: true, IsInferred: false }
        ? $"take it from the request with Heap.Emalloc, or call {block.Family.ReleaseText}"
        : WayOut(block);

    public static string ScopePerIteration(Block block) =>
        $"begin a RequestScope in each iteration, or call {block.Family?.ReleaseText ?? "Heap.Efree"}";

    /// <summary>The growth per request, when the size is known.</summary>
    public static string Growth(Block block) => BlockSize.InWords(block) is { } size ? $", so the process grows by {size} a request" : "";

    /// <summary>What a body is called in a sentence.</summary>
    public static string Body(BodyUnit unit) => unit.Method is { MethodKind: MethodKind.LambdaMethod } ? "the lambda" : $"'{(unit.Method ?? unit.Member).Name}'";

    /// <summary>What becomes of a block that is never freed.</summary>
    public static string Fate(Finding leak) => leak.Kind switch
    {
        FindingKind.LostByOverwrite => $": '{leak.Name}' is given another value on line {Line(leak.At)}",
        FindingKind.LostInside => $": '{leak.Function}' holds it and is released on line {Line(leak.At)}",
        FindingKind.LostInIteration => ": every iteration takes a new one",
        _ => "",
    };

    /// <summary>The path on which a block is lost.</summary>
    public static string PathOf(Finding leak, BodyResult result)
    {
        switch (leak.Kind)
        {
            case FindingKind.LostByOverwrite:
                return $"before '{leak.Name}' is given another value on line {Line(leak.At)}";
            case FindingKind.LostInside:
                return $"before '{leak.Function}', which holds it, is released on line {Line(leak.At)}";
            case FindingKind.LostInIteration when leak.State?.ThrownBy is { } caught:
                return $"when {Thrown(caught)} and the exception is caught, before the next iteration takes a new one";
            case FindingKind.LostInIteration:
                return $"{(DecidingStepOfRound(leak) is { } turn ? $"when {ConditionOf(turn)}, " : "")}before the next iteration takes a new one";
        }

        if (leak is { Kind: FindingKind.LostAtExit, State.ThrownBy: null } && OverwrittenInLoop(leak) is { } overwriting)
        {
            return $"before '{Owner(leak.Block!)}' is given another value on line {Line(overwriting)}";
        }

        var when = leak.Path is { } step && DecidingStep(leak, step, result) is { } deciding
            ? "when " + ConditionOf(deciding)
            : "on a path to the end of the body";
        return (leak.State?.InterruptedBy ?? leak.State?.ThrownBy) is { } thrower ? $"when {Thrown(thrower)} and the exception is caught" : when;
    }

    /// <summary>The assignment in a loop that the path has gone round, by which the variable has lost the block.</summary>
    private static SyntaxNode? OverwrittenInLoop(Finding leak)
    {
        if (leak.Block is not { Site.Syntax: { } allocation } block || Owner(block) is not { Length: > 0 } variable || !IsOneName(variable))
        {
            return null;
        }

        for (var step = leak.Path; step is not null; step = step.Before)
        {
            var loop = step.Condition.Syntax.AncestorsAndSelf().FirstOrDefault(static node => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax);
            var (isCondition, body) = loop switch
            {
                ForStatementSyntax counting => (counting.Condition?.Span.Contains(step.Condition.Syntax.Span) == true, counting.Statement),
                WhileStatementSyntax asking => (asking.Condition.Span.Contains(step.Condition.Syntax.Span), asking.Statement),
                CommonForEachStatementSyntax each => (!each.Statement.Span.Contains(step.Condition.Syntax.Span), each.Statement),
                _ => (false, null),
            };
            if (!isCondition || !step.Outcome || body is null || allocation.SpanStart > body.Span.End)
            {
                continue;
            }

            var statements = body is BlockSyntax several ? several.Statements.ToArray() : [body];
            var overwriting = statements.OfType<ExpressionStatementSyntax>().FirstOrDefault(statement => statement.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var target } } && target == variable);
            if (overwriting is not null && (!body.Span.Contains(allocation.Span) || overwriting.Span.Contains(allocation.Span)))
            {
                return overwriting;
            }
        }

        return null;
    }

    /// <summary>Of many blocks one is released.</summary>
    public static string AllButOne(IOperation release) => $"but for the one that goes to {Function(release)} on line {Line(release)}";

    /// <summary>A loop releases all of them but the first or the last.</summary>
    public static string LeftOut(IOperation release) => $"where the loop around {Function(release)} on line {Line(release)} leaves an element out";

    /// <summary>The same of a loop that looks into an element, and goes on.</summary>
    public static string PassesOver(IOperation release, ExpressionSyntax condition) => $"where the loop around {Function(release)} on line {Line(release)} passes over it because of '{Short(condition.ToString())}'";

    /// <summary>It is taken out of its collection, and forgotten.</summary>
    public static string TakenOut(SyntaxNode call) => $"where '{Short(call.ToString())}' on line {Line(call)} takes it out";

    /// <summary>What throws while the block is owned.</summary>
    public static string Thrower(Finding leak) => (leak.State?.ThrownBy ?? leak.At) is { } thrower ? Thrown(thrower) : "an exception is thrown";

    /// <summary>The release that came first.</summary>
    public static string FirstRelease(Finding finding) =>
        finding.State?.ReleasedAt is { } release
            ? $"{Function(release)} on line {Line(release)}{(finding.Kind != FindingKind.UseAfterFree && release.Syntax == finding.At?.Syntax ? ", in an earlier iteration," : "")}"
            : "an earlier release";

    /// <summary>A release, by its function and where it is.</summary>
    public static string Release(IOperation release) => $"{Function(release)} on line {Line(release)}";

    /// <summary>Whether the operation certainly throws: a throw statement or expression.</summary>
    public static bool IsThrow(IOperation operation)
    {
        for (var node = operation.Syntax; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            if (node is ThrowStatementSyntax or ThrowExpressionSyntax)
            {
                return true;
            }

            if (node is StatementSyntax)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The last condition after the allocation that could have turned out otherwise; after a reallocation that failed, the test of its result.</summary>
    private static Step? DecidingStep(Finding leak, Step last, BodyResult result)
    {
        var allocated = leak.Block?.Site?.Syntax.SpanStart ?? 0;
        var reallocated = result.Facts.Reallocations.Where(pair => leak.Block?.Site is { } site && pair.Key.Site?.Syntax == site.Syntax).SelectMany(pair => pair.Value).Select(call => call.Syntax.SpanStart).DefaultIfEmpty(-1).Max();
        Step? deciding = null, foregone = null;
        for (var step = last; step is not null; step = step.Before)
        {
            if (step.Condition is IIsNullOperation { IsImplicit: true } || step.Condition.Syntax.Parent is LockStatementSyntax)
            {
                // the test of 'using' and 'foreach' before they dispose, and that of 'lock' before it lets go
                continue;
            }

            if (step.IsForegone && (reallocated < 0 || step.Condition.Syntax.SpanStart < reallocated))
            {
                foregone ??= step.Condition.Syntax.SpanStart > allocated ? step : null;
                continue;
            }

            if (step.Condition.Syntax.SpanStart > allocated || (IsOffer(step.Condition) && step.Condition.Syntax.Span.Contains(allocated)))
            {
                return step;
            }

            deciding ??= step;
        }

        return foregone ?? deciding;
    }

    /// <summary>The last condition of the round, behind the allocation, that is not the loop's own.</summary>
    private static Step? DecidingStepOfRound(Finding leak)
    {
        if (leak.Block?.Site?.Syntax is not { } allocation || allocation.FirstAncestorOrSelf<StatementSyntax>(static node => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax) is not { } loop)
        {
            return null;
        }

        for (var step = leak.Path; step is not null; step = step.Before)
        {
            if (step.Condition.Syntax is var condition && condition.SpanStart > allocation.SpanStart && loop.Span.Contains(condition.Span) && !step.IsForegone && step.Condition is not IIsNullOperation { IsImplicit: true } &&
                condition.FirstAncestorOrSelf<IfStatementSyntax>() is { } branch && branch.Condition.Span.Contains(condition.Span))
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>On the path the block is offered to a table that has another one.</summary>
    public static bool IsOffered(Step? path)
    {
        for (var step = path; step is not null; step = step.Before)
        {
            if (IsOffer(step.Condition))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOffer(IOperation condition) => condition is IInvocationOperation { TargetMethod.Name: "GetOrAdd" };

    private static string ConditionOf(Step step) => Condition(step.Condition, step.Outcome);

    /// <summary>A condition and how it turned out; of a case, what is compared with it.</summary>
    public static string Condition(IOperation condition, bool outcome)
    {
        if (condition.Syntax is { Parent: CommonForEachStatementSyntax loop } collection && loop.Expression == collection)
        {
            return $"the loop on line {Line(condition)} {(outcome ? "goes on" : "has ended")}";
        }

        if (IsOffer(condition))
        {
            return $"{Function(condition)} on line {Line(condition)} finds another one";
        }

        // of a switch expression, the pattern of an arm is the condition
        var text = Short((condition.Syntax is SwitchExpressionArmSyntax whole ? whole.WhenClause is { } guard && condition is not IIsPatternOperation ? guard.Condition : whole.Pattern : condition.Syntax).ToString());
        var compared = condition.Syntax.FirstAncestorOrSelf<SyntaxNode>(static node => node is SwitchLabelSyntax or SwitchExpressionArmSyntax or StatementSyntax) switch
        {
            SwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax statement } => statement.Expression,
            SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax expression } arm when (condition.Syntax == arm && (condition is IIsPatternOperation || arm.WhenClause is null)) || arm.Pattern.Span.Contains(condition.Syntax.Span) => expression.GoverningExpression,
            _ => null,
        };
        if (!outcome && compared is not null && IsLastCase(condition.Syntax))
        {
            return $"'{Short(compared.ToString())}' on line {Line(compared)} is none of the cases";
        }

        return compared is null || (condition.Syntax is not SwitchExpressionArmSyntax && condition.Syntax.Span.Contains(compared.Span))
            ? $"'{text}' on line {Line(condition)} is {(outcome ? "true" : "false")}"
            : $"'{Short(compared.ToString())}' on line {Line(condition)} is {(outcome ? "" : "not ")}'{text}'";
    }

    private static string Thrown(IOperation thrower)
    {
        if (IsThrow(thrower))
        {
            return $"the exception on line {Line(thrower)} is thrown";
        }

        return thrower switch
        {
            IAwaitOperation => $"the await on line {Line(thrower)} throws or is cancelled",
            IReturnOperation => $"the iteration is abandoned at the yield on line {Line(thrower)}",
            _ => $"'{Function(thrower)}' on line {Line(thrower)} throws",
        };
    }

    private static string Function(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } => Call.NameOf(method, operation) is { Length: > 0 } name ? name : Short(operation.Syntax.ToString()),
        IObjectCreationOperation creation => "new " + creation.Type?.Name,
        IPropertyReferenceOperation property => property.Property.Name,
        _ => Short(operation.Syntax.ToString()),
    };

    /// <summary>The last label of a <c>switch</c> statement that has several: what is not that one is none of them.</summary>
    private static bool IsLastCase(SyntaxNode condition) =>
        condition.FirstAncestorOrSelf<SwitchLabelSyntax>() is { Parent.Parent: SwitchStatementSyntax { Sections.Count: > 1 } statement } label &&
        statement.Sections.SelectMany(static section => section.Labels).LastOrDefault(static one => one is not DefaultSwitchLabelSyntax) == label;

    private static int Line(IOperation? operation) => operation is null ? 0 : Line(operation.Syntax);

    private static int Line(SyntaxNode syntax) => syntax.SyntaxTree.GetLineSpan(syntax.Span).StartLinePosition.Line + 1;

    private static string Short(string text)
    {
        var line = string.Join(" ", text.Split(new[] { '\r', '\n', ' ', '\t' }, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 60 ? line : line.Substring(0, 57) + "...";
    }
}
