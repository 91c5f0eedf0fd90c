using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Checks;

/// <summary>Compiles the members that a plan touches, before and after: a plan that adds an error or a warning is not offered.</summary>
internal static class CompileCheck
{
    public static bool Passes(FixSite site, Plan plan, Outcome outcome) =>
        Passes(site.Model, plan.Changes, outcome.Model, site.CancellationToken)
        && (plan.Elsewhere is not { } other || Passes(site.Model.Compilation.GetSemanticModel(other.Tree), other.Changes, outcome.Elsewhere!, site.CancellationToken))
        && ReadsNoNull(site, plan, outcome);

    /// <summary>Reads of what may be null, which a project need not have asked the compiler for.</summary>
    private const string NullRead = "CS8602";

    /// <summary>
    /// No plan reads from a variable that holds nothing yet, or that was found to: a project that switches the compiler's
    /// warnings about it off is asked as if it did not.
    /// </summary>
    private static bool ReadsNoNull(FixSite site, Plan plan, Outcome outcome)
    {
        if (IsTold(site.Model.Compilation.Options) || !plan.Changes.Any(change => change.NewText!.Contains(".")))
        {
            return true;
        }

        SemanticModel Strict(SemanticModel model) => model.Compilation.WithOptions(((CSharpCompilationOptions)model.Compilation.Options).WithNullableContextOptions(NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions(ImmutableDictionary<string, ReportDiagnostic>.Empty.Add(NullRead, ReportDiagnostic.Warn)).WithSyntaxTreeOptionsProvider(null)).GetSemanticModel(model.SyntaxTree);
        int Reads(SemanticModel model, IEnumerable<TextSpan> spans) =>
            Count(Strict(model), MembersAt(model.SyntaxTree.GetRoot(site.CancellationToken), spans), site.CancellationToken).TryGetValue(NullRead, out var count) ? count : 0;
        var found = Reads(outcome.Model, Outcome.NewSpans(plan.Changes));
        return found == 0 || found <= Reads(site.Model, plan.Changes.Select(change => change.Span));
    }

    private static bool IsTold(CompilationOptions options) =>
        options.NullableContextOptions == NullableContextOptions.Enable && !(options.SpecificDiagnosticOptions.TryGetValue(NullRead, out var how) && how == ReportDiagnostic.Suppress);

    private static bool Passes(SemanticModel model, ImmutableArray<TextChange> changes, SemanticModel changed, CancellationToken cancellationToken) =>
        AddsNothing(Count(changed, MembersAt(changed.SyntaxTree.GetRoot(cancellationToken), Outcome.NewSpans(changes)), cancellationToken), () => Count(model, MembersAt(model.SyntaxTree.GetRoot(cancellationToken), changes.Select(change => change.Span)), cancellationToken));

    /// <summary>Whether the compiler says nothing of the <paramref name="spans"/> of a file, which stays as it is, that it did not say before.</summary>
    public static bool AddsNothing(SemanticModel model, SemanticModel changed, List<TextSpan> spans, CancellationToken cancellationToken)
    {
        var all = new HashSet<TextSpan>(spans);
        return AddsNothing(Count(changed, all, cancellationToken), () => Count(model, all, cancellationToken));
    }

    private static bool AddsNothing(Dictionary<string, int> found, Func<Dictionary<string, int>> before)
    {
        if (found.Count == 0)
        {
            return true;
        }

        var old = before();
        foreach (var pair in found)
        {
            if (!old.TryGetValue(pair.Key, out var count) || count < pair.Value)
            {
                return false;
            }
        }

        return true;
    }

    private static HashSet<TextSpan> MembersAt(SyntaxNode root, IEnumerable<TextSpan> spans)
    {
        var members = new HashSet<TextSpan>();
        foreach (var span in spans)
        {
            var node = root.FindNode(span);
            var member = node.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault(member => member is not BaseNamespaceDeclarationSyntax and not GlobalStatementSyntax);
            if (member is not null)
            {
                members.Add(member.FullSpan);
            }
            else if (node.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null)
            {
                members.UnionWith(((CompilationUnitSyntax)root).Members.OfType<GlobalStatementSyntax>().Select(statement => statement.FullSpan));
            }
        }

        return members;
    }

    private static Dictionary<string, int> Count(SemanticModel model, HashSet<TextSpan> members, CancellationToken cancellationToken)
    {
        var found = members.SelectMany(span => model.GetDiagnostics(span, cancellationToken)).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed);
        return found.Distinct().GroupBy(diagnostic => diagnostic.Id).ToDictionary(group => group.Key, group => group.Count());
    }
}
