using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules;

/// <summary>The descriptors of all rules: one place for ids, severities and wording.</summary>
internal static class Descriptors
{
    private const string Leaks = "Lifetime.Leaks";
    private const string Correctness = "Lifetime.Correctness";
    private const string Requests = "Lifetime.Requests";
    private const string Contracts = "Lifetime.Contracts";
    private const string Configuration = "Lifetime.Configuration";

    /// <summary>{0} block, {1} allocation function, {2} context, {3} how it outlives the request, {4} way out.</summary>
    public static readonly DiagnosticDescriptor OutlivesRequest = Rule(
        "LIFE001", Requests, DiagnosticSeverity.Warning,
        "Process-lifetime allocation in a request handler outlives the request",
        "{0} ({1}) is allocated for the life of the process in {2} and {3}; {4}",
        "Memory that the garbage collector does not give back is taken once per request and never returned, so the process grows with every request.");

    /// <summary>{0} block, {1} allocation function, {2} context, {3} way out.</summary>
    public static readonly DiagnosticDescriptor RequestMemoryInPersistentServer = Rule(
        "LIFE002", Requests, DiagnosticSeverity.Warning,
        "Request-lifetime allocation in a persistent server is not freed",
        "{0} ({1}) waits for the end of a request that does not come in {2}; {3}",
        "In code that runs as long as the process, the request scope never ends, so request memory that is not freed leaks as well.");

    /// <summary>{0} block, {1} allocation function, {2} what should be done with it and what happens, {3} way out.</summary>
    public static readonly DiagnosticDescriptor NeverFreed = Rule(
        "LIFE003", Leaks, DiagnosticSeverity.Warning,
        "Missing free",
        "{0} ({1}) is never {2}; {3}",
        "No path through the code releases the block.");

    /// <summary>{0} block, {1} allocation function, {2} what should be done with it and the path on which it is not, {3} way out.</summary>
    public static readonly DiagnosticDescriptor NotFreedOnSomePath = Rule(
        "LIFE004", Leaks, DiagnosticSeverity.Warning,
        "Missing free on some path",
        "{0} ({1}) is not {2}; {3}",
        "The block is released on some paths, but not on an early return, a branch, a loop exit, or when its owner is overwritten.");

    /// <summary>{0} block, {1} allocation function, {2} what should be done with it and what throws and where, {3} way out.</summary>
    public static readonly DiagnosticDescriptor NotFreedWhenThrowing = Rule(
        "LIFE005", Leaks, DiagnosticSeverity.Warning,
        "Missing free when an exception is thrown",
        "{0} ({1}) is not {2}; {3}",
        "An exception, a cancelled await or an abandoned iterator leaves the code between the allocation and the release. A warning for process-lifetime memory in request handlers and persistent servers, information elsewhere.");

    /// <summary>{0} block, {1} release function, {2} first release.</summary>
    public static readonly DiagnosticDescriptor DoubleFree = Rule(
        "LIFE006", Correctness, DiagnosticSeverity.Warning,
        "Double free",
        "{0} is {3} twice: {1} {4} what {2} has already {3}",
        "A block that is released twice may meanwhile belong to somebody else: one request gets another one's bytes.");

    /// <summary>{0} block, {1} how it is used, {2} the release.</summary>
    public static readonly DiagnosticDescriptor UseAfterFree = Rule(
        "LIFE007", Correctness, DiagnosticSeverity.Warning,
        "Use after free",
        "{0} is {1} after {2}",
        "After the release the memory may belong to somebody else.");

    /// <summary>{0} block, {1} release that was called, {2} allocation function, {3} release that was expected.</summary>
    public static readonly DiagnosticDescriptor WrongFamily = Rule(
        "LIFE008", Correctness, DiagnosticSeverity.Warning,
        "Released by the wrong function",
        "{0} is released by {1}, but it comes from {2}; use {3}",
        "Every allocator keeps its own books: a block goes back to the one it came from.");

    /// <summary>{0} what is released, {1} release function, {2} what it is.</summary>
    public static readonly DiagnosticDescriptor NotAllocated = Rule(
        "LIFE009", Correctness, DiagnosticSeverity.Warning,
        "Release of what was not allocated",
        "{1} is called with {0}, which is {2}",
        "Only the address that the allocator gave can be released.");

    /// <summary>{0} block, {1} allocation function, {2} where it goes, {3} way out.</summary>
    public static readonly DiagnosticDescriptor EscapesScope = Rule(
        "LIFE010", Requests, DiagnosticSeverity.Warning,
        "Memory escapes its scope",
        "{0} ({1}) {2}; {3}",
        "The memory is released when its scope ends, but something that lives longer still points to it.");

