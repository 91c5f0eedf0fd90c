using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Requests;

/// <summary>LIFE002 for what every round of an endless loop hands to the end of the request: on a long-lived connection the list only grows.</summary>
internal static class RegisteredInPersistentServer
{
    private static readonly HashSet<string> s_registrations = new(StringComparer.Ordinal)
    {
        "Microsoft.AspNetCore.Http.HttpResponse.RegisterForDispose", "Microsoft.AspNetCore.Http.HttpResponse.RegisterForDisposeAsync", "Microsoft.AspNetCore.Http.HttpResponse.OnCompleted",
        "LifetimeAnalyzers.RequestScope.RegisterForDispose", "LifetimeAnalyzers.RequestScope.RegisterCleanup",
    };

    public static Diagnostic? Judge(Block block, JudgedBody body)
    {
        foreach (var departure in body.DeparturesOf(block))
        {
            if (departure is { Destination: Destination.Call, At: IInvocationOperation { TargetMethod: { ContainingType: { } type } method } call } &&
                s_registrations.Contains(TypeNames.Of(type) + "." + method.Name) &&
                body.ContextAt(call.Syntax) is { Kind: ExecutionContextKind.PersistentServer, RunsOnce: false } context)
            {
                var evidence = Evidence.ForEscape(block, body.Result, call.Syntax);
                return Diagnostic.Create(Descriptors.RequestMemoryInPersistentServer, block.Site!.Syntax.GetLocation(), evidence.Locations, evidence.Properties,
                    Wording.Subject(block), block.AllocatedBy, context.Reason, $"release it in the iteration instead of handing it to {method.Name}");
            }
        }

        return null;
    }
}
