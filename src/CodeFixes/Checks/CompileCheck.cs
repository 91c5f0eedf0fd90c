using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Checks;

/// <summary>Compiles the members that a plan touches, before and after: a plan that adds an error or a warning is not offered.</summary>
internal static class CompileCheck
{
    public static bool Passes(FixSite site, Plan plan, Outcome outcome)
    {
        var before = MembersAt(site.Root, plan.Changes.Select(change => change.Span));
        var after = MembersAt(outcome.Tree.GetRoot(site.CancellationToken), Outcome.NewSpans(plan));
        var old = Count(site.Model, before, site.CancellationToken);
        foreach (var pair in Count(outcome.Model, after, site.CancellationToken))
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
