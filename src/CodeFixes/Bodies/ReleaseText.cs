using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>The statement that releases a block, written as the surroundings would write it.</summary>
internal static class ReleaseText
{
    // The families whose release takes nothing for an answer.
    private static readonly HashSet<string> NullIsFine = new(StringComparer.Ordinal)
    {
        "NativeMemory", "NativeMemory aligned", "HGlobal", "CoTaskMem", "BSTR", "Malloc", "Emalloc", "NativeLibrary",
    };

    /// <summary>Whether the family's release takes null and does nothing then.</summary>
    public static bool TakesNull(string family) => NullIsFine.Contains(family);

    /// <summary>
    /// The lines of a statement that releases <paramref name="block"/>, to be put where <paramref name="position"/> is.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="position">A position in which the owner is in scope.</param>
    /// <param name="at">The node in which the statement will stand.</param>
    /// <param name="mayBeNothing">The owner may hold no block there.</param>
    /// <param name="unit">One step of indentation.</param>
    /// <returns>The lines without line ends; null when the finding names no release.</returns>
    public static IReadOnlyList<string>? Lines(OwnedBlock block, int position, SyntaxNode at, bool mayBeNothing, string unit)
    {
        if (block.OwnerType is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } values })
        {
            return OfNullable(block, values[0], position, at, unit);
        }

        if (Call(block.Site, block.Site.ReleaseTemplate, block.OwnerText, block.OwnerType, position, at) is not { } call)
        {
            return null;
        }

        var (text, needsUnsafe) = call;
        var isShared = AnothersBlock.IsFound(block);
        if ((isShared && AnothersBlock.Condition(block) is null) || MovedMember.IsMembers(block))
        {
            return null;
        }

        mayBeNothing |= TakenBlock.MayBeNothing(block, at);
        var lines = isShared ? [$"if ({AnothersBlock.Condition(block)})", "{", unit + text + ";", "}"] : mayBeNothing ? Guarded(block.Site, block.OwnerText, block.OwnerType, text, unit) : [text + ";"];
        return block.Site.Layout.Styled(needsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines, at);
    }

    /// <summary>The value in the owner, when there is one.</summary>
    private static IReadOnlyList<string>? OfNullable(OwnedBlock block, ITypeSymbol type, int position, SyntaxNode at, string unit)
    {
        var name = NewName.For(block.Site, position, type);
        return Call(block.Site, block.Site.ReleaseTemplate, name, type, position, at) is { NeedsUnsafe: false } call
            ? block.Site.Layout.Styled([$"if ({block.OwnerText} is {{ }} {name})", "{", unit + call.Text + ";", "}"], at)
            : null;
    }

    /// <summary>The lines of the release <paramref name="text"/> of <paramref name="owner"/>, which may hold nothing: with a test where the release does not take that.</summary>
    public static IReadOnlyList<string> Guarded(FixSite site, string owner, ITypeSymbol? type, string text, string unit)
    {
        var isMember = text.StartsWith(owner + ".", StringComparison.Ordinal);
        if (site.ReleaseTakesNull && !(isMember && type is { IsReferenceType: true }))
        {
            return [text + ";"];
        }

        return isMember && type is { IsReferenceType: true }
            ? [owner + "?" + text.Substring(owner.Length) + ";"]
            : [$"if ({NotNothing(site, owner, type)})", "{", unit + text + ";", "}"];
    }

    /// <summary><paramref name="lines"/> of a release with the line that clears the owner right after it, inside the test when there is one.</summary>
    public static IReadOnlyList<string> AndCleared(IReadOnlyList<string> lines, string clearing, string unit) =>
        lines.Count > 1 && lines[lines.Count - 1] == "}" ? [.. lines.Take(lines.Count - 1), unit + clearing, "}"] : [.. lines, clearing];

    /// <summary>A handle in a variable is nothing after its release: that writes to the variable itself.</summary>
    public static bool ClearsItself(ITypeSymbol? type) => type is { Name: "GCHandle", TypeKind: TypeKind.Struct, ContainingNamespace: { Name: "InteropServices", ContainingNamespace: { Name: "Runtime", ContainingNamespace.Name: "System" } } };

    /// <summary>The statement that sets <paramref name="owner"/> to nothing.</summary>
    public static string Clearing(FixSite site, string owner, ITypeSymbol? type) => owner + (type switch
    {
        IPointerTypeSymbol => " = null;",
        { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } => " = null!;",
        { IsReferenceType: true } => " = null;",
        _ => " = default;",
    });

    /// <summary>The template filled in, the type's name as short as it can be, and a cast where the parameter asks for one.</summary>
    public static (string Text, bool NeedsUnsafe)? Call(FixSite site, string template, string argument, ITypeSymbol? argumentType, int position, SyntaxNode at)
    {
        if (template.Length == 0 || !template.Contains("{0}"))
        {
            return null;
        }

        if (template.StartsWith("{0}.DisposeAsync", StringComparison.Ordinal))
        {
            return ("await " + AsWritten(site, template).Replace("{0}", argument), false);
        }

        template = Shorten(site, template, position);
        var bound = template.Replace("{0}", argumentType is null ? argument : $"default({argumentType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})");
        var binding = site.Model.GetSpeculativeSymbolInfo(position, SyntaxFactory.ParseExpression(bound), SpeculativeBindingOption.BindAsExpression);
        var method = (binding.Symbol ?? binding.CandidateSymbols.FirstOrDefault()) as IMethodSymbol;
        if (method is not null && IsNamedAlone(site, method) && template.IndexOf('(') is > 0 and var arguments && SymbolEqualityComparer.Default.Equals(method, Bound(site, position, method.Name + bound.Substring(arguments))))
        {
            // The file names the functions of this class alone, by a using static.
            template = method.Name + template.Substring(arguments);
        }

        template = AsWritten(site, template);
        var text = template.Replace("{0}", argument);
        if (template.StartsWith("{0}", StringComparison.Ordinal) || method is null || method.Parameters.Length == 0)
        {
            return (text, false);
        }

        var parameter = method.Parameters[0].Type;
        if (binding.Symbol is null || !IsImplicit(site, argumentType, parameter))
        {
            var cast = parameter is IPointerTypeSymbol ? "void*" : parameter.SpecialType == SpecialType.System_IntPtr ? NativeInteger(site, position)
                : argumentType?.SpecialType == SpecialType.System_Object && parameter is IArrayTypeSymbol ? parameter.WithNullableAnnotation(NullableAnnotation.None).ToMinimalDisplayString(site.Model, position)
                : null;
            if (cast is not null)
            {
                text = template.Replace("{0}", "(" + cast + ")" + argument);
            }
        }

        return (text, parameter is IPointerTypeSymbol && !IsUnsafe(at));
    }

    /// <summary>Whether the release of the template takes a value of <paramref name="type"/> as it is.</summary>
    public static bool Takes(FixSite site, string template, ITypeSymbol type, int position) =>
        template.Contains("{0}") && Bound(site, position, template.Replace("{0}", $"default({type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})")) is IMethodSymbol;

    /// <summary>With a blank before the arguments where the file has one.</summary>
    private static string AsWritten(FixSite site, string template)
    {
        var arguments = template.StartsWith("{0}", StringComparison.Ordinal) ? template.LastIndexOf('(') : template.IndexOf('(');
        return arguments > 0 && template[arguments - 1] != ' ' && site.Layout.SpacesArguments ? template.Insert(arguments, " ") : template;
    }

    private static ISymbol? Bound(FixSite site, int position, string expression) =>
        site.Model.GetSpeculativeSymbolInfo(position, SyntaxFactory.ParseExpression(expression), SpeculativeBindingOption.BindAsExpression).Symbol;

    /// <summary>The allocation is written without the class, which is the class of <paramref name="release"/>.</summary>
    private static bool IsNamedAlone(FixSite site, IMethodSymbol release) =>
        release.IsStatic && OwnedBlock.Find(site) is { Allocation: InvocationExpressionSyntax { Expression: SimpleNameSyntax } allocation }
        && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(allocation, site.CancellationToken).Symbol?.ContainingType, release.ContainingType);

    /// <summary>Whether pointers may be written at <paramref name="node"/>.</summary>
    public static bool IsUnsafe(SyntaxNode? node) =>
        node?.AncestorsAndSelf().Any(ancestor => ancestor is UnsafeStatementSyntax
            || (ancestor is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.UnsafeKeyword))
            || (ancestor is LocalFunctionStatementSyntax local && local.Modifiers.Any(SyntaxKind.UnsafeKeyword))) == true;

    /// <summary>The name of the native integer as the file writes it: <c>IntPtr</c> where it says so and never <c>nint</c>.</summary>
    public static string NativeInteger(FixSite site, int position)
    {
        var names = site.Root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);
        var isOld = site.Language < LanguageVersion.CSharp9;
        if ((isOld || (names.Contains("IntPtr") && !names.Contains("nint"))) && site.Model.GetSpeculativeTypeInfo(position, SyntaxFactory.ParseTypeName("IntPtr"), SpeculativeBindingOption.BindAsTypeOrNamespace).Type is { SpecialType: SpecialType.System_IntPtr })
        {
            return "IntPtr";
        }

        return isOld ? "System.IntPtr" : "nint";
    }

    private static bool IsImplicit(FixSite site, ITypeSymbol? from, ITypeSymbol to) =>
        from is null || site.Model.Compilation.ClassifyCommonConversion(from, to).IsImplicit || SymbolEqualityComparer.Default.Equals(from, to);

    /// <summary><c>global::A.B.Type.M(...)</c> with the shortest name of the type that means it at the position.</summary>
    public static string Shorten(FixSite site, string template, int position)
    {
        const string Global = "global::";
        var open = template.IndexOf('(');
        var name = open < 0 ? template : template.Substring(0, open);
        if (!name.StartsWith(Global, StringComparison.Ordinal) || SyntaxFactory.ParseExpression(name) is not MemberAccessExpressionSyntax parsed)
        {
            return template;
        }

        if (parsed.Expression is AliasQualifiedNameSyntax { Name: { } alone } aliased)
        {
            // A type without a namespace.
            var meant = site.Model.GetSpeculativeTypeInfo(position, aliased, SpeculativeBindingOption.BindAsTypeOrNamespace).Type;
            return meant is not null && SymbolEqualityComparer.Default.Equals(meant, site.Model.GetSpeculativeTypeInfo(position, alone, SpeculativeBindingOption.BindAsTypeOrNamespace).Type) ? alone + template.Substring(aliased.ToString().Length) : template;
        }

        // From the whole expression inwards, so that ArrayPool<byte>.Shared.Return finds the type and keeps the rest.
        for (ExpressionSyntax? part = parsed.Expression; part is MemberAccessExpressionSyntax access; part = access.Expression)
        {
            var full = access.ToString();
            if (site.Model.GetSpeculativeTypeInfo(position, SyntaxFactory.ParseTypeName(full), SpeculativeBindingOption.BindAsTypeOrNamespace).Type is not INamedTypeSymbol { TypeKind: not TypeKind.Error } type)
            {
                continue;
            }

            var shorter = access.Name.ToString();
            for (var outer = access.Expression; ; outer = ((MemberAccessExpressionSyntax)outer).Expression)
            {
                var found = site.Model.GetSpeculativeTypeInfo(position, SyntaxFactory.ParseTypeName(shorter), SpeculativeBindingOption.BindAsTypeOrNamespace).Type;
                if (SymbolEqualityComparer.Default.Equals(found, type))
                {
                    return shorter + template.Substring(full.Length);
                }

                if (outer is not MemberAccessExpressionSyntax next)
                {
                    break;
                }

                shorter = next.Name + "." + shorter;
            }

            return template;
        }

        return template;
    }

    /// <summary>The test that <paramref name="owner"/> has something.</summary>
    public static string NotNothing(FixSite site, string owner, ITypeSymbol? type) =>
        type?.Name == "GCHandle" ? owner + ".IsAllocated"
        : type is { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } ? owner + (site.Language >= LanguageVersion.CSharp11 ? " != 0" : " != default")
        : owner + " != null";
}
