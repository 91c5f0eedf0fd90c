using System.Collections.Immutable;
using LifetimeAnalyzers.Configuration;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Rules.Fields;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ExecutionContext = LifetimeAnalyzers.Contexts.ExecutionContext;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>A block that is not released: LIFE001 to LIFE005 and LIFE016. One report for each allocation.</summary>
internal static class LeakRules
{
    public static IEnumerable<Diagnostic> Judge(BodyResult result, Func<INamedTypeSymbol, bool> releases, Func<IFieldSymbol, bool> empties, Func<SyntaxNode, ExecutionContext> contextAt, Func<SyntaxNode, ExecutionContext> contextNear, ThrowingPaths throwing, bool rentedWhenThrowing)
    {
        var leaks = result.Facts.Findings.Where(finding => finding.Kind is FindingKind.LostAtExit or FindingKind.LostByThrow or FindingKind.LostByOverwrite or FindingKind.LostInside or FindingKind.LostInIteration or FindingKind.Discarded).ToList();
        leaks.RemoveAll(leak => HandedOnInLoop.Explains(leak, result) || TakenByNative.Explains(leak, result) || IsReadTooLate(leak, result));
        if (leaks.Exists(IsRegular) && ExpectedExceptions.EndsIn(result.Unit.Syntax))
        {
            leaks.RemoveAll(IsRegular);
        }

        var told = new HashSet<SyntaxNode>();
        foreach (var site in leaks.GroupBy(finding => (finding.Block!.Site!.Syntax, finding.Block.Index)))
        {
            if (site.First().Block!.OwnerType is INamedTypeSymbol owner && !releases(owner) && !site.Any(IsDetached))
            {
                // the type cannot release it: that is the type's report
                continue;
            }

            if (LetsGoOfItself(site.First().Block!) || (site.First().Block!.KeptIn is { } table && !empties(table)))
            {
                continue;
            }

            if (site.First().Block is { IsKeptByObject: true, Site: IInvocationOperation { Instance.Type: { } keeper } } &&
                leaks.Any(other => other.Block!.OwnerType is { } lost && SymbolEqualityComparer.Default.Equals(lost, keeper)))
            {
                // what the lost object has taken since it was made goes with it
                continue;
            }

            if (JudgeSite(site.ToImmutableArray(), result, contextAt, contextNear, throwing, rentedWhenThrowing) is { } diagnostic)
            {
                told.Add(site.Key.Syntax);
                yield return diagnostic;
            }
        }

        foreach (var block in result.Facts.Departures.Select(static departure => departure.Block).Concat(result.Facts.Releases.Keys).Where(static block => block is { IsInTable: true, Site: not null, Family: { Lifetime: Lifetime.Process, MayStayUnreleased: false, IsNeverReleased: false } }).GroupBy(static block => block.Site!.Syntax).Select(static site => site.First()).OrderBy(static block => block.Id))
        {
            if (told.Contains(block.Site!.Syntax) || Emptying.OnlyRelease(block, result) is not { } release)
            {
                continue;
            }

            if (Emptying.IsOfAllButOne(block, release))
            {
                yield return Report(Descriptors.NotFreedOnSomePath, block, new Finding(FindingKind.LostAtExit, block, release, null, null), result, FixData.ReasonLeftOut, Wording.Subject(block), block.AllocatedBy, $"{Wording.Done(block)} {Wording.LeftOut(release)}", "go through all elements");
            }
            else if (PassedOver.By(block, release) is { } path)
            {
                yield return Report(Descriptors.NotFreedOnSomePath, block, new Finding(FindingKind.LostAtExit, block, release, null, null), result, FixData.ReasonLeftOut, Wording.Subject(block), block.AllocatedBy, $"{Wording.Done(block)} {path}", "release every element");
            }
        }
    }

    /// <summary>The body goes on to look for the block in what held it, and is told that this has been released: one mistake, one report.</summary>
    private static bool IsReadTooLate(Finding leak, BodyResult result) =>
        leak is { Kind: FindingKind.LostInside, At: { } release, Name: { Length: > 0 } member } && result.Facts.Findings.Any(finding =>
            finding is { Kind: FindingKind.UseAfterFree, State.ReleasedAt: { } at, At.Syntax: { } use } && at.Syntax == release.Syntax &&
            use.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax { Name.Identifier.ValueText: var read } && read == member);

