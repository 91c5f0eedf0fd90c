using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// Which members of a type can have to do with one of its fields: those that mention it, hand out the whole object, or
/// call such members. By names alone, so that the others need no analysis. Thread-safe.
/// </summary>
internal sealed class FieldMentions(BodyStore bodies)
{
    /// <summary>The bodies of the members of the field's type that can reach the field, in the order of their declaration; those that are not meant are not even bound.</summary>
    public IEnumerable<BodyUnit> BodiesThatReach(IFieldSymbol field, CancellationToken cancellationToken, Func<SyntaxNode, bool>? isMeant = null)
    {
        foreach (var (member, syntax) in MembersThatReach(field, cancellationToken))
        {
            if (isMeant?.Invoke(syntax) == false)
            {
                continue;
            }

            var unit = member is IMethodSymbol method
                ? bodies.BodyOf(method, cancellationToken)
                : bodies.BodyAt(syntax, member, bodies.ModelOf(syntax.SyntaxTree), cancellationToken);
            if (unit is not null)
            {
                yield return unit;
            }
        }
    }

    /// <summary>The bodies of the static methods of the field's type that mention it: of objects that they are handed.</summary>
    public IEnumerable<BodyUnit> StaticBodiesThatMention(IFieldSymbol field, CancellationToken cancellationToken)
    {
        foreach (var member in field.ContainingType.GetMembers())
        {
            if (member is IMethodSymbol { IsStatic: true, MethodKind: not MethodKind.StaticConstructor } method && (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences is { IsEmpty: false } declarations &&
                declarations[0].GetSyntax(cancellationToken) is var syntax && TreeWords.Of(syntax.SyntaxTree, cancellationToken).MentionsIn(syntax.Span, (field.AssociatedSymbol ?? field).Name, WordShapes.Any) &&
                bodies.BodyOf(method, cancellationToken) is { } unit)
            {
                yield return unit;
            }
        }
    }

    private static IEnumerable<(ISymbol Member, SyntaxNode Syntax)> MembersThatReach(IFieldSymbol field, CancellationToken cancellationToken)
    {
        var members = BodiesOf(field.ContainingType, cancellationToken);
        var reaching = new bool[members.Count];
        var names = new List<string> { (field.AssociatedSymbol ?? field).Name };
        if (field.AssociatedSymbol is not null)
        {
            // the keyword by which the accessors of a property mean its field
            names.Add("field");
        }

        for (var grown = true; grown;)
        {
            grown = false;
            for (var i = 0; i < members.Count; i++)
            {
                var (member, syntax) = members[i];
                if (!reaching[i] && (SymbolEqualityComparer.Default.Equals(member, field) || (member is IPropertySymbol && SymbolEqualityComparer.Default.Equals(member, field.AssociatedSymbol)) || IsAccessorOf(member, field) || Mentions(syntax, names, cancellationToken)))
                {
                    reaching[i] = true;
                    grown = true;
                    names.Add(NameOf(member));
                }
            }
        }

        return members.Where((_, index) => reaching[index]);
    }

    private static bool IsAccessorOf(ISymbol member, IFieldSymbol field) =>
        member is IMethodSymbol { AssociatedSymbol: { } property } && SymbolEqualityComparer.Default.Equals(property, field.AssociatedSymbol);

    private static bool Mentions(SyntaxNode syntax, List<string> names, CancellationToken cancellationToken)
    {
        var words = TreeWords.Of(syntax.SyntaxTree, cancellationToken);
        return names.Exists(name => words.MentionsIn(syntax.Span, name, WordShapes.Any)) || words.HandsOutSelfIn(syntax.Span);
    }

    /// <summary>How other members of the type call it; interfaces are called by the last part of the name.</summary>
    private static string NameOf(ISymbol member)
    {
        var name = ((member as IMethodSymbol)?.AssociatedSymbol ?? member).Name;
        return name.Substring(name.LastIndexOf('.') + 1);
    }

    private static List<(ISymbol Member, SyntaxNode Syntax)> BodiesOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var found = new List<(ISymbol, SyntaxNode)>();
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { IsStatic: false } method && (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences is { IsEmpty: false } declarations)
            {
                found.Add((member, declarations[0].GetSyntax(cancellationToken)));
            }
            else if (member is IPropertySymbol { IsStatic: false, DeclaringSyntaxReferences: { IsEmpty: false } written } && written[0].GetSyntax(cancellationToken) is PropertyDeclarationSyntax { Initializer: { } initial })
            {
                found.Add((member, initial));
            }
            else if (member is IFieldSymbol { IsStatic: false, DeclaringSyntaxReferences: { IsEmpty: false } references } &&
                references[0].GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer: { } initializer })
            {
                found.Add((member, initializer));
            }
        }

        return found;
    }
}
