using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Requests;

/// <summary>LIFE012: a request scope is ended on every path, once, and not used after that; and it is begun where its user can see it.</summary>
internal static class ScopeIsEndedOnce
{
    private const string WithUsing = "end it with 'using' or 'await using'";

    /// <summary>Members that may be asked after the end.</summary>
    private static readonly HashSet<string> s_harmless = new(StringComparer.Ordinal)
    {
        "Id", "Name", "Parent", "IsPersistent", "IsEnded", "MemoryLimit", "Statistics", "GetLeakReport", "GetUsage", "GetPeakUsage", "ToString", "Equals", "GetHashCode", "GetType", "Dispose", "DisposeAsync",
    };

    public static IEnumerable<Diagnostic> Judge(JudgedBody body)
    {
        foreach (var scope in body.OwnBlocks.Where(block => RequestScopes.IsScope(block.Family)))
        {
            if (JudgeScope(scope, body) is { } diagnostic)
            {
                yield return diagnostic;
            }
        }

        foreach (var finding in body.Facts.Findings)
        {
            if (finding.Block is { } scope && finding.At is { } at && Misuse(finding) is { } misuse && RequestScopes.IsScope(scope.Family ?? finding.State?.ReleasedAs))
            {
                yield return Report(at.Syntax, scope, finding, body, misuse.What, misuse.WayOut, DiagnosticSeverity.Warning, null);
            }
        }
    }

    private static Diagnostic? JudgeScope(Block scope, JudgedBody body)
    {
        var losses = body.FindingsOf(scope).Where(finding => finding.Kind is FindingKind.LostAtExit or FindingKind.LostByThrow or FindingKind.LostByOverwrite or FindingKind.LostInside or FindingKind.LostInIteration or FindingKind.Discarded).ToArray();
        var normal = losses.FirstOrDefault(loss => loss.Kind != FindingKind.LostByThrow && loss.State?.ThrownBy is null);
        if (normal is not null)
        {
            var (what, reason) = normal.Kind == FindingKind.Discarded ? ("is begun and never ended", FixData.ReasonDiscarded)
                : !body.ReleasesOf(scope).Any() && !body.DeparturesOf(scope).Any() ? ("is begun and never ended", FixData.ReasonNever)
                : ("is not ended " + Wording.PathOf(normal, body.Result), FixData.ReasonPath);
            return Report(scope.Site!.Syntax, scope, normal, body, what, WithUsing, DiagnosticSeverity.Warning, reason);
        }

        if (body.DeparturesOf(scope).FirstOrDefault(departure => departure.Destination == Destination.Returned) is not null && body.Unit.Method is { IsAsync: true } method && !body.Unit.IsIterator)
        {
            var finding = new Finding(FindingKind.LostAtExit, scope, null, null, null);
            return Report(scope.Site!.Syntax, scope, finding, body, $"is begun inside '{method.Name}', which is asynchronous, so its caller never sees it",
                "begin it in the caller, or in a method that is not asynchronous", DiagnosticSeverity.Warning, null);
        }

        if (losses.FirstOrDefault() is not { } thrown)
        {
            return null;
        }

        var kind = body.ContextAt(scope.Site!.Syntax).Kind;
        var severity = kind is ExecutionContextKind.RequestHandler or ExecutionContextKind.PersistentServer ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;
        return Report(scope.Site.Syntax, scope, thrown, body, "is not ended when " + Wording.Thrower(thrown), WithUsing, severity, FixData.ReasonThrows);
    }

    private static (string What, string WayOut)? Misuse(Finding finding) => finding.Kind switch
    {
        FindingKind.DoubleFree => ("is ended twice: " + Wording.FirstRelease(finding) + " has ended it", "end it once"),
        FindingKind.UseAfterFree when !IsHarmless(finding.At) => ("is " + (finding.Function ?? "used") + " after " + Wording.FirstRelease(finding) + " has ended it", "end it after the last use"),
        _ => null,
    };

    private static bool IsHarmless(IOperation? use) => use switch
    {
        IInvocationOperation call => s_harmless.Contains(call.TargetMethod.Name) || call.Instance is null,
        IPropertyReferenceOperation property => s_harmless.Contains(property.Property.Name),
        _ => true,
    };

    private static Diagnostic Report(SyntaxNode at, Block scope, Finding finding, JudgedBody body, string what, string wayOut, DiagnosticSeverity severity, string? reason)
    {
        var evidence = Evidence.For(scope, finding, body.Result, reason);
        return Diagnostic.Create(Descriptors.ScopeNotEnded, at.GetLocation(), severity, evidence.Locations, evidence.Properties, NameOf(scope, finding), what, wayOut);
    }

    private static string NameOf(Block scope, Finding finding) =>
        Wording.Owner(scope) is { Length: > 0 } owner ? owner : finding.Name is { Length: > 0 } name ? name : scope.AllocatedBy.Length > 0 ? scope.AllocatedBy : "scope";
}