    private static Diagnostic? JudgeSite(ImmutableArray<Finding> leaks, BodyResult result, Func<SyntaxNode, ExecutionContext> contextAt, Func<SyntaxNode, ExecutionContext> contextNear, ThrowingPaths throwing, bool rentedWhenThrowing)
    {
        var block = leaks[0].Block!;
        var family = block.Family!;
        if ((family.MayStayUnreleased && !(IsReleasedSomewhere(block, result) && leaks.Any(IsRegular))) || RequestScopes.IsScope(family) || (IsFinalized(block) && !leaks.Any(IsDetached)) || GoesWithAnother(block, result) || (block.IsKeptByObject && (family.Lifetime == Lifetime.Pool || family.ReleasedByDispose)))
        {
            // an object that is dropped with the buffer it rented for itself: the type's affair, not this body's
            return null;
        }

        var ofOneOnly = block.IsInTable ? Emptying.OfOneOnly(block, result) : null;
        if (block.IsInTable && ofOneOnly is null && IsReleasedSomewhere(block, result))
        {
            // a loop fills an array, and another one empties it: that they count alike, the programmer sees to
            leaks = leaks.RemoveAll(leak => !Emptying.IsStillAhead(leak, result));
            if (leaks.IsEmpty)
            {
                return null;
            }
        }

        var normal = leaks.FirstOrDefault(IsRegular);
        var thrown = leaks.OrderBy(leak => HowUnlikely(leak, result)).FirstOrDefault(leak => (leak.Kind == FindingKind.LostByThrow || leak.State?.ThrownBy is not null) && leak.State?.IsAfterFailure != true && !EndsTheDuty(leak, result) && !IsInRelease(leak, result) && !IsItsOwnAwait(block, leak.State?.ThrownBy ?? leak.At));
        if (family.Lifetime == Lifetime.Pool)
        {
            return normal is not null ? JudgeRented(block, normal, result)
                : thrown is not null && rentedWhenThrowing ? ReportThrow(block, thrown, contextNear, result, throwing)
                : null;
        }

        if (family.Lifetime == Lifetime.Request)
        {
            return normal is null ? null : JudgeRequestMemory(block, normal, contextAt(block.Site!.Syntax), result);
        }

        // an exception that the body catches itself does not excuse it
        normal ??= leaks.FirstOrDefault(leak => leak.Kind is FindingKind.LostAtExit or FindingKind.LostInIteration or FindingKind.LostByOverwrite);
        if (normal is null)
        {
            return thrown is null ? null : ReportThrow(block, thrown, contextNear, result, throwing);
        }

        var context = contextAt(block.Site!.Syntax);
        if (normal.Kind == FindingKind.Discarded)
        {
            return family.DiscardIsDeliberate ? null
                : context.Kind is ExecutionContextKind.RequestHandler && family.Lifetime == Lifetime.Process ? ReportOutlives(block, normal, context, result)
                : Report(Descriptors.NotFreedOnSomePath, block, normal, result, FixData.ReasonDiscarded, Wording.Subject(block), block.AllocatedBy, Wording.Done(block) + " because its result is not kept", Wording.WayOut(block, normal));
        }

        if (!IsReleasedSomewhere(block, result))
        {
            if (context.Kind == ExecutionContextKind.StartUp && result.Unit.IsCaptured(Wording.Owner(block)))
            {
                // what start-up code allocates for the handlers that it maps lives as long as the process, and rightly
                return null;
            }

            return context.Kind == ExecutionContextKind.RequestHandler && family.Lifetime == Lifetime.Process
                ? ReportOutlives(block, normal, context, result)
                : Report(Descriptors.NeverFreed, block, normal, result, FixData.ReasonNever, Wording.Subject(block, normal), block.AllocatedBy, Wording.Done(block) + Wording.Fate(normal), Wording.WayOut(block, normal));
        }

        return Report(Descriptors.NotFreedOnSomePath, block, normal, result, ReasonOf(normal), context, Descriptors.NotFreedOnSomePath.DefaultSeverity, Wording.Subject(block, normal), block.AllocatedBy, $"{Wording.Done(block)} {(ofOneOnly is null ? Wording.PathOf(normal, result) : Wording.AllButOne(ofOneOnly))}", Wording.WayOut(block, normal, result));
    }

    private static Diagnostic? JudgeRented(Block block, Finding leak, BodyResult result) =>
        leak.Kind == FindingKind.Discarded || !IsReleasedSomewhere(block, result)
            ? Report(Descriptors.NeverFreed, block, leak, result, leak.Kind == FindingKind.Discarded ? FixData.ReasonDiscarded : FixData.ReasonNever, Wording.Subject(block, leak), block.AllocatedBy, Wording.Done(block) + Wording.Fate(leak), Wording.WayOut(block, leak))
            : Report(Descriptors.NotReturnedOnSomePath, block, leak, result, ReasonOf(leak), Wording.Subject(block), block.AllocatedBy, $"{Wording.Done(block)} {Wording.PathOf(leak, result)}", Wording.WayOut(block, leak));

