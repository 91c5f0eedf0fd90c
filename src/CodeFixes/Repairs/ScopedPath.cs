using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Takes the block from the request scope: the allocation, every reallocation and every release go to
/// <c>Heap.Emalloc</c> and its kin. Not where the block leaves the body, nor without the runtime library.
/// </summary>
/// <param name="handlersOnly">The report may be about code that runs outside of requests, where this is no repair.</param>
internal sealed class ScopedPath(bool handlersOnly = false) : Repair
{
    public override string Name => "RequestScope";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if ((handlersOnly && site.Finding.Property(FixData.ContextKey) != FixData.ContextRequest) || site.Finding.LeavesBody || site.Model.Compilation.GetTypeByMetadataName("LifetimeAnalyzers.Heap") is not { } heap || OwnedBlock.Find(site) is not { Allocation: InvocationExpressionSyntax allocation } block)
        {
            yield break;
        }

        var calls = new List<InvocationExpressionSyntax> { allocation };
        foreach (var span in site.Finding.PlacesOf(FixData.Reallocation).Concat(site.Finding.PlacesOf(FixData.Release)))
        {
            if (site.NodeAt<ExpressionSyntax>(span) is not { } expression || OwnedBlock.Bare(expression) is not InvocationExpressionSyntax call)
            {
                yield break;
            }

            if (!calls.Contains(call))
            {
                calls.Add(call);
            }
        }

        if (!AddFamily(block, heap, calls))
        {
            yield break;
        }

