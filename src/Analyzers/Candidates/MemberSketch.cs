using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Candidates;

/// <summary>
/// What goes where in a member, by names alone: an over-approximation that needs no binding. Says whether what the member
/// allocates can reach its callers, and whether it releases what they hand it. Immutable, kept with the syntax.
/// </summary>
internal sealed class MemberSketch
{
    /// <summary>The result.</summary>
    public const string Result = "<result>";

    /// <summary>A field.</summary>
    public const string Field = "<field>";

    private static readonly string[] s_parameters = Enumerable.Range(0, 16).Select(static index => $"<parameter {index}>").ToArray();
    private static readonly ConditionalWeakTable<SyntaxNode, MemberSketch> Known = new();
    private readonly HashSet<string> _cleared;
    private bool? _givesWhatItHas;
    private bool? _detaches;

    public MemberSketch(HashSet<string> locals, List<(string Name, TypeSyntax? Type)> parameters, List<NamedFlow> flows, List<NamedCall> calls, HashSet<string> cleared)
    {
        _cleared = cleared;
        Locals = locals;
        Parameters = parameters;
        Flows = flows;
        Calls = calls;
    }

    public HashSet<string> Locals { get; }

    /// <summary>The parameters of the member, in order.</summary>
    public List<(string Name, TypeSyntax? Type)> Parameters { get; }

    public List<NamedFlow> Flows { get; }

    public List<NamedCall> Calls { get; }

    /// <summary>What the caller handed in for a parameter, by reference or as an object.</summary>
    public static string Parameter(int index) => s_parameters[Math.Min(index, s_parameters.Length - 1)];

    /// <summary>The sketch of a method, property, field or other member.</summary>
    public static MemberSketch Of(SyntaxNode member) => Known.GetValue(member, static node => new SketchBuilder(node).Build());

    /// <summary>Whether two sketches are of members that do the same by their names.</summary>
    public bool IsLike(MemberSketch other) =>
        Locals.SetEquals(other.Locals) && Detaches == other.Detaches &&
        Parameters.Select(static parameter => (parameter.Name, parameter.Type?.ToString())).SequenceEqual(other.Parameters.Select(static parameter => (parameter.Name, parameter.Type?.ToString()))) &&
        Flows.Count == other.Flows.Count && Flows.Zip(other.Flows, static (one, same) => one.Target == same.Target && one.IsPart == same.IsPart && one.Sources.SequenceEqual(same.Sources)).All(static alike => alike) &&
        Calls.Count == other.Calls.Count && Calls.Zip(other.Calls, static (one, same) => one.IsLike(same)).All(static alike => alike);

    /// <summary>Whether the result can be, view or keep what a field or parameter holds.</summary>
    public bool GivesWhatItHas => _givesWhatItHas ??= Spread(mention => mention.Kind == MentionKind.Name && !Locals.Contains(mention.Name), static _ => true, parts: true).Contains(Result);

    /// <summary>Whether the caller may get what a field held that the member has cleared: <c>var p = _p; _p = null; return p;</c>.</summary>
    public bool Detaches => _detaches ??= _cleared.Count > 0 && Spread(mention => mention.Kind == MentionKind.Name && _cleared.Contains(mention.Name) && !Locals.Contains(mention.Name), static outer => outer.Name is "Exchange", parts: false).Any(static sink => sink == Result || s_parameters.Contains(sink));

    /// <summary>The names that hold what a source mentions, sinks among them.</summary>
    /// <param name="isSource">Whether a mention gives what is looked for.</param>
    /// <param name="passes">Whether the result of a call or creation may have what it is handed.</param>
    /// <param name="parts">Whether a variable holds what one of its fields or elements holds.</param>
    public HashSet<string> Spread(Func<Mention, bool> isSource, Func<Mention, bool> passes, bool parts)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var flow in Flows)
            {
                if (!reached.Contains(flow.Target) && (parts || !flow.IsPart) && IsReached(flow.Sources, isSource, passes, reached))
                {
                    reached.Add(flow.Target);
                    grown = true;
                }
            }
        }

        return reached;
    }

    /// <summary>Whether a value that is made of these mentions is what a source gives, or is held by a name that has been reached.</summary>
    public bool IsReached(List<Mention> sources, Func<Mention, bool> isSource, Func<Mention, bool> passes, HashSet<string> reached)
    {
        foreach (var source in sources)
        {
            if (isSource(source) || (reached.Contains(source.Name) && (source.Kind == MentionKind.Name || (source.Kind == MentionKind.Call && Locals.Contains(source.Name)))))
            {
                var outer = source.Outer;
                while (outer >= 0 && passes(sources[outer]))
                {
                    outer = sources[outer].Outer;
                }

                if (outer < 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
