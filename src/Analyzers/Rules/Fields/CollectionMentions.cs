using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>Whether all that the source does with a private collection is what the engine follows: its own members, and nothing that lets others have it.</summary>
internal static class CollectionMentions
{
    // 'Append' of a list is a query, and no addition
    private static readonly HashSet<string> s_known = new(MemberNames.Additions.Remove("Append").Union(MemberNames.Removals).Union(MemberNames.Takings), StringComparer.Ordinal)
    {
        "TryUpdate", "Peek", "TryPeek",
        "Count", "Length", "LongLength", "IsEmpty", "Capacity", "EnsureCapacity", "TrimExcess", "Contains", "ContainsKey", "ContainsValue", "IndexOf", "TryGetValue", "Values", "Keys", "First", "Last",
    };

    /// <summary>Queries that go through a collection and give some of it, or something about it.</summary>
    private static readonly HashSet<string> s_queries = new(StringComparer.Ordinal)
    {
        "Where", "Select", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Take", "Skip", "TakeWhile", "SkipWhile", "First", "FirstOrDefault", "Last", "LastOrDefault", "MinBy", "MaxBy", "Any", "All", "Sum", "ToArray", "ToList",
    };

    /// <summary>Whether every mention of <paramref name="field"/> is understood.</summary>
    public static bool AreUnderstood(IFieldSymbol field, CancellationToken cancellationToken)
    {
        var name = (field.AssociatedSymbol ?? field).Name;
        foreach (var reference in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var mention in reference.GetSyntax(cancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (mention.Identifier.ValueText == name && !IsUnderstood(mention))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether nobody gets <paramref name="field"/> itself: whatever happens to what is in the collection, members of the type do it.</summary>
    public static bool StayHere(IFieldSymbol field, CancellationToken cancellationToken)
    {
        var name = (field.AssociatedSymbol ?? field).Name;
        return field.ContainingType.DeclaringSyntaxReferences.SelectMany(reference => reference.GetSyntax(cancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>())
            .All(mention => mention.Identifier.ValueText != name || mention.Parent is MemberAccessExpressionSyntax { Expression: var of } access && (of == mention || (of is ThisExpressionSyntax && access.Parent is MemberAccessExpressionSyntax)) || IsUnderstood(mention));
    }

    /// <summary>Whether the code puts something into the collection in <paramref name="field"/>, or takes something out.</summary>
    public static bool AreChangesIn(SyntaxNode body, IFieldSymbol field)
    {
        var name = (field.AssociatedSymbol ?? field).Name;
        return body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(mention => mention.Identifier.ValueText == name && mention.Parent switch
        {
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } call when call.Expression == mention => call.Name.Identifier.ValueText is not ("TryGetValue" or "Contains" or "ContainsKey" or "IndexOf" or "Peek" or "TryPeek" or "ToArray"),
            ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } element => assignment.Left == element,
            _ => false,
        });
    }

    private static bool IsUnderstood(IdentifierNameSyntax mention)
    {
        if (mention.Ancestors().Any(static node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        {
            // another time, and another body
            return false;
        }

        if (OnlyAsks(mention))
        {
            return true;
        }

        ExpressionSyntax value = mention.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own && own.Name == mention ? own : mention;
        if (value == mention && mention.Parent is MemberAccessExpressionSyntax other && other.Name == mention)
        {
            // a field of that name of another object: of this type, perhaps
            return false;
        }

        return value.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Expression == value => s_known.Contains(access.Name.Identifier.ValueText),
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } } => s_known.Contains(binding.Name.Identifier.ValueText),
            ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax binding } => s_known.Contains(binding.Name.Identifier.ValueText),
            ElementAccessExpressionSyntax element => element.Expression == value && element.Parent is not (RefExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 }),
            CommonForEachStatementSyntax loop => loop.Expression == value,
            AssignmentExpressionSyntax assignment => assignment.Left == value && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax => true,
            LockStatementSyntax or ExpressionStatementSyntax => true,
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Array" }, Name.Identifier.ValueText: "Clear" or "Resize" } } } } => true,
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } } } => true,
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "NativeMemory" }, Name.Identifier.ValueText: "Free" or "AlignedFree" } } } } => true,
            _ => false,
        };
    }

    /// <summary>A query that gives keys, numbers or an answer, by functions that call nothing: <c>_entries.Where(e =&gt; e.Value.Stamp &lt; before).Select(e =&gt; e.Key)</c>, <c>_entries.OrderBy(e =&gt; e.Value.Stamp).First().Key</c>.</summary>
    private static bool OnlyAsks(IdentifierNameSyntax mention)
    {
        var givesElements = true;
        SyntaxNode value = mention.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own && own.Name == mention ? own : mention;
        while (value.Parent is MemberAccessExpressionSyntax access && access.Expression == value)
        {
            var name = access.Name.Identifier.ValueText;
            if (access.Parent is not InvocationExpressionSyntax call || call.Expression != access)
            {
                return value != mention && givesElements && name == "Key";
            }

            if (!s_queries.Contains(name) || !call.ArgumentList.Arguments.All(static argument => argument.Expression is LiteralExpressionSyntax or IdentifierNameSyntax || IsPlain(argument.Expression)))
            {
                return false;
            }

            givesElements &= name is not ("Any" or "All" or "Sum" or "Select");
            if (name == "Select" && !(call.ArgumentList.Arguments is { Count: 1 } only && only[0].Expression is LambdaExpressionSyntax { Body: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Key", Expression: IdentifierNameSyntax } }))
            {
                return false;
            }

            value = call;
        }

        return !givesElements;
    }

    private static bool IsPlain(ExpressionSyntax argument) =>
        argument is LambdaExpressionSyntax && !argument.DescendantNodes().Any(static node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or BaseObjectCreationExpressionSyntax);
}
