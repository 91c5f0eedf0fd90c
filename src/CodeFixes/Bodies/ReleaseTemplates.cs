using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>The release that a finding names, completed with what only the code at hand says: the pool, the class of an imported function.</summary>
internal static class ReleaseTemplates
{
    /// <summary>So many functions are read on the way to a pool.</summary>
    private const int MostFactories = 8;

    public static string Of(FixSite site)
    {
        var template = site.Finding.ReleaseTemplate;
        if (OfTheSame(site) is { } same)
        {
            return same;
        }

        if (OfStructure(site) is { } whole)
        {
            return whole;
        }

        // A handle that lies in an object is released by the object.
        if ((!template.StartsWith("{0}.", StringComparison.Ordinal) || template.StartsWith("{0}.Free(", StringComparison.Ordinal)) && OfObject(site) is { } own)
        {
            return own;
        }

        if (OfSecret(site) is { } secret)
        {
            return secret;
        }

        if (OfMarshaller(site) is { } marshalled)
        {
            return marshalled;
        }

        if (template.Length == 0)
        {
            return Imported(site) is { Length: > 0 } imported ? imported : OfSameClass(site) is { Length: > 0 } paired ? paired : ImportedBelow(site) is { Length: > 0 } below ? below : OfReceiver(site);
        }

        if (!template.Contains("{1}"))
        {
            return ImportedBeside(site) ?? template;
        }

        if (OfField(site) is { } pool)
        {
            return template.Replace("{1}", pool);
        }

        if (OfFactory(site) is { } rented)
        {
            return template.Replace("{1}", rented);
        }

        return Allocation(site) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && IsStable(access.Expression) && site.Model.GetSymbolInfo(access.Expression, site.CancellationToken).Symbol is not ITypeSymbol
            ? template.Replace("{1}", access.Expression.ToString())
            : OfSameClass(site);
    }