    private static Diagnostic? JudgeRequestMemory(Block block, Finding leak, ExecutionContext context, BodyResult result) =>
        context.Kind == ExecutionContextKind.PersistentServer
            ? Report(Descriptors.RequestMemoryInPersistentServer, block, leak, result, ReasonOf(leak), Wording.Subject(block), block.AllocatedBy, context.Reason, Wording.ScopePerIteration(block))
            : null;

    private static Diagnostic ReportOutlives(Block block, Finding leak, ExecutionContext context, BodyResult result) =>
        Report(Descriptors.OutlivesRequest, block, leak, result, ReasonOf(leak), Wording.Subject(block), block.AllocatedBy, context.Reason, "is never freed" + Wording.Growth(block), Wording.ScopedWayOut(block, leak, result));

    private static Diagnostic? ReportThrow(Block block, Finding leak, Func<SyntaxNode, ExecutionContext> contextNear, BodyResult result, ThrowingPaths throwing)
    {
        if (throwing == ThrowingPaths.None)
        {
            return null;
        }

        var context = contextNear(block.Site!.Syntax);

        var thrower = leak.State?.ThrownBy ?? leak.At;
        var isCertain = thrower is not null && Wording.IsThrow(thrower) && leak.InterruptedBy is null;
        var isPerRequest = leak.InterruptedBy is null && context is { Kind: ExecutionContextKind.RequestHandler or ExecutionContextKind.PersistentServer, IsDistant: false } && !IsUnlikely(thrower, result) && !EndsTheService(leak, result);
        var severity = isCertain || throwing == ThrowingPaths.All || isPerRequest ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;
        return Report(Descriptors.NotFreedWhenThrowing, block, leak, result, FixData.ReasonThrows, context, severity, Wording.Subject(block, leak), block.AllocatedBy, $"{Wording.Done(block)} when {Wording.Thrower(leak)}", Wording.WayOut(block, leak, result));
    }

    /// <summary>What leaves <c>ExecuteAsync</c> of a background service stops the host: that happens once.</summary>
    private static bool EndsTheService(Finding leak, BodyResult result) =>
        leak.Kind == FindingKind.LostByThrow && result.Unit.Method is { Name: "ExecuteAsync", OverriddenMethod.ContainingType: { Name: "BackgroundService", DeclaringSyntaxReferences.IsEmpty: true } };

    /// <summary>What tells most about a block that is lost by an exception comes first: a <c>throw</c> of the body itself, then what may well throw.</summary>
    private static int HowUnlikely(Finding leak, BodyResult result) =>
        leak.InterruptedBy is not null ? 3
        : (leak.State?.ThrownBy ?? leak.At) is not { } thrower ? 1
        : Wording.IsThrow(thrower) ? 0
        : IsUnlikely(thrower, result) ? 2 : 1;

    /// <summary>Accessors, and bodies that throw only when they are called where they must not be: the program is at fault, not the request.</summary>
    private static bool IsUnlikely(IOperation? thrower, BodyResult result) =>
        thrower is IPropertyReferenceOperation || (thrower is not null && result.Facts.Misused.Contains(thrower));

    /// <summary>
    /// What throws is the end of the body's own duty: the disposal that <c>using</c> adds, or the library member that takes the
    /// block over (<c>items[key] = block</c>, <c>list.Add(block)</c>).
    /// </summary>
    private static bool EndsTheDuty(Finding leak, BodyResult result) => (leak.State?.ThrownBy ?? leak.At) switch
    {
        IInvocationOperation { IsImplicit: true } disposal when KnownMembers.IsDisposal(disposal.TargetMethod) => disposal.Syntax.Span.Contains(leak.Block!.Site!.Syntax.Span) || IsReleasedBy(disposal, leak.Block!, result),
        IInvocationOperation { TargetMethod.DeclaringSyntaxReferences.IsEmpty: true } call => IsTakenAt(call, leak.Block!, result),
        IPropertyReferenceOperation { Property.DeclaringSyntaxReferences.IsEmpty: true } property => IsTakenAt(property, leak.Block!, result),

        // who is handed a whole table may have gone through half of it
        IInvocationOperation or IObjectCreationOperation when leak is { Block.IsInTable: true } => IsTakenAt((leak.State?.ThrownBy ?? leak.At)!, leak.Block!, result),
        _ => false,
    };

    /// <summary>Whether the call, when it does not throw, releases the block: who disposes of the object that has it can do no more.</summary>
    private static bool IsReleasedBy(IOperation call, Block block, BodyResult result) =>
        result.Facts.Releases.Any(release => IsSameSite(release.Key, block) && release.Value.Any(at => at.Syntax == call.Syntax));

