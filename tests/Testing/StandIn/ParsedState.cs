using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A state with its markup taken out: the files as the compiler sees them, and all that is expected.</summary>
internal sealed class ParsedState
{
    private ParsedState(SolutionState state) => State = state;

    public SolutionState State { get; }

    public Dictionary<ProjectState, ImmutableArray<(string Path, string Text)>> Sources { get; } = [];

    public Dictionary<int, (string Path, TextSpan Span)> Keys { get; } = [];

    public List<DiagnosticResult> Expected { get; } = [];

    public IEnumerable<(string Path, string Text)> AllSources => State.Projects.SelectMany(project => Sources[project]);

    public static ParsedState Parse(SolutionState state, Func<DiagnosticDescriptor> defaultDescriptor)
    {
        var parsed = new ParsedState(state);
        parsed.Expected.AddRange(state.ExpectedDiagnostics);
        foreach (var project in state.Projects)
        {
            var sources = ImmutableArray.CreateBuilder<(string, string)>();
            foreach (var (path, marked) in project.Sources)
            {
                var markup = Markup.Parse(marked);
                sources.Add((path, markup.Text));
                foreach (var (id, span) in markup.Diagnostics)
                {
                    parsed.Expected.Add(DiagnosticResult.FromMarkup(id ?? defaultDescriptor().Id, path, span));
                }

                foreach (var (key, span) in markup.Keys)
                {
                    parsed.Keys.Add(key, (path, span));
                }
            }

            parsed.Sources.Add(project, sources.ToImmutable());
        }

        return parsed;
    }
}