    /// <summary>{0} allocation function, {1} context, {2} way out.</summary>
    public static readonly DiagnosticDescriptor NoScopeOpen = Rule(
        "LIFE011", Requests, DiagnosticSeverity.Warning,
        "Request memory where no request scope can be open",
        "{0} needs a request scope, and none can be open in {1}; {2}",
        "Request memory belongs to a request scope; without one the allocation throws.");

    /// <summary>{0} scope, {1} what happens to it, {2} way out.</summary>
    public static readonly DiagnosticDescriptor ScopeNotEnded = Rule(
        "LIFE012", Requests, DiagnosticSeverity.Warning,
        "Request scope is begun and not ended",
        "The request scope '{0}' {1}; {2}",
        "The memory of a scope is released when the scope ends.");

    /// <summary>{0} type, {1} field, {2} allocation function, {3} what is missing.</summary>
    public static readonly DiagnosticDescriptor FieldNotReleased = Rule(
        "LIFE013", Leaks, DiagnosticSeverity.Warning,
        "Type owns memory and does not release it",
        "'{0}' owns '{1}' ({2}) and {3}",
        "A type that keeps native memory in a field has to release it in Dispose or in a finalizer, and before the field is overwritten.");

    /// <summary>{0} block, {1} allocation function, {2} loop.</summary>
    public static readonly DiagnosticDescriptor GrowsInLoop = Rule(
        "LIFE014", Requests, DiagnosticSeverity.Info,
        "Request memory grows in a loop",
        "{0} ({1}) is taken in every iteration of {2} and kept until the request ends; free it in the iteration, or open a nested scope",
        "A request that takes memory in a loop and frees it only at its end can run into its memory limit.");

    /// <summary>{0} block, {1} allocation function, {2} context.</summary>
    public static readonly DiagnosticDescriptor ScopedPathWouldDo = Rule(
        "LIFE015", Requests, DiagnosticSeverity.Info,
        "Request memory would do",
        "{0} ({1}) lives within one request in {2}; Heap.Emalloc is released with the request whatever happens",
        "A correctly paired process-lifetime allocation in a request handler can be taken from the request scope.");

    /// <summary>{0} block, {1} rent function, {2} what should be done with it and the path on which it is not, {3} way out.</summary>
    public static readonly DiagnosticDescriptor NotReturnedOnSomePath = Rule(
        "LIFE016", Leaks, DiagnosticSeverity.Info,
        "Rented buffer is not returned on some path",
        "{0} ({1}) is not {2}; {3}",
        "A buffer that is not returned makes the pool allocate a new one.");

    /// <summary>{0} member, {1} contract, {2} what the body does.</summary>
    public static readonly DiagnosticDescriptor ContractBroken = Rule(
        "LIFE017", Contracts, DiagnosticSeverity.Warning,
        "Ownership contract is broken by the body that promises it",
        "'{0}' promises {1}, but {2}",
        "Callers are checked against the contract, so a body that does not keep it makes them wrong.");

    /// <summary>{0} member, {1} contract.</summary>
    public static readonly DiagnosticDescriptor ContractNotWritten = Rule(
        "LIFE018", Contracts, DiagnosticSeverity.Hidden,
        "Inferred ownership is not written on a public signature",
        "'{0}' {1}; write it on the signature so that other assemblies know",
        "Within an assembly ownership is inferred from bodies; across assemblies it has to be written.");

    /// <summary>{0} what is wrong and what to do.</summary>
    public static readonly DiagnosticDescriptor BadConfiguration = Rule(
        "LIFE090", Configuration, DiagnosticSeverity.Warning,
        "Configuration cannot be understood",
        "{0}",
        "A line of configuration is not understood and is ignored; the rest of the file counts.");

    /// <summary>{0} member, {1} budget.</summary>
    public static readonly DiagnosticDescriptor BodyTooLarge = Rule(
        "LIFE091", Configuration, DiagnosticSeverity.Hidden,
        "Body is too large to be analysed within its budget",
        "'{0}' was not analysed to the end: {1}",
        "Silence is no proof here: the analysis stopped at its budget.");

    /// <summary>All descriptors, in the order of their ids.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        OutlivesRequest, RequestMemoryInPersistentServer, NeverFreed, NotFreedOnSomePath, NotFreedWhenThrowing, DoubleFree,
        UseAfterFree, WrongFamily, NotAllocated, EscapesScope, NoScopeOpen, ScopeNotEnded, FieldNotReleased, GrowsInLoop,
        ScopedPathWouldDo, NotReturnedOnSomePath, ContractBroken, ContractNotWritten, BadConfiguration, BodyTooLarge);

    private static DiagnosticDescriptor Rule(string id, string category, DiagnosticSeverity severity, string title, string message, string description) =>
        new(id, title, message, category, severity, isEnabledByDefault: true, description,
            helpLinkUri: "https://github.com/lifetime-analyzers/lifetime-analyzers/blob/main/docs/rules/" + id + ".md");
}
