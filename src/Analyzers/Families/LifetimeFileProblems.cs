using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Families;

/// <summary>LIFE090 for the lines of <c>*.lifetime.txt</c> files that cannot be understood, each at its own place.</summary>
internal static class LifetimeFileProblems
{
    /// <summary>The problems of all such files of <paramref name="options"/>: what is not understood, contradictions, and members that their type does not have.</summary>
    public static IEnumerable<Diagnostic> In(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        var files = options.AdditionalFiles.Where(LifetimeFiles.IsOne)
            .Select(file => (file.Path, Read: LifetimeFiles.Read(file, cancellationToken)))
            .ToArray();
        foreach (var (path, read) in files)
        {
            if (read is null)
            {
                yield return Diagnostic.Create(Rules.Descriptors.BadConfiguration, Location.Create(path, default, default), $"'{path}' cannot be read");
            }
        }

        if (files.Length == 0)
        {
            yield break;
        }

        var table = LifetimeFiles.TableFor(compilation, options, cancellationToken);
        foreach (var (path, read) in files)
        {
            if (read is not { File: var file, Text: var text })
            {
                continue;
            }

            var problems = file.Problems
                .Concat(table.Problems.Where(problem => ReferenceEquals(problem.File, file)).Select(problem => problem.Problem))
                .Concat(MissingMembers(compilation, file));
            foreach (var problem in problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column))
            {
                yield return Diagnostic.Create(Rules.Descriptors.BadConfiguration, LocationOf(path, text, problem), problem.Message);
            }
        }
    }

    /// <summary>
    /// A type that the compilation does not have is no problem: one file may serve many projects. A type that it has,
    /// without the member, is a slip of the pen.
    /// </summary>
    private static IEnumerable<FileProblem> MissingMembers(Compilation compilation, LifetimeFile file)
    {
        foreach (var statement in file.Statements.Concat(file.Pairs.SelectMany(pair => pair.Allocations.Concat(pair.Releases))))
        {
            var member = statement.Member;
            if (statement.DerivedTypes || member.Kind is 'I' or 'T' || MemberBinding.TypeOf(compilation, member) is not { } type)
            {
                continue;
            }

            var methods = MemberBinding.MethodsOf(type, member).ToArray();
            if (methods.Length == 0)
            {
                var overloads = type.GetMembers(member.Name == "#ctor" ? ".ctor" : member.Name);
                var message = overloads.IsEmpty
                    ? $"the type '{type.ToDisplayString()}' has no member '{member.Name}'"
                    : $"no overload of '{member.DisplayName}' is '{member.Text}'; without a parameter list the line means all of them";
                yield return new FileProblem(statement.Line, 0, int.MaxValue, message);
                continue;
            }

            var references = statement.Parameters.Concat(new[] { statement.Into, statement.When }.OfType<ParameterReference>());
            foreach (var reference in references.Where(reference => methods.All(method => reference.In(method) == ParameterReference.Missing)))
            {
                var what = reference.Name is { } name ? $"a parameter '{name}'" : reference.Ordinal < 0 ? "an object that it is called on" : $"a parameter #{reference.Ordinal}";
                yield return new FileProblem(statement.Line, 0, int.MaxValue, $"'{member.DisplayName}' does not have {what}");
            }
        }
    }

    private static Location LocationOf(string path, SourceText text, FileProblem problem)
    {
        var line = text.Lines[Math.Min(problem.Line, text.Lines.Count - 1)];
        var start = Math.Min(line.Start + problem.Column, line.End);
        var span = TextSpan.FromBounds(start, (int)Math.Min((long)start + problem.Length, line.End));
        return Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
    }
}