        foreach (var typed in new[] { true, false })
        {
            var edits = new TextEdits();
            var name = UsingDirectives.Name(site, edits, heap, allocation.SpanStart);
            if (calls.All(call => Rewrite(site, edits, heap, name, call, typed)))
            {
                RemoveUnneededConstants(site, edits, calls);
                yield return Plan.Of(block.OwnerText.Length > 0 ? $"Take '{block.OwnerText}' from the request scope" : "Take the block from the request scope", edits);
            }
        }
    }

    /// <summary>
    /// Adds what else the owner is given and passed to: a report may be about the block of a reallocation, and the one
    /// before it has to come from the same scope.
    /// </summary>
    private static bool AddFamily(OwnedBlock block, INamedTypeSymbol heap, List<InvocationExpressionSyntax> calls)
    {
        if (block.Owner is not ILocalSymbol || block.Declaration?.Ancestors().FirstOrDefault(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax) is not { } body)
        {
            return true;
        }

        var given = new List<ExpressionSyntax?> { (block.Declaration as VariableDeclaratorSyntax)?.Initializer?.Value };
        foreach (var name in block.References(body))
        {
            if (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name)
            {
                given.Add(assignment.Right);
            }
            else if (OwnedBlock.Dressed(name).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax taking } && IsOfFamily(block.Site, heap, taking) && !calls.Contains(taking))
            {
                calls.Add(taking);
            }
        }

        foreach (var value in given.SelectMany(value => value is null ? [] : Values(value)).Where(value => !ReleaseCall.IsNothing(value)))
        {
            if (value is not InvocationExpressionSyntax call || !IsOfFamily(block.Site, heap, call))
            {
                return false;
            }

            if (!calls.Contains(call))
            {
                calls.Add(call);
            }
        }

        return true;
    }

    /// <summary>The calls that a value may come from: of either branch, without what only makes a pointer of an address or the other way round.</summary>
    private static IEnumerable<ExpressionSyntax> Values(ExpressionSyntax value)
    {
        var pending = new Stack<ExpressionSyntax>();
        pending.Push(value);
        while (pending.Count > 0)
        {
            switch (OwnedBlock.Bare(pending.Pop()))
            {
                case ConditionalExpressionSyntax conditional:
                    pending.Push(conditional.WhenFalse);
                    pending.Push(conditional.WhenTrue);
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToPointer" } access }:
                    pending.Push(access.Expression);
                    break;
                case var other:
                    yield return other;
                    break;
            }
        }
    }

    private static bool IsOfFamily(FixSite site, INamedTypeSymbol heap, InvocationExpressionSyntax call) =>
        site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol method
        && (ScopedFunctions.For(method, call.ArgumentList.Arguments.Count) is not null || (SymbolEqualityComparer.Default.Equals(method.ContainingType, heap) && !method.Name.StartsWith("E", StringComparison.Ordinal) && method.Name != "SafeEmalloc"));

    private static bool Rewrite(FixSite site, TextEdits edits, INamedTypeSymbol heap, string heapName, InvocationExpressionSyntax call, bool typed)
    {
        if (site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is not IMethodSymbol method)
        {
            return false;
        }

        if (SymbolEqualityComparer.Default.Equals(method.ContainingType, heap))
        {
            return Rename(edits, heap, call, method);
        }

        var arguments = call.ArgumentList.Arguments;
        if (ScopedFunctions.For(method, arguments.Count) is not { } scoped || !IsInOrder(method, arguments) || !AlignmentFits(site, scoped, arguments))
        {
            return false;
        }

        if (typed && arguments.Count == 2 && arguments.All(argument => argument.NameColon is null) && scoped.Name is "SafeEmalloc" or "Ecalloc" && Counted(site, call) is { } cast)
        {
            edits.Replace(TextSpan.FromBounds(cast.SpanStart, arguments[0].SpanStart), $"{heapName}.{(scoped.Name == "Ecalloc" ? "Ecalloc" : "Emalloc")}<{((PointerTypeSyntax)cast.Type).ElementType}>(");
            edits.Delete(TextSpan.FromBounds(arguments[0].Span.End, arguments[1].Span.End));
            return true;
        }

        foreach (var argument in arguments.Where(argument => argument.NameColon is not null))
        {
            // The heap calls its parameters something else.
            edits.Delete(TextSpan.FromBounds(argument.SpanStart, argument.Expression.SpanStart));
        }

        // The allocations of the heap speak nint: a pointer is cast where nothing casts it yet.
        var prefix = scoped.Kind == ScopedFunctions.Kind.Allocation && method.ReturnType is IPointerTypeSymbol && call.Parent is not CastExpressionSyntax ? "(void*)" : string.Empty;
        edits.Replace(call.Expression.Span, prefix + heapName + "." + scoped.Name);
        if (scoped.First is { } first)
        {
            edits.Insert(arguments[0].SpanStart, first);
        }

        if (scoped.Last is { } last)
        {
            edits.Insert(arguments[arguments.Count - 1].Span.End, last);
        }

        if (scoped.DropsAlignment)
        {
            var alignment = arguments.Count - 1;
            edits.Delete(TextSpan.FromBounds(arguments[alignment - 1].Span.End, arguments[alignment].Span.End));
        }

        return true;
    }

    /// <summary>Takes the constants away that were only there for the alignments, which are gone.</summary>
    private static void RemoveUnneededConstants(FixSite site, TextEdits edits, List<InvocationExpressionSyntax> calls)
    {
        var dropped = calls.Where(call => site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol method && ScopedFunctions.For(method, call.ArgumentList.Arguments.Count) is { DropsAlignment: true })
            .Select(call => call.ArgumentList.Arguments.Last().Span).ToList();
        foreach (var constant in dropped.SelectMany(span => site.Root.FindNode(span).DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()).Select(name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol).OfType<ILocalSymbol>().Distinct<ILocalSymbol>(SymbolEqualityComparer.Default))
        {
            if (constant.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } }
                && declaration.Parent!.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == constant.Name).All(name => dropped.Exists(span => span.Contains(name.Span))))
            {
                StatementRemoval.Remove(site, edits, declaration);
            }
        }
    }

    /// <summary>Named arguments stand where they would without their names.</summary>
    private static bool IsInOrder(IMethodSymbol method, SeparatedSyntaxList<ArgumentSyntax> arguments) =>
        arguments.Select((argument, i) => argument.NameColon is null || (i < method.Parameters.Length && argument.NameColon.Name.Identifier.ValueText == method.Parameters[i].Name)).All(fits => fits);

    private static bool Rename(TextEdits edits, INamedTypeSymbol heap, InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var name = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        if (name is null)
        {
            return false;
        }

        if (method.Name is "Pemalloc" or "Pefree")
        {
            var persistent = call.ArgumentList.Arguments.FirstOrDefault(argument => argument.Expression.IsKind(SyntaxKind.TrueLiteralExpression));
            if (persistent is null)
            {
                return false;
            }

            edits.Replace(persistent.Expression.Span, "false");
            return true;
        }

        var scoped = method.Name.StartsWith("Safe", StringComparison.Ordinal) ? "SafeE" + Lower(method.Name.Substring(4)) : "E" + Lower(method.Name);
        if (heap.GetMembers(scoped).IsEmpty)
        {
            return false;
        }

        edits.Replace(name.Identifier.Span, scoped);
        return true;
    }

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>The cast around <c>(T*)Alloc(count, sizeof(T))</c>.</summary>
    private static CastExpressionSyntax? Counted(FixSite site, InvocationExpressionSyntax call) =>
        call.Parent is CastExpressionSyntax { Type: PointerTypeSyntax { ElementType: not PointerTypeSyntax } pointer } cast
        && OwnedBlock.Bare(call.ArgumentList.Arguments[1].Expression) is SizeOfExpressionSyntax size
        && SymbolEqualityComparer.Default.Equals(site.Model.GetTypeInfo(pointer.ElementType).Type, site.Model.GetTypeInfo(size.Type).Type)
            ? cast
            : null;

    /// <summary>The heap's blocks are aligned to 16 bytes.</summary>
    private static bool AlignmentFits(FixSite site, ScopedFunctions.Scoped scoped, SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        if (!scoped.DropsAlignment)
        {
            return true;
        }

        var value = site.Model.GetConstantValue(OwnedBlock.Bare(arguments[arguments.Count - 1].Expression));
        return value is { HasValue: true, Value: IConvertible constant } && constant.ToDecimal(System.Globalization.CultureInfo.InvariantCulture) <= ScopedFunctions.Alignment;
    }
}
