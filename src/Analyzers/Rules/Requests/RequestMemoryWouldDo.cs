using System.Globalization;
using LifetimeAnalyzers.Contexts;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Requests;

/// <summary>LIFE015: a block for the life of the process that a request handler takes and gives back. Said only where the scoped heap is at hand.</summary>
internal static class RequestMemoryWouldDo
{
    /// <summary>The families that the scoped heap can stand in for; handles, strings and pools are something else.</summary>
    private static readonly HashSet<string> s_families = new(StringComparer.Ordinal) { "NativeMemory", "NativeMemory aligned", "HGlobal", "CoTaskMem", "Malloc" };

    public static Diagnostic? Judge(Block block, JudgedBody body)
    {
        if (!s_families.Contains(block.Family!.Name) || block.OwnerType is not null || block.Site is IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.IsEmpty: false, IsExtern: false } } || !body.ReleasesOf(block).Any() || body.FindingsOf(block).Any() || Leaves(block, body) || !CanBeRewritten(block, body) ||
            body.Model.Compilation.GetTypeByMetadataName("LifetimeAnalyzers.Heap") is null)
        {
            return null;
        }

        var context = body.ContextAt(block.Site!.Syntax);
        if (context.Kind != ExecutionContextKind.RequestHandler)
        {
            return null;
        }

        var evidence = Evidence.ForEscape(block, body.Result, null);
        return Diagnostic.Create(Descriptors.ScopedPathWouldDo, block.Site.Syntax.GetLocation(), evidence.Locations, evidence.Properties,
            Wording.Subject(block), block.AllocatedBy, context.Reason);
    }

    /// <summary>Whether the block leaves the body, or one that a reallocation gives for it.</summary>
    private static bool Leaves(Block block, JudgedBody body) =>
        body.DeparturesOf(block).Any() || body.ReallocationsOf(block).Any(call => body.Facts.Departures.Any(departure => departure.Block.Site?.Syntax == call.Syntax));

    /// <summary>Whether the calls that take the block and give it back are functions that the heap has a twin of, and not helpers around them.</summary>
    private static bool CanBeRewritten(Block block, JudgedBody body) =>
        body.ReleasesOf(block).Concat(body.ReallocationsOf(block)).Append(block.Site!).All(operation => operation is IInvocationOperation call && HasTwin(call));

    private static bool HasTwin(IInvocationOperation call)
    {
        if (call.TargetMethod.ContainingType is { Name: "Heap", ContainingNamespace.Name: "LifetimeAnalyzers" })
        {
            return true;
        }

        return ScopedFunctions.For(call.TargetMethod, call.Arguments.Length) is { } twin
            && (!twin.DropsAlignment || call.Arguments[call.Arguments.Length - 1].Value.ConstantValue is { HasValue: true, Value: IConvertible alignment } && alignment.ToDecimal(CultureInfo.InvariantCulture) <= ScopedFunctions.Alignment);
    }
}
