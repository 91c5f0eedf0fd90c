using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>
/// A type of the project has its own pair around an allocator, <c>CustomAlloc</c> and <c>CustomFree</c>: what the one gives
/// goes back through the other, which may count or pool. Whether it really releases is seen when the result is analyzed.
/// </summary>
internal sealed record OwnPair(string Template, bool TakesNull)
{
    // Longer ones first: a name is taken apart once.
    private static readonly string[] s_allocating = ["AllocateZeroed", "AllocZeroed", "Allocate", "Malloc", "Calloc", "Alloc", "Create", "Acquire", "Reserve", "Rent", "Take", "Make", "Open", "New", "Get"];
    private static readonly string[] s_releasing = ["Deallocate", "Dealloc", "Destroy", "Release", "Dispose", "Delete", "Return", "Close", "Give", "Free", "Drop", "Kill", "Put"];

    /// <summary>The release that the project pairs with its own allocation at the site; null when there is none, or when the names do not say so.</summary>
    public static OwnPair? Of(FixSite site)
    {
        // A part of what a function gives goes back by itself.
        if (site.Finding.Property(FixData.HeldKey).IndexOfAny(['.', '>', '[']) >= 0 || Allocation(site) is not { } allocation || site.Model.GetSymbolInfo(allocation, site.CancellationToken).Symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary, IsExtern: false, ReturnsVoid: false, DeclaringSyntaxReferences.IsEmpty: false, ContainingType: { } type } method
            || NameIn(site.Finding.ReleaseTemplate) is not { } release)
        {
            return null;
        }

        var takers = type.GetMembers().OfType<IMethodSymbol>().Where(member =>
            member is { MethodKind: MethodKind.Ordinary, ReturnsVoid: true, IsGenericMethod: false, Parameters: { Length: 1 } parameters } && member.IsStatic == method.IsStatic && parameters[0].RefKind == RefKind.None && Takes(parameters[0].Type, method.ReturnType)
            && site.Model.IsAccessible(allocation.SpanStart, member) && Releases(site, member, release)).ToList();
        var mates = takers.Where(taker => AreMates(method.Name, taker.Name)).ToList();
        if (mates.Count == 0 && method.ReturnType is IPointerTypeSymbol { PointedAtType: INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } })
        {
            // The one function for all structures of the kind: it knows what lies in them.
            mates = takers.Where(taker => s_releasing.Contains(taker.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        }

        return mates.Count == 1 && Receiver(site, allocation, mates[0]) is { } receiver ? new OwnPair(receiver + mates[0].Name + "({0})", ReleasingHelper.Is(site, mates[0])) : null;
    }

    /// <summary>The name says that something is released.</summary>
    public static bool IsReleaseName(string name) => s_releasing.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>The name says that something is released, and nothing else.</summary>
    public static bool IsReleaseWord(string name) => s_releasing.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static InvocationExpressionSyntax? Allocation(FixSite site)
    {
        var span = site.Finding.PlacesOf(FixData.Allocation).Select(place => (Microsoft.CodeAnalysis.Text.TextSpan?)place).FirstOrDefault() ?? site.Finding.Span;
        return site.NodeAt<ExpressionSyntax>(span) is { } node ? OwnedBlock.Bare(node) as InvocationExpressionSyntax : null;
    }

    /// <summary>The name of the function in a template: <c>Free</c> of <c>global::A.B.Free({0})</c> and of <c>{0}.Free()</c>. What is disposed of says so itself.</summary>
    private static string? NameIn(string template) =>
        template.IndexOf("({0}", StringComparison.Ordinal) is > 0 and var open ? template.Substring(0, open).Split('.').Last()
        : template.StartsWith("{0}.", StringComparison.Ordinal) && !template.StartsWith("{0}.Dispose", StringComparison.Ordinal) && template.IndexOf('(') is > 4 and var end ? template.Substring(4, end - 4)
        : null;

    private static bool Takes(ITypeSymbol parameter, ITypeSymbol given) =>
        SymbolEqualityComparer.Default.Equals(parameter, given) || (parameter is IPointerTypeSymbol { PointedAtType.SpecialType: SpecialType.System_Void } && given is IPointerTypeSymbol);

    /// <summary>The names are the same but for what is done: <c>zstd_customMalloc</c>, <c>zstd_customFree</c>.</summary>
    public static bool AreMates(string allocating, string releasing) =>
        s_allocating.SelectMany(word => Without(allocating, word)).Any(rest => s_releasing.SelectMany(word => Without(releasing, word)).Contains(rest, StringComparer.OrdinalIgnoreCase));

    /// <summary>The name without <paramref name="word"/>, where that is a word of it.</summary>
    private static IEnumerable<string> Without(string name, string word)
    {
        var at = name.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        if (at >= 0 && (at == 0 || char.IsUpper(name[at]) || !char.IsLetter(name[at - 1])) && (at + word.Length == name.Length || !char.IsLower(name[at + word.Length])))
        {
            yield return name.Remove(at, word.Length);
        }
    }

    /// <summary>The method hands its parameter to the function that releases such a block.</summary>
    public static bool Releases(FixSite site, IMethodSymbol mate, string release) =>
        mate.DeclaringSyntaxReferences.Any(part => part.GetSyntax(site.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            string.Equals(((call.Expression as MemberAccessExpressionSyntax)?.Name ?? call.Expression as SimpleNameSyntax)?.Identifier.ValueText, release, StringComparison.OrdinalIgnoreCase)
            && (call.ArgumentList.Arguments.FirstOrDefault()?.Expression ?? RootOf(call.Expression)) is { } released && OwnedBlock.Bare(released) is IdentifierNameSyntax name && name.Identifier.ValueText == mate.Parameters[0].Name));

    /// <summary>The variable in which what is called on lies: <c>page</c> of <c>page.Handle.Free()</c>.</summary>
    private static ExpressionSyntax RootOf(ExpressionSyntax called)
    {
        while (called is MemberAccessExpressionSyntax access)
        {
            called = access.Expression;
        }

        return called;
    }

    /// <summary>What the mate is called on: its class, or the object that gave the block.</summary>
    private static string? Receiver(FixSite site, InvocationExpressionSyntax allocation, IMethodSymbol mate) => allocation.Expression switch
    {
        _ when mate.IsStatic => mate.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ".",
        SimpleNameSyntax => string.Empty,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => "this.",
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } when site.Model.GetSymbolInfo(owner, site.CancellationToken).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol { IsReadOnly: true } => owner + ".",
        _ => null,
    };
}
