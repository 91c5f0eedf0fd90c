using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Lets a copy escape instead of a view over memory that is gone when its scope ends.</summary>
internal sealed class CopyOut : Repair
{
    public override string Name => "Copy";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (Outlasting(site) is { } early)
        {
            yield return early;
        }

        var places = site.Finding.PlacesOf(FixData.Escape).Select(span => site.NodeAt<ExpressionSyntax>(span)).ToList();
        foreach (var value in places.Count > 0 ? places : [.. Kept(site), site.NodeAt<ExpressionSyntax>(site.Finding.Span)])
        {
            if (value is null || (OfTuple(site, value) ?? (Escaping(value) is { } whole ? OfTuple(site, whole) ?? whole : null)) is not { } view)
            {
                continue;
            }

            if (Copied(site, view) is { } copy)
            {
                var edits = new TextEdits();
                edits.Insert(view.SpanStart, copy.Substring(0, copy.IndexOf(view.ToString(), StringComparison.Ordinal)));
                edits.Insert(view.Span.End, copy.Substring(copy.IndexOf(view.ToString(), StringComparison.Ordinal) + view.ToString().Length));
                if (view.Parent?.Parent?.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: "FromResult" } method } } && site.Model.GetTypeInfo(view, site.CancellationToken).Type is INamedTypeSymbol memory)
                {
                    // An array is no memory yet.
                    edits.Insert(method.Span.End, $"<{memory.ToMinimalDisplayString(site.Model, method.SpanStart)}>");
                }

                yield return Plan.Of("Let a copy escape", edits);
            }
        }
    }

    /// <summary>A view is put into a variable that outlasts the <c>using</c> of its owner: <c>using (var owner = …) { head = owner.Memory; } return head;</c></summary>
    private static Plan? Outlasting(FixSite site)
    {
        var use = site.Root.FindNode(site.Finding.Span, getInnermostNodeForTie: true).DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault();
        if (use is null || site.Model.GetSymbolInfo(use, site.CancellationToken).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations } local || use.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
        {
            return null;
        }

        var given = member.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => assignment.Left is IdentifierNameSyntax target && target.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(target, site.CancellationToken).Symbol, local)).ToList();
        var ends = site.Finding.PlacesOf(FixData.Release).Select(place => site.NodeAt<VariableDeclarationSyntax>(place)?.Parent switch
        {
            UsingStatementSyntax around => (SyntaxNode)around,
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: BlockSyntax list } => list,
            _ => null,
        }).ToList();
        if (given.Count != 1 || ends.Count != 1 || ends[0] is not { } end || !end.Span.Contains(given[0].Span) || end.Span.Contains(use.Span) || end.Span.Contains(declarations[0].Span) || Copied(site, OwnedBlock.Bare(given[0].Right)) is not { } copy || site.Model.GetTypeInfo(given[0].Right, site.CancellationToken).Type is IArrayTypeSymbol)
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Replace(OwnedBlock.Bare(given[0].Right).Span, copy);
        return Plan.Of($"Let '{local.Name}' have a copy", edits);
    }

    /// <summary>A copy of the span, the memory or the array <paramref name="value"/> on the managed heap; null for anything else.</summary>
    public static string? Copied(FixSite site, ExpressionSyntax value)
    {
        var type = site.Model.GetTypeInfo(value, site.CancellationToken).Type;
        var isArray = type is IArrayTypeSymbol { Rank: 1 };
        if (!isArray && type is not INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ArraySegment", ContainingNamespace.Name: "System" })
        {
            return null;
        }

        var isSimple = value is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ObjectCreationExpressionSyntax;
        return (isSimple ? value.ToString() : "(" + value + ")") + (isArray ? ".AsSpan().ToArray()" : ".ToArray()");
    }

    /// <summary>Where the owner is put into a field or a property, when the finding only says that it is still there.</summary>
    private static IEnumerable<ExpressionSyntax> Kept(FixSite site)
    {
        var body = site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return body is null || site.Finding.Owner.Length == 0 ? [] : body.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.Right.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == site.Finding.Owner)
                && site.Model.GetSymbolInfo(assignment.Left, site.CancellationToken).Symbol is IFieldSymbol or IPropertySymbol or IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref })
            .Select(assignment => assignment.Right);
    }

    /// <summary>The block itself, or a view of it, where it goes out in a tuple: <c>return (rented, length);</c>.</summary>
    private static ExpressionSyntax? OfTuple(FixSite site, ExpressionSyntax value) =>
        OwnedBlock.Bare(value) is TupleExpressionSyntax tuple && tuple.Arguments.Select(argument => OwnedBlock.Bare(argument.Expression)).Where(part => part is IdentifierNameSyntax name && name.Identifier.ValueText == site.Finding.Owner || site.Finding.PlacesOf(FixData.LastUse).Contains(part.Span)).ToList() is { Count: 1 } parts ? parts[0] : null;

    /// <summary>The expression whose value goes out: of a <c>return</c>, or the right side of an assignment.</summary>
    private static ExpressionSyntax? Escaping(ExpressionSyntax node) => node.FirstAncestorOrSelf<StatementSyntax>() switch
    {
        ReturnStatementSyntax { Expression: { } value } => OfTask(OwnedBlock.Bare(value)),
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } => OwnedBlock.Bare(assignment.Right),
        null when node.FirstAncestorOrSelf<ArrowExpressionClauseSyntax>() is { } arrow => OfTask(OwnedBlock.Bare(arrow.Expression)),
        _ => null,
    };

    /// <summary>What the task has that is made of it: <c>Task.FromResult(memory)</c>, <c>new ValueTask&lt;Memory&lt;byte>>(memory)</c>.</summary>
    private static ExpressionSyntax OfTask(ExpressionSyntax value) => value switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" }, ArgumentList.Arguments: { Count: 1 } arguments } => OwnedBlock.Bare(arguments[0].Expression),
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } made when made is ObjectCreationExpressionSyntax { Type: GenericNameSyntax { Identifier.ValueText: "ValueTask" } } => OwnedBlock.Bare(arguments[0].Expression),
        _ => value,
    };
}
