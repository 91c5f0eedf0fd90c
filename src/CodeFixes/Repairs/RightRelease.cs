using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Releases the block with the function that belongs to its allocation.</summary>
internal sealed class RightRelease : Repair
{
    public override string Name => "RightFunction";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (Call(site) is { } indirect && (Handed(site, indirect) ?? Named(site, indirect)) is { } other)
        {
            yield return other;
            yield break;
        }

        if (Call(site) is not { } call || !IsOfLibrary(site, call) || Argument(site, call) is not { } argument)
        {
            yield break;
        }

        if (IsReallocation(site, call))
        {
            yield return RightReallocation(site, call, []);
            yield return RightReallocation(site, call, [.. ReleasesAfter(site, call)]);
            yield break;
        }

        if (OtherPool(site, call) is { } pooled)
        {
            yield return pooled;
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

        // The right one follows.
        if (call.Parent is ExpressionStatementSyntax wrong && site.Finding.PlacesOf(FixData.Release).Any(place => place.Start > call.Span.End))
        {
            edits = new TextEdits();
            StatementRemoval.Remove(site, edits, wrong);
            yield return Plan.Of("Remove the release that does not fit", edits);
        }

        if (EachElement(site, call, argument) is { } each)
        {
            yield return each;
            yield break;
        }

        var bare = OwnedBlock.Bare(argument);
        foreach (var value in new[] { bare, argument }.Distinct())
        {
            if (ReleaseText.Call(site, Clearing(call, site.ReleaseTemplate), value.ToString(), site.Model.GetTypeInfo(value).Type, call.SpanStart, call) is not { } release)
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

    /// <summary>Who overwrites a secret as it goes, <c>Marshal.ZeroFreeGlobalAllocUnicode</c>, still does.</summary>
    private static string Clearing(InvocationExpressionSyntax wrong, string template)
    {
        if ((wrong.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText is not { } name || !name.StartsWith("ZeroFree", StringComparison.Ordinal))
        {
            return template;
        }

        var text = Array.Find(["Ansi", "UTF8"], end => name.EndsWith(end, StringComparison.Ordinal)) ?? "Unicode";
        return template.Replace("Marshal.FreeCoTaskMem(", $"Marshal.ZeroFreeCoTaskMem{text}(").Replace("Marshal.FreeHGlobal(", $"Marshal.ZeroFreeGlobalAlloc{(text == "UTF8" ? "Ansi" : text)}(").Replace("Marshal.FreeBSTR(", "Marshal.ZeroFreeBSTR(");
    }

    /// <summary>The function goes through an array or a list of blocks: each is released here by its own one.</summary>
    private static Plan? EachElement(FixSite site, InvocationExpressionSyntax call, ExpressionSyntax argument)
    {
        var type = site.Model.GetTypeInfo(argument, site.CancellationToken).Type;
        var elements = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol { TypeArguments: { Length: 1 } arguments, ContainingNamespace: { } space } when space.ToDisplayString().StartsWith("System.Collections.", StringComparison.Ordinal) => arguments[0],
            _ => null,
        };
        if (elements is null || argument is not IdentifierNameSyntax || site.Finding.Family == "ArrayPool" || ReleaseText.Takes(site, site.ReleaseTemplate, type!, call.SpanStart)
            || call.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax } statement || !site.Layout.StartsLine(statement.SpanStart))
        {
            return null;
        }

        var name = NewName.For(site, call.SpanStart, elements);
        if (ReleaseText.Call(site, site.ReleaseTemplate, name, elements, call.SpanStart, call) is not { NeedsUnsafe: false } release)
        {
            return null;
        }

        var lines = site.Layout.Styled([$"foreach ({LocalType.Of(site, elements, call.SpanStart)} {name} in {argument})", "{", site.Layout.UnitAt(statement) + release.Text + ";", "}"], statement);
        var edits = new TextEdits();
        edits.Replace(statement.Span, string.Join(site.Layout.NewLine + site.Layout.IndentAt(statement.SpanStart), lines));
        return Plan.Of($"Use '{release.Text.Split('(')[0]}' for each element", edits);
    }

    /// <summary>A function is handed on that releases each element, <c>list.ForEach(Marshal.FreeCoTaskMem)</c>, by itself or in a lambda.</summary>
    private static Plan? Handed(FixSite site, InvocationExpressionSyntax call)
    {
        if (call.ArgumentList.Arguments is not { Count: 1 } arguments)
        {
            return null;
        }

        if (arguments[0].Expression is LambdaExpressionSyntax lambda)
        {
            var inner = lambda.Body.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().ToList();
            if (inner.Count != 1 || !IsOfLibrary(site, inner[0]) || inner[0].ArgumentList.Arguments is not { Count: 1 } released || OwnedBlock.Bare(released[0].Expression) is not { } value
                || ReleaseText.Call(site, site.ReleaseTemplate, value.ToString(), site.Model.GetTypeInfo(value, site.CancellationToken).Type, value.SpanStart, call) is not { NeedsUnsafe: false } release)
            {
                return null;
            }

            var edits = new TextEdits();
            edits.Replace(inner[0].Span, release.Text);
            return Plan.Of($"Use '{release.Text.Split('(')[0]}'", edits);
        }

        return Group(site, arguments[0].Expression);
    }

    /// <summary>What is called is a variable that is a function of the library, <c>free = &amp;Marshal.FreeCoTaskMem</c>.</summary>
    private static Plan? Named(FixSite site, InvocationExpressionSyntax call) =>
        call.Expression is IdentifierNameSyntax name && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
        && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value } declared
        && declared.FirstAncestorOrSelf<BlockSyntax>() is { } body && body.DescendantNodes().OfType<IdentifierNameSyntax>().Count(other => other.Identifier.ValueText == name.Identifier.ValueText) == 1
            ? Group(site, value is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } address ? address.Operand : value) : null;

    /// <summary>The function of the library that <paramref name="named"/> names gives way to the right one, which takes the same.</summary>
    private static Plan? Group(FixSite site, ExpressionSyntax named)
    {
        var template = ReleaseText.Shorten(site, site.ReleaseTemplate, named.SpanStart);
        if (named is not (MemberAccessExpressionSyntax or IdentifierNameSyntax) || !template.EndsWith("({0})", StringComparison.Ordinal) || template.StartsWith("{0}", StringComparison.Ordinal) || template.Contains("{1}")
            || site.Model.GetSymbolInfo(named, site.CancellationToken) is var info && (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: true })
        {
            return null;
        }

        var right = template.Substring(0, template.Length - "({0})".Length);
        var edits = new TextEdits();
        edits.Replace(named.Span, right);
        return Plan.Of($"Use '{right}'", edits);
    }

    /// <summary>The pool has no name, <c>ArrayPool&lt;byte&gt;.Create(n, 4).Rent(n)</c>: it gets one, and the block goes back to it.</summary>
    private static Plan? OtherPool(FixSite site, InvocationExpressionSyntax call)
    {
        if (!site.Finding.ReleaseTemplate.StartsWith("{1}.", StringComparison.Ordinal) || site.ReleaseTemplate.Length > 0 || call.Expression is not MemberAccessExpressionSyntax release || site.Finding.ReleaseTemplate != "{1}." + release.Name + "({0})"
            || OwnedBlock.Find(site) is not { IsWholeStatement: true, Statement: LocalDeclarationStatementSyntax { Parent: BlockSyntax list } statement, Allocation: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax pool } } } || !list.Span.Contains(call.Span) || !site.Layout.StartsLine(statement.SpanStart)
            || call.Ancestors().TakeWhile(node => node != list).Any(node => node is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
        {
            return null;
        }

        var name = NewName.Free(site, statement.SpanStart, "pool");
        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.IndentAt(statement.SpanStart) + $"{LocalType.Of(site, pool, null)} {name} = {pool};" + site.Layout.NewLine);
        edits.Replace(pool.Span, name);
        edits.Replace(release.Expression.Span, name);
        return Plan.Of($"Use '{name}.{release.Name}'", edits);
    }

    private static InvocationExpressionSyntax? Call(FixSite site) =>
        site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.AncestorsAndSelf().TakeWhile(node => node is not StatementSyntax).OfType<InvocationExpressionSyntax>().FirstOrDefault()
        ?? site.NodeAt<StatementSyntax>(site.Finding.Span)?.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault();

    /// <summary>The call itself releases, or a helper of the project that does nothing else: other blocks it may release rightly.</summary>
    private static bool IsOfLibrary(FixSite site, InvocationExpressionSyntax call) =>
        site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol method && (method.IsExtern || method.DeclaringSyntaxReferences.IsEmpty || method.ContainingNamespace?.Name == "LifetimeAnalyzers" || (call.ArgumentList.Arguments.Count == 1 && ReleasingHelper.Is(site, method)));

    private static bool IsReallocation(FixSite site, InvocationExpressionSyntax call) =>
        site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is { } method && method.Name.IndexOf("realloc", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>The calls after a reallocation that release what it gives, with the function that would have fitted it.</summary>
    private static IEnumerable<InvocationExpressionSyntax> ReleasesAfter(FixSite site, InvocationExpressionSyntax reallocation)
    {
        if (OwnedBlock.Dressed(reallocation).Parent is not { } kept || site.Model.GetSymbolInfo((kept as AssignmentExpressionSyntax)?.Left ?? kept, site.CancellationToken).Symbol is not ILocalSymbol local)
        {
            return [];
        }

        return reallocation.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.SpanStart > reallocation.Span.End
            && call.ArgumentList.Arguments.Count > 0 && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(OwnedBlock.Bare(call.ArgumentList.Arguments[0].Expression), site.CancellationToken).Symbol, local)
            && IsOfLibrary(site, call) && site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is { } method && method.Name.IndexOf("free", StringComparison.OrdinalIgnoreCase) >= 0);
    }

    /// <summary>The reallocation that belongs to the allocation, with the size that is there, and the <paramref name="releases"/> after it.</summary>
    private static Plan? RightReallocation(FixSite site, InvocationExpressionSyntax call, IReadOnlyList<InvocationExpressionSyntax> releases)
    {
        var right = site.Finding.Family switch
        {
            "HGlobal" => "global::System.Runtime.InteropServices.Marshal.ReAllocHGlobal({0})",
            "CoTaskMem" => "global::System.Runtime.InteropServices.Marshal.ReAllocCoTaskMem({0})",
            "NativeMemory" => "global::System.Runtime.InteropServices.NativeMemory.Realloc({0})",
            "NativeMemory aligned" => "global::System.Runtime.InteropServices.NativeMemory.AlignedRealloc({0})",
            "Malloc" => "global::LifetimeAnalyzers.Heap.Realloc({0})",
            "Emalloc" => "global::LifetimeAnalyzers.Heap.Erealloc({0})",
            _ => string.Empty,
        };
        if (right.Length == 0 || call.ArgumentList.Arguments.Count < 2 || site.Model.GetTypeInfo(call, site.CancellationToken).Type is not { } given)
        {
            return null;
        }

        var template = ReleaseText.Shorten(site, right, call.SpanStart);
        var name = template.Substring(0, template.IndexOf('('));
        var alignment = site.Finding.Family == "NativeMemory aligned" ? Alignment(site) : string.Empty;
        if (alignment is null || site.Model.GetSpeculativeSymbolInfo(call.SpanStart, SyntaxFactory.ParseExpression(name), SpeculativeBindingOption.BindAsExpression).CandidateSymbols.OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length >= 2) is not { } function)
        {
            return null;
        }

        var block = OwnedBlock.Bare(call.ArgumentList.Arguments[0].Expression);
        var size = OwnedBlock.Bare(call.ArgumentList.Arguments[1].Expression);
        var text = $"{name}({Converted(site, block, function.Parameters[0].Type)}, {Converted(site, size, function.Parameters[1].Type)}{(alignment.Length > 0 ? ", " + alignment : string.Empty)})";
        if (!SymbolEqualityComparer.Default.Equals(function.ReturnType, given) && call.Parent is not CastExpressionSyntax && !site.Model.Compilation.ClassifyCommonConversion(function.ReturnType, site.Model.GetTypeInfo(call, site.CancellationToken).ConvertedType ?? given).IsImplicit)
        {
            text = $"({TypeName(site, given, call.SpanStart)}){text}";
        }

        var edits = new TextEdits();
        edits.Replace(call.Span, text);
        foreach (var release in releases)
        {
            var released = OwnedBlock.Bare(release.ArgumentList.Arguments[0].Expression);
            if (ReleaseText.Call(site, site.ReleaseTemplate, released.ToString(), site.Model.GetTypeInfo(released, site.CancellationToken).Type, release.SpanStart, release) is not { NeedsUnsafe: false } fitting)
            {
                return null;
            }

            edits.Replace(release.Span, fitting.Text);
        }

        return Plan.Of($"Use '{name}'", edits);
    }

    /// <summary>What the block was aligned to.</summary>
    private static string? Alignment(FixSite site) =>
        OwnedBlock.Find(site)?.Allocation is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } arguments } && site.Model.GetConstantValue(arguments[1].Expression, site.CancellationToken).HasValue ? arguments[1].ToString() : null;

    private static string Converted(FixSite site, ExpressionSyntax value, ITypeSymbol to)
    {
        if (site.Model.Compilation is not CSharpCompilation compilation || site.Model.GetTypeInfo(value, site.CancellationToken).Type is not { } from || compilation.ClassifyConversion(from, to).IsImplicit || compilation.ClassifyConversion(from, to).IsIdentity
            || site.Model.ClassifyConversion(value, to).IsImplicit)
        {
            return value.ToString();
        }

        var isSimple = value is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or LiteralExpressionSyntax;
        return $"({TypeName(site, to, value.SpanStart)}){(isSimple ? value.ToString() : "(" + value + ")")}";
    }

    private static string TypeName(FixSite site, ITypeSymbol type, int position) =>
        type.SpecialType == SpecialType.System_IntPtr ? ReleaseText.NativeInteger(site, position) : type.ToMinimalDisplayString(site.Model, position);

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