    /// <summary>The secret of a <c>SecureString</c> must not stay in memory that is given back: it is overwritten first.</summary>
    private static string? OfSecret(FixSite site) =>
        Allocation(site) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } && name.StartsWith("SecureStringTo", StringComparison.Ordinal)
            ? "global::System.Runtime.InteropServices.Marshal.ZeroFree" + name.Substring("SecureStringTo".Length) + "({0})" : null;

    /// <summary>What a marshaller of the library converts is released by its own <c>Free</c>.</summary>
    private static string? OfMarshaller(FixSite site) =>
        Allocation(site) is InvocationExpressionSyntax allocation && site.Model.GetSymbolInfo(allocation, site.CancellationToken).Symbol is IMethodSymbol { Name: "ConvertToUnmanaged", IsStatic: true, ContainingType: { TypeArguments.IsEmpty: true } type } method
        && type.GetMembers("Free").OfType<IMethodSymbol>().Any(free => free is { IsStatic: true, Parameters: { Length: 1 } parameters } && SymbolEqualityComparer.Default.Equals(parameters[0].Type, method.ReturnType))
            ? type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ".Free({0})" : null;

    /// <summary>The class that imports the allocation imports the function that belongs to it by name as well: <c>LocalAlloc</c>, <c>LocalFree</c>.</summary>
    private static string? ImportedBeside(FixSite site)
    {
        if (Allocation(site) is not InvocationExpressionSyntax allocation || site.Model.GetSymbolInfo(allocation, site.CancellationToken).Symbol is not IMethodSymbol { IsStatic: true, ContainingType: { } type } method || EntryPoint(method) is not { } name)
        {
            return null;
        }

        var mates = type.GetMembers().OfType<IMethodSymbol>().Where(member => member is { IsStatic: true, Parameters: { Length: 1 } parameters } && parameters[0].RefKind == RefKind.None && EntryPoint(member) is { } other && OwnPair.AreMates(name, other) && site.Model.IsAccessible(allocation.SpanStart, member)).ToList();
        return mates.Count == 1 ? type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + mates[0].Name + "({0})" : null;
    }

    /// <summary>The finding only says which field holds the block: the pool that all that the field is given is rented from.</summary>
    private static string? OfField(FixSite site)
    {
        if (site.Finding.PlacesOf(FixData.Allocation).Any() || site.Finding.PlacesOf(FixData.Field).Select(span => site.NodeAt<VariableDeclaratorSyntax>(span)).FirstOrDefault() is not { } field || field.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || site.Model.GetDeclaredSymbol(field, site.CancellationToken) is not { } symbol)
        {
            return null;
        }

        var given = type.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => assignment.Left.ToString().EndsWith(symbol.Name, StringComparison.Ordinal) && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(assignment.Left, site.CancellationToken).Symbol, symbol)).Select(assignment => assignment.Right)
            .Concat(field.Initializer is { } initializer ? [initializer.Value] : []);
        var pools = given.Select(OwnedBlock.Bare).OfType<InvocationExpressionSyntax>().Where(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Rent" }).Select(call => ((MemberAccessExpressionSyntax)call.Expression).Expression)
            .Where(pool => IsStable(pool) && site.Model.GetSymbolInfo(pool, site.CancellationToken).Symbol is IFieldSymbol or IPropertySymbol).Select(pool => pool.ToString()).Distinct(StringComparer.Ordinal).ToList();
        return pools.Count == 1 ? pools[0] : null;
    }

    /// <summary>
    /// On another path of the body the block goes back to the object that gave it, <c>source.Recycle(block)</c>: nothing
    /// else would do, whatever some implementations make of it.
    /// </summary>
    private static string? OfTheSame(FixSite site)
    {
        if (Allocation(site) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax giver } } allocation || OwnedBlock.Find(site) is not { Owner: ILocalSymbol } block
            || site.Model.GetSymbolInfo(giver, site.CancellationToken).Symbol is not (ILocalSymbol { IsRef: false } or IParameterSymbol { RefKind: RefKind.None } or IFieldSymbol { IsReadOnly: true })
            || site.Model.GetSymbolInfo(allocation, site.CancellationToken).Symbol is not IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false })
        {
            return null;
        }

        // What the analysis takes for handing on says by its name that the block goes back.
        var named = site.Finding.PlacesOf(FixData.Taken).Concat(site.Finding.PlacesOf(FixData.Release)).Select(span => site.NodeAt<ExpressionSyntax>(span)).OfType<InvocationExpressionSyntax>();
        var others = allocation.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && OwnPair.IsReleaseName(name)) ?? [];
        var names = named.Concat(others).Where(call => call.Parent is ExpressionStatementSyntax
            && call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax taker } && taker.Identifier.ValueText == giver.Identifier.ValueText
            && call.ArgumentList.Arguments is { Count: 1 } arguments && block.References(arguments[0].Expression).Any(name => name == OwnedBlock.Bare(arguments[0].Expression)))
            .Select(call => ((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.Text).Distinct(StringComparer.Ordinal).ToList();
        return names.Count == 1 ? $"{giver}.{names[0]}({{0}})" : null;
    }

    /// <summary>
    /// A native structure that has pointers of its own is released as the body, or else its type, releases others of the kind, when that
    /// is by one function of the project.
    /// </summary>
    private static string? OfStructure(FixSite site)
    {
        if (site.Finding.PlacesOf(FixData.Holder).Any() || Allocation(site) is not InvocationExpressionSyntax allocation || site.Model.GetSymbolInfo(allocation, site.CancellationToken).Symbol is not IMethodSymbol { IsExtern: false, DeclaringSyntaxReferences.IsEmpty: false, ReturnType: IPointerTypeSymbol { PointedAtType: INamedTypeSymbol { TypeKind: TypeKind.Struct } structure } pointer }
            || !structure.GetMembers().OfType<IFieldSymbol>().Any(static field => !field.IsStatic && field.Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr }))
        {
            return null;
        }

        foreach (SyntaxNode? around in new SyntaxNode?[] { allocation.FirstAncestorOrSelf<MemberDeclarationSyntax>(), allocation.FirstAncestorOrSelf<TypeDeclarationSyntax>() })
        {
            var names = (around?.DescendantNodes().OfType<InvocationExpressionSyntax>() ?? []).Where(call => call is { Parent: ExpressionStatementSyntax, ArgumentList.Arguments.Count: 1 } && OwnPair.IsReleaseName(NameOf(call))
                && site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { IsStatic: true, IsExtern: false, Parameters: { Length: 1 } parameters, DeclaringSyntaxReferences.IsEmpty: false } && SymbolEqualityComparer.Default.Equals(parameters[0].Type, pointer))
                .Select(static call => call.Expression.ToString()).Distinct(StringComparer.Ordinal).ToList();
            if (names.Count > 0)
            {
                return names.Count == 1 ? names[0] + "({0})" : null;
            }
        }

        return null;

        static string NameOf(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText ?? (call.Expression as IdentifierNameSyntax)?.Identifier.ValueText ?? "";
    }

    /// <summary>The block lies in an object: the method of that object that releases it. Whether it really does is seen when the result is analyzed.</summary>
    private static string? OfObject(FixSite site) =>
        Allocation(site) is { } allocation ? OfObject(site, allocation.SpanStart, site.Model.GetTypeInfo(allocation, site.CancellationToken).Type) : null;

    /// <summary>The method of an object of the type <paramref name="made"/> that releases what lies in it.</summary>
    public static string? OfObject(FixSite site, int position, ITypeSymbol? made)
    {
        if (made is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None, Name: not ("Task" or "ValueTask") } type)
        {
            return null;
        }

        if (type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_IDisposable))
        {
            return "{0}.Dispose()";
        }

        var methods = new[] { "Dispose", "Free", "Release", "Close", "Destroy" }.Where(name => site.Model.LookupSymbols(position, type, name).Any(member => member is IMethodSymbol { IsStatic: false, ReturnsVoid: true, Parameters.IsEmpty: true })).ToList();
        return methods.Count > 0 ? "{0}." + methods[0] + "()"
            : type.AllInterfaces.Any(face => face is { Name: "IAsyncDisposable", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }) ? "{0}.DisposeAsync()"
            : null;
    }

    private static ExpressionSyntax? Allocation(FixSite site)
    {
        var span = site.Finding.PlacesOf(FixData.Allocation).Select(place => (Microsoft.CodeAnalysis.Text.TextSpan?)place).FirstOrDefault() ?? site.Finding.Span;
        return site.NodeAt<ExpressionSyntax>(span) is { } node ? OwnedBlock.Bare(node) : null;
    }

    /// <summary>The pool is the same when it is named again.</summary>
    private static bool IsStable(ExpressionSyntax target) => target.DescendantNodesAndSelf().All(node => node is NameSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax or TypeSyntax or TypeArgumentListSyntax);

    /// <summary>The imported function of the expected name, in the class that imports the allocation.</summary>
    private static string Imported(FixSite site)
    {
        var wanted = site.Finding.Property(FixData.ReleaseTextKey);
        if (wanted.Length == 0 || Allocation(site) is not { } allocation || site.Model.GetSymbolInfo(allocation, site.CancellationToken).Symbol is not IMethodSymbol { ContainingType: { } type } method || EntryPoint(method) is null)
        {
            return string.Empty;
        }

        var release = type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(member => EntryPoint(member) == wanted && member.Parameters.Length == 1);
        return release is null ? string.Empty : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + release.Name + "({0})";
    }

    /// <summary>
    /// The block comes from a function of the project, and the class of that function has one that takes such a block and
    /// calls the release. Whether it really releases is seen when the result is analyzed.
    /// </summary>
    private static string OfSameClass(FixSite site)
    {
        var wanted = site.Finding.Property(FixData.ReleaseTextKey).Split('.').Last();
        if (wanted.Length == 0 || Allocation(site) is not { } allocation || site.Model.GetSymbolInfo(allocation, site.CancellationToken).Symbol is not IMethodSymbol { IsStatic: true, ReturnsVoid: false, ContainingType: { } type } method)
        {
            return string.Empty;
        }

        var release = type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(member =>
            member is { IsStatic: true, ReturnsVoid: true, IsGenericMethod: false, Parameters: { Length: 1 } parameters } && parameters[0].RefKind == RefKind.None
            && SymbolEqualityComparer.Default.Equals(parameters[0].Type, method.ReturnType)
            && site.Model.IsAccessible(allocation.SpanStart, member)
            && OwnPair.Releases(site, member, wanted));
        return release is null ? string.Empty : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + release.Name + "({0})";
    }

    /// <summary>The block comes from a pool of the project, <c>pool.Take()</c>: the method of the same object that takes it back.</summary>
    private static string OfReceiver(FixSite site)
    {
        var wanted = site.Finding.Property(FixData.ReleaseTextKey).Split('.');
        return wanted.Length == 2 && Allocation(site) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var pool } } && IsStable(pool)
            && site.Model.GetSymbolInfo(pool, site.CancellationToken).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol { IsReadOnly: true } && site.Model.GetTypeInfo(pool, site.CancellationToken).Type is { } type && type.Name == wanted[0]
            && site.Model.LookupSymbols(pool.SpanStart, type, wanted[1]).Any(member => member is IMethodSymbol { IsStatic: false, Parameters: { Length: 1 } parameters } && parameters[0].RefKind == RefKind.None)
            ? $"{pool}.{wanted[1]}({{0}})" : string.Empty;
    }

    /// <summary>The block comes from a function of the project that rents it: the one pool that it, or what it calls, rents from.</summary>
    private static string? OfFactory(FixSite site)
    {
        var pools = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (factory, model, call, called) in CallsBelow(site))
        {
            if (called is { Name: "Rent", ContainingType.Name: "ArrayPool" } && call.Expression is MemberAccessExpressionSyntax access)
            {
                pools.Add(PoolName(site, model, access.Expression, factory));
            }
        }

        return pools.Count == 1 && pools.First() is { Length: > 0 } only ? only : null;
    }

    /// <summary>The block comes from a function of the project that calls an imported one: what that one's class imports for the release.</summary>
    private static string ImportedBelow(FixSite site)
    {
        var wanted = site.Finding.Property(FixData.ReleaseTextKey);
        var found = CallsBelow(site).Where(below => EntryPoint(below.Called) is not null).SelectMany(below => below.Called.ContainingType.GetMembers().OfType<IMethodSymbol>())
            .Where(member => EntryPoint(member) == wanted && member.Parameters.Length == 1 && site.Model.IsAccessible(site.Finding.Span.Start, member)).Distinct(SymbolEqualityComparer.Default).ToList();
        return found.Count == 1 && wanted.Length > 0 ? found[0]!.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + found[0]!.Name + "({0})" : string.Empty;
    }

    /// <summary>The calls in the function of the project that gives the block, and in those that it calls.</summary>
    private static IEnumerable<(IMethodSymbol Factory, SemanticModel Model, InvocationExpressionSyntax Call, IMethodSymbol Called)> CallsBelow(FixSite site)
    {
        var pending = new List<IMethodSymbol>();
        if (Allocation(site) is { } allocation && site.Model.GetSymbolInfo(allocation, site.CancellationToken).Symbol is IMethodSymbol first)
        {
            pending.Add(first);
        }

        for (var i = 0; i < pending.Count && i < MostFactories; i++)
        {
            foreach (var part in (pending[i].ReducedFrom ?? pending[i]).OriginalDefinition.DeclaringSyntaxReferences)
            {
                var body = part.GetSyntax(site.CancellationToken);
                var model = body.SyntaxTree == site.Root.SyntaxTree ? site.Model : site.Model.Compilation.GetSemanticModel(body.SyntaxTree);
                foreach (var call in body.DescendantNodes().OfType<InvocationExpressionSyntax>())
                {
                    if (model.GetSymbolInfo(call, site.CancellationToken).Symbol is not IMethodSymbol called)
                    {
                        continue;
                    }

                    yield return (pending[i], model, call, called);
                    if (!called.DeclaringSyntaxReferences.IsEmpty && !called.IsExtern && !called.ReturnsVoid && !pending.Contains(called, SymbolEqualityComparer.Default))
                    {
                        pending.Add(called);
                    }
                }
            }
        }
    }

    /// <summary>How anybody names the pool; empty when only the factory can.</summary>
    private static string PoolName(FixSite site, SemanticModel model, ExpressionSyntax pool, IMethodSymbol factory)
    {
        if (model.GetSymbolInfo(pool, site.CancellationToken).Symbol is not { IsStatic: true, Kind: SymbolKind.Property or SymbolKind.Field } symbol || !site.Model.IsAccessible(site.Finding.Span.Start, symbol))
        {
            return string.Empty;
        }

        var type = symbol.ContainingType;
        if (type is { Name: "ArrayPool", TypeArguments: { Length: 1 } arguments } && arguments[0] is ITypeParameterSymbol parameter)
        {
            // The rented type is the caller's choice.
            if (parameter.TypeParameterKind != TypeParameterKind.Method || factory.TypeArguments.ElementAtOrDefault(parameter.Ordinal) is not { } chosen)
            {
                return string.Empty;
            }

            type = type.OriginalDefinition.Construct(chosen);
        }

        return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + symbol.Name;
    }

    private static string? EntryPoint(IMethodSymbol method)
    {
        if (method.GetDllImportData() is { } import)
        {
            return import.EntryPointName ?? method.Name;
        }

        var attribute = (method.PartialDefinitionPart ?? method).GetAttributes().FirstOrDefault(candidate => candidate.AttributeClass?.Name == "LibraryImportAttribute");
        return attribute is null ? null : attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "EntryPoint").Value.Value as string ?? method.Name;
    }
}
