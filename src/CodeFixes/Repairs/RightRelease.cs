using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Releases the block with the function that belongs to its allocation.</summary>
internal sealed class RightRelease : Repair
{
    public override string Name => "RightFunction";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (Call(site) is not { } call || !IsRelease(site, call) || Argument(site, call) is not { } argument)
        {
            yield break;
        }

        var template = ReleaseText.Shorten(site, site.ReleaseTemplate, call.SpanStart);
        var edits = new TextEdits();
        if (call.Expression is MemberAccessExpressionSyntax access && MethodOf(template) is { } method)
        {
            var (target, name) = method;
            if (call.ArgumentList.Arguments.FirstOrDefault()?.Expression == argument)
            {
                if (name == access.Name.Identifier.ValueText)
                {
                    // The same function of another pool: its other arguments stay.
                    edits.Replace(access.Expression.Span, target);
                    yield return Plan.Of($"Use '{target}.{name}'", edits);
                    yield break;
                }
            }
        }

        var bare = OwnedBlock.Bare(argument);
        foreach (var value in new[] { bare, argument }.Distinct())
        {
            if (ReleaseText.Call(site, site.ReleaseTemplate, value.ToString(), site.Model.GetTypeInfo(value).Type, call.SpanStart, call) is not { } release)
            {
                continue;
            }

            edits = new TextEdits();
            var title = $"Use '{release.Text.Split('(')[0]}'";
            if (!release.NeedsUnsafe)
            {
                edits.Replace(call.Span, release.Text);
                yield return Plan.Of(title, edits);
            }
            else if (call.Parent is ExpressionStatementSyntax statement && site.Layout.StartsLine(statement.SpanStart))
            {
                var indent = site.Layout.IndentAt(statement.SpanStart);
                var newLine = site.Layout.NewLine;
                edits.Replace(statement.Span, "unsafe" + newLine + indent + "{" + newLine + indent + site.Layout.UnitAt(statement) + release.Text + ";" + newLine + indent + "}");
                yield return Plan.Of(title, edits);
            }
        }
    }

    private static InvocationExpressionSyntax? Call(FixSite site) =>
        site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.AncestorsAndSelf().TakeWhile(node => node is not StatementSyntax).OfType<InvocationExpressionSyntax>().FirstOrDefault()
        ?? site.NodeAt<StatementSyntax>(site.Finding.Span)?.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault();

    /// <summary>The call itself releases; a helper of the project is repaired where it does.</summary>
    private static bool IsRelease(FixSite site, InvocationExpressionSyntax call) =>
        site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol method && (method.IsExtern || method.DeclaringSyntaxReferences.IsEmpty || method.ContainingNamespace?.Name == "LifetimeAnalyzers")
        && method.Name.IndexOf("realloc", StringComparison.OrdinalIgnoreCase) < 0;

    /// <summary>The block in the call: the receiver of <c>p.Free()</c>, the first argument otherwise.</summary>
    private static ExpressionSyntax? Argument(FixSite site, InvocationExpressionSyntax call)
    {
        if (call.ArgumentList.Arguments.Count > 0)
        {
            var owner = call.ArgumentList.Arguments.FirstOrDefault(argument => OwnedBlock.Bare(argument.Expression).ToString() == site.Finding.Owner);
            return (owner ?? call.ArgumentList.Arguments[0]).Expression;
        }

        return call.Expression is MemberAccessExpressionSyntax access ? access.Expression : null;
    }

    private static (string Target, string Name)? MethodOf(string template)
    {
        var open = template.IndexOf("({0}", StringComparison.Ordinal);
        var dot = open < 0 ? -1 : template.LastIndexOf('.', open);
        return dot < 0 ? null : (template.Substring(0, dot), template.Substring(dot + 1, open - dot - 1));
    }
}