    /// <summary>What throws while the body clears up is the very call that releases the block.</summary>
    private static bool IsInRelease(Finding leak, BodyResult result) =>
        leak.InterruptedBy is { } call && IsReleasedBy(call, leak.Block!, result);

    private static bool IsTakenAt(IOperation operation, Block block, BodyResult result) =>
        result.Facts.Departures.Any(departure => IsSameSite(departure.Block, block) && departure.At is { } at && (at.Syntax == operation.Syntax || (at is ISimpleAssignmentOperation assignment && assignment.Target.Syntax == operation.Syntax)));

    private static string ReasonOf(Finding leak) => leak.Kind switch
    {
        FindingKind.LostByOverwrite => FixData.ReasonOverwritten,
        FindingKind.LostInIteration => FixData.ReasonIteration,
        FindingKind.Discarded => FixData.ReasonDiscarded,
        _ => FixData.ReasonPath,
    };

    /// <summary>No exception has led there.</summary>
    private static bool IsRegular(Finding leak) => leak.Kind != FindingKind.LostByThrow && leak.State?.ThrownBy is null;

    private static bool IsDetached(Finding leak) => leak.State?.IsDetached == true;

    /// <summary>What throws is the await for the block itself: then there is none.</summary>
    private static bool IsItsOwnAwait(Block block, IOperation? thrower)
    {
        for (var awaited = (thrower as IAwaitOperation)?.Operation; awaited is not null;)
        {
            if (awaited.Syntax == block.Site!.Syntax)
            {
                return true;
            }

            awaited = awaited switch { IConversionOperation conversion => conversion.Operand, IInvocationOperation call => call.Instance, _ => null };
        }

        return false;
    }

    /// <summary>An object that keeps itself alive, for a callback of native code mostly, and offers nobody a way to dispose of it.</summary>
    private static bool LetsGoOfItself(Block block) =>
        block.RootsItsHolder && (block.OwnerType ?? (block.Site as IInvocationOperation)?.Instance?.Type) is INamedTypeSymbol holder && OwnerMembers.DisposalOf(holder) is null;

    /// <summary>An object that releases what it owns when it is finalized leaks nothing for ever.</summary>
    private static bool IsFinalized(Block block) => Finalizers.Has(block.OwnerType);

    /// <summary>A handle that was made of another one: whether the other one's release frees it as well is not known, unless the body itself frees both.</summary>
    private static bool GoesWithAnother(Block block, BodyResult result) =>
        block.Family!.IsInferred && !block.MadeOf.IsEmpty && !IsReleasedSomewhere(block, result) && result.Facts.Releases.Keys.Any(released => block.MadeOf.Any(other => other.Family is null or { IsInferred: true } && (released == other || IsSameSite(released, other))));

    private static bool IsReleasedSomewhere(Block block, BodyResult result) =>
        result.Facts.Releases.Keys.Any(released => IsSameSite(released, block)) ||
        result.Facts.Departures.Any(departure => IsSameSite(departure.Block, block));

    /// <summary>Whether two blocks are of one allocation, of this round of a loop or another.</summary>
    public static bool IsSameSite(Block one, Block other) => one.Site?.Syntax == other.Site?.Syntax && one.Index == other.Index && one.Site is not null;

    private static Diagnostic Report(DiagnosticDescriptor descriptor, Block block, Finding leak, BodyResult result, string reason, params object[] arguments) =>
        Report(descriptor, block, leak, result, reason, null, descriptor.DefaultSeverity, arguments);

    private static Diagnostic Report(DiagnosticDescriptor descriptor, Block block, Finding leak, BodyResult result, string reason, ExecutionContext? context, DiagnosticSeverity severity, params object[] arguments)
    {
        if (block.Family!.IsNeverReleased)
        {
            severity = DiagnosticSeverity.Info;
        }

        var evidence = Evidence.For(block, leak, result, reason);
        var properties = context?.Kind == ExecutionContextKind.RequestHandler ? evidence.Properties.SetItem(FixData.ContextKey, FixData.ContextRequest) : evidence.Properties;
        if (result.Summary.Outcomes.Any(outcome => outcome.Writes.Any(write => Exits.IsOnlySeen(block, write.Key) && FlowState.Designates(write.Value, block))))
        {
            // to return it here would leave a span over it in the object: what is missing is a field for the array
            properties = properties.Remove(FixData.ReleaseTemplateKey);
        }

        if (reason == FixData.ReasonLeftOut || Wording.IsOffered(leak.Path))
        {
            // the others are released elsewhere, or it may be the one that is kept
            properties = properties.SetItem(FixData.NoFixKey, "true");
        }

        return Diagnostic.Create(descriptor, block.Site!.Syntax.GetLocation(), severity, evidence.Locations, properties, arguments);
    }
}
