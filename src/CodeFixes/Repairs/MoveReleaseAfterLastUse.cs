using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Moves the release behind the last use, when both stand in one list and nothing leaves it in between.</summary>
internal sealed class MoveReleaseAfterLastUse : Repair
{
    /// <summary>So deep structures lie in structures.</summary>
    private const int MostNested = 3;

    public override string Name => "MoveRelease";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (ReleaseOf(site) is not { } call)
        {
            yield break;
        }

        if (ByNewAddress(site, call) is { } renamed)
        {
            yield return renamed;
        }

        if (ViewBehind.Of(site, call) is { } later)
        {
            yield return later;
        }

        if (OwnedBlock.Bare(call.Expression is AssignmentExpressionSyntax { Right: var given } ? given : call.Expression) is InvocationExpressionSyntax moving && KeepOrDropResult.IsReallocation(site, moving))
        {
            // Behind the use it could come too late: the use may need the room that it makes.
            yield break;
        }

        // A function of the project may do more than release: what it must not come behind, nobody knows.
        var doesMore = site.Model.GetSymbolInfo(call.Expression, site.CancellationToken).Symbol is IMethodSymbol { IsExtern: false, DeclaringSyntaxReferences.IsEmpty: false, Name: not "Dispose" } helper && !site.ReleaseTemplate.EndsWith($".{helper.ContainingType.Name}.{helper.Name}({{0}})", StringComparison.Ordinal) && !ReleasingHelper.Is(site, helper);
        if (doesMore && !(WithUse(site, call) is var (around, moved) && IsOnlyRead(site, around, moved)))
        {
            yield break;
        }

        if (BehindLoop(site, call) is { } behind)
        {
            yield return behind;
        }

        if (WithUse(site, call) is not var (list, release) || (release.Parent is BlockSyntax { Parent: FinallyClauseSyntax or CatchClauseSyntax } clause && !site.Finding.PlacesOf(FixData.Allocation).Any(clause.Span.Contains)))
        {
            yield break;
        }

        // Behind everything that names the block; or behind this use alone, when what follows is about another block or releases as well.
        var from = list.IndexOf(release);
        var (all, one) = (LastUse(site, list, call, from), list.IndexOf(site.Root.FindNode(site.Finding.Span)));
        foreach (var last in (site.Finding.PlacesOf(FixData.Release).Skip(1).Any() ? new[] { one, all } : [all, one]).Distinct())
        {
            if (last > from && site.Layout.StartsLine(list.Statements[last].SpanStart) == site.Layout.StartsLine(release.SpanStart) && !IsRenewed(site, list, call, from, last) && !IsAsked(list, call, from, last) && !IsAwaited(list, call, from, last) && !IsKept(site, list, call, from, last) && !CountedFields.AreAsked(site, call, list.Statements.Skip(from + 1).Take(last - from)))
            {
                yield return Behind(site, list, release, from, last);
            }
        }
    }

    /// <summary>
    /// A reallocation has moved the block, <c>var old = _data; _data = Realloc(_data, n); old[i] = 1;</c>: what follows goes on with the new
    /// address. To move the reallocation behind it could leave it too little room.
    /// </summary>
    private static Plan? ByNewAddress(FixSite site, ExpressionStatementSyntax statement)
    {
        if (statement is not { Parent: BlockSyntax list, Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax or MemberAccessExpressionSyntax } assignment }
            || OwnedBlock.Bare(assignment.Right) is not InvocationExpressionSyntax call || !KeepOrDropResult.IsReallocation(site, call)
            || site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault(name => IsCopyOf(name, assignment.Left)) is not { } used)
        {
            return null;
        }

        var name = used.Identifier.ValueText;
        var later = list.DescendantNodes().OfType<IdentifierNameSyntax>().Where(other => other.SpanStart > statement.Span.End && other.Identifier.ValueText == name).ToList();
        if (list.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(other => other != assignment && (other.Left.ToString() == name || (other.SpanStart > statement.Span.End && other.Left.ToString() == assignment.Left.ToString()))))
        {
            return null;
        }

        var edits = new TextEdits();
        foreach (var other in later)
        {
            edits.Replace(other.Span, assignment.Left.ToString());
        }

        return Plan.Of($"Go on with '{assignment.Left}'", edits);

        bool IsCopyOf(IdentifierNameSyntax name, ExpressionSyntax target) =>
            site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations } && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initial } && initial.IsEquivalentTo(target, topLevel: false);
    }

    /// <summary>From the release to the end nothing is called and nothing is written but variables: it is all the same what comes first.</summary>
    private static bool IsOnlyRead(FixSite site, StatementList list, StatementSyntax release) =>
        list.Statements.Skip(list.IndexOf(release) + 1).SelectMany(statement => statement.DescendantNodes()).All(node => node switch
        {
            InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or YieldStatementSyntax or AnonymousFunctionExpressionSyntax => false,
            AssignmentExpressionSyntax assignment => site.Model.GetSymbolInfo(assignment.Left, site.CancellationToken).Symbol is ILocalSymbol { IsRef: false },
            _ => true,
        });

    private static Plan? Behind(FixSite site, StatementList list, StatementSyntax release, int from, int last)
    {
        if (list.Statements[last] is ReturnStatementSyntax { Expression: { } returned } && !IsPlainValue(site.Model.GetTypeInfo(returned).ConvertedType) && !IsStored(site, returned) && !IsTarget(site, returned) && !IsArrayOfItsOwn(site, returned, release))
        {
            // What goes out points into the block: no order makes that right, but a copy may go out.
            return CopyOut.Copied(site, returned) is { } copy ? BeforeReturn(site, list, release, last, copy) : null;
        }

        if (last - 1 > from && list.Statements[last] is ReturnStatementSyntax { Expression: IdentifierNameSyntax made } && IsMadeOfView(site, made))
        {
            last--;
        }

        var moved = Enumerable.Range(from + 1, last - from - 1).Select(i => list.Statements[i]).ToList();
        var isReturn = list.Statements[last] is ReturnStatementSyntax;
        if (NeedsGuard(site, list, from, last) || moved.Exists(Leaves) || (!isReturn && Leaves(list.Statements[last])))
        {
            return Guarded(site, list, release, from, last);
        }

        return isReturn ? BeforeReturn(site, list, release, last, copy: null) : After(site, list, release, last);
    }

    /// <summary>The list in which the use stands behind the release, and the statement there: the release, or the tests and loops around it that do nothing else.</summary>
    private static (StatementList List, StatementSyntax Release)? WithUse(FixSite site, ExpressionStatementSyntax call)
    {
        var use = site.Root.FindNode(site.Finding.Span);
        foreach (var list in StatementList.Around(call.Parent is GlobalStatementSyntax ? call.Parent : call))
        {
            var from = list.IndexOf(call);
            if (from < 0 || !OnlyReleases(list.Statements[from], call))
            {
                return null;
            }

            if (list.IndexOf(use) > from)
            {
                return (list, list.Statements[from]);
            }
        }

        return null;
    }

    private static bool OnlyReleases(StatementSyntax statement, ExpressionStatementSyntax call) => statement == call
        || (statement.DescendantNodesAndSelf().OfType<StatementSyntax>().All(inner => inner == call || inner is BlockSyntax or IfStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)
            && statement.DescendantNodes(node => node != call).All(node => node == call || node is not (ElseClauseSyntax or InvocationExpressionSyntax or AwaitExpressionSyntax) && (node is not AssignmentExpressionSyntax || node.Parent is ForStatementSyntax)));

    /// <summary>The only release, or the only one before the use; of request memory the end of its scope.</summary>
    private static ExpressionStatementSyntax? ReleaseOf(FixSite site)
    {
        var releases = site.Finding.PlacesOf(FixData.Release).ToList();
        if (releases.Count > 0)
        {
            releases = releases.Count > 1 ? releases.FindAll(place => place.End <= site.Finding.Span.Start) : releases;
            return releases.Count == 1 ? site.NodeAt<ExpressionSyntax>(releases[0])?.FirstAncestorOrSelf<StatementSyntax>() as ExpressionStatementSyntax : null;
        }

        var use = site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.FirstAncestorOrSelf<StatementSyntax>();
        var ends = use is null ? [] : StatementList.Around(use.Parent is GlobalStatementSyntax ? use.Parent : use).SelectMany(list => list.Statements.Take(Math.Max(0, list.IndexOf(use)))).OfType<ExpressionStatementSyntax>().Where(statement =>
            statement.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Expression: IdentifierNameSyntax scope } }
            && site.Model.GetTypeInfo(scope, site.CancellationToken).Type is { Name: "RequestScope", ContainingNamespace.Name: "LifetimeAnalyzers" }).ToList();
        return ends.Count == 1 ? ends[0] : null;
    }

    /// <summary>The use is in the next turn of a loop that releases the block in each: the release goes behind the loop, when nothing leaves it by another way.</summary>
    public static Plan? BehindLoop(FixSite site, ExpressionStatementSyntax release)
    {
        var loop = release.Ancestors().TakeWhile(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax)).FirstOrDefault(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax) as StatementSyntax;
        if (loop is null || !site.Layout.StartsLine(release.SpanStart) || !loop.Span.Contains(site.Finding.Span) || site.Finding.Span.Start > release.SpanStart
            || (release.Parent?.Parent != loop && !(release.Parent?.Parent is IfStatementSyntax { Parent.Parent: var around } test && around == loop && OnlyReleases(test, release)))
            || OwnerOf(site, release) is not { DeclaringSyntaxReferences: { Length: 1 } declarations } || loop.Span.Contains(declarations[0].Span)
            || loop.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node is ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax)
            || StatementList.Around(loop.Parent is GlobalStatementSyntax ? loop.Parent : loop).FirstOrDefault() is not { } outer || outer.IndexOf(loop) is not (>= 0 and var index) || outer.Statements[index] != loop || !site.Layout.StartsLine(loop.SpanStart))
        {
            return null;
        }

        var edits = new TextEdits();
        StatementRemoval.Remove(site, edits, release);
        var end = loop.FullSpan.End;
        var isApart = loop.GetLastToken().IsKind(SyntaxKind.CloseBraceToken) && site.Layout.StartsLine(loop.GetLastToken().SpanStart);
        edits.Insert(end, (site.Text[end - 1] is '\n' or '\r' ? string.Empty : site.Layout.NewLine) + (isApart ? site.Layout.NewLine : string.Empty) + site.Layout.IndentAt(loop.SpanStart) + release + site.Layout.NewLine);
        return Plan.Of("Move the release behind the loop", edits);
    }

    /// <summary>The variable of the block; of one that is not allocated here, the one that is released.</summary>
    private static ISymbol? OwnerOf(FixSite site, ExpressionStatementSyntax release) =>
        OwnedBlock.Find(site)?.Owner is ILocalSymbol local ? local
        : release.Expression is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } && OwnedBlock.Bare(arguments[0].Expression) is IdentifierNameSyntax name ? site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol as IParameterSymbol
        : null;

    /// <summary>The object behind a handle lives on without it.</summary>
    private static bool IsTarget(FixSite site, ExpressionSyntax value) =>
        OwnedBlock.Bare(value) is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Target" } access && site.Model.GetTypeInfo(access.Expression, site.CancellationToken).Type?.Name == "GCHandle";

    /// <summary>An array does not look into native memory: what a call made out of that is there without it.</summary>
    private static bool IsArrayOfItsOwn(FixSite site, ExpressionSyntax value, StatementSyntax release) => IsMadeOfView(site, OwnedBlock.Bare(value)) || OwnedBlock.Bare(value) is InvocationExpressionSyntax or ArrayCreationExpressionSyntax && site.Model.GetTypeInfo(value, site.CancellationToken).Type is IArrayTypeSymbol { ElementType: { IsUnmanagedType: true } element } && IsPlainNumber(element)
        && release is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } }
        && site.Model.GetTypeInfo(OwnedBlock.Bare(arguments[0].Expression), site.CancellationToken).Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr };

    /// <summary>A function of the library that sees a span makes an array: that is another one than the span is over.</summary>
    private static bool IsMadeOfView(FixSite site, ExpressionSyntax value)
    {
        if (value is IdentifierNameSyntax && site.Model.GetSymbolInfo(value, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations } && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var first })
        {
            value = OwnedBlock.Bare(first);
        }

        return value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call && site.Model.GetTypeInfo(call, site.CancellationToken).Type is IArrayTypeSymbol { ElementType: { } element } && IsPlainNumber(element)
            && site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: true } method && (method is { IsStatic: true, ReducedFrom: null } || IsSpan(site, access.Expression))
            && call.ArgumentList.Arguments.All(argument => argument.RefKindKeyword.RawKind == 0 && (IsSpan(site, argument.Expression) || IsPlainValue(site.Model.GetTypeInfo(argument.Expression, site.CancellationToken).Type)));
    }

    private static bool IsSpan(FixSite site, ExpressionSyntax value) => site.Model.GetTypeInfo(value, site.CancellationToken).Type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", ContainingNamespace.Name: "System" };

    /// <summary>What lies in the block, read out of it: whatever it is, it is there without the block.</summary>
    private static bool IsStored(FixSite site, ExpressionSyntax value) => OwnedBlock.Bare(value) switch
    {
        MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression } access => site.Model.GetSymbolInfo(access, site.CancellationToken).Symbol is IFieldSymbol { IsFixedSizeBuffer: false },
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } => true,
        ElementAccessExpressionSyntax element => site.Model.GetTypeInfo(element.Expression, site.CancellationToken).Type is IPointerTypeSymbol or IArrayTypeSymbol && site.Model.GetTypeInfo(element, site.CancellationToken).Type is ITypeParameterSymbol or { IsUnmanagedType: true },
        _ => false,
    };

    /// <summary>A value of the type is no way to a block.</summary>
    public static bool IsPlainValue(ITypeSymbol? type) => IsPlainValue(type, MostNested);

    private static bool IsPlainValue(ITypeSymbol? type, int depth) => type is not null
        && (type.TypeKind == TypeKind.Enum || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String
            || depth > 0 && type is INamedTypeSymbol { TypeKind: TypeKind.Struct, IsRefLikeType: false } made && (made.IsTupleType || !made.DeclaringSyntaxReferences.IsEmpty)
                && made.GetMembers().OfType<IFieldSymbol>().All(field => field.IsStatic || IsPlainValue(field.Type, depth - 1)));

    /// <summary>What now comes before the release may throw or leave, and the block is one that must not be lost then.</summary>
    private static bool NeedsGuard(FixSite site, StatementList list, int from, int last) =>
        site.Finding.Property(FixData.LifetimeKey) == "process"
        && Enumerable.Range(from + 1, last - from).SelectMany(i => list.Statements[i].DescendantNodesAndSelf()).Any(node => node is InvocationExpressionSyntax call ? !IsRelease(site, call) : node is BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or ThrowExpressionSyntax or ThrowStatementSyntax
            || node is CommonForEachStatementSyntax loop && site.Model.GetTypeInfo(loop.Expression, site.CancellationToken).Type is INamedTypeSymbol { TypeKind: TypeKind.Interface });

    /// <summary>The library gives memory back: that does not throw.</summary>
    private static bool IsRelease(FixSite site, InvocationExpressionSyntax call) =>
        site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { Name: "Free" or "AlignedFree" or "FreeHGlobal" or "FreeCoTaskMem" or "FreeBSTR", ContainingType: { Name: "Marshal" or "NativeMemory", ContainingNamespace.Name: "InteropServices" } };

    private static Plan? Guarded(FixSite site, StatementList list, StatementSyntax release, int from, int last)
    {
        var indent = site.Layout.IndentAt(release.SpanStart);
        var lines = release.ToString().Split('\n').Select(line => line.TrimEnd('\r')).Select(line => line.StartsWith(indent, StringComparison.Ordinal) ? line.Substring(indent.Length) : line);
        var edits = new TryFinallyEdits(site, list, from + 1);
        edits.Edits.Delete(StatementRemoval.LinesOf(site, release.Span));
        // What the uses declare may be needed behind them.
        return edits.Guard(list.UsesLater(from + 1, last + 1) ? list.CountWithoutTrailingFunctions() : last + 1, reuse: false, [.. lines], []) ? Plan.Of("Release after the last use, in a finally block", edits.Edits) : null;
    }

    private static Plan? After(FixSite site, StatementList list, StatementSyntax release, int last)
    {
        var use = list.Statements[last];
        var lines = StatementRemoval.LinesOf(site, release.Span);
        var edits = new TextEdits();
        edits.Delete(lines);
        var end = use.FullSpan.End;
        if (!site.Layout.StartsLine(release.SpanStart))
        {
            edits.Insert(use.Span.End, " " + release);
            return Plan.Of("Move the release after the last use", edits);
        }

        var atEnd = site.Text[end - 1] is not ('\n' or '\r');
        var isApart = use.GetLastToken().IsKind(SyntaxKind.CloseBraceToken) && site.Layout.StartsLine(use.GetLastToken().SpanStart);
        edits.Insert(end, (atEnd ? site.Layout.NewLine : string.Empty) + (isApart ? site.Layout.NewLine : string.Empty) + site.Layout.IndentAt(release.SpanStart) + release + site.Layout.NewLine);
        return Plan.Of("Move the release after the last use", edits);
    }

    private static Plan? BeforeReturn(FixSite site, StatementList list, StatementSyntax release, int last, string? copy)
    {
        var statement = (ReturnStatementSyntax)list.Statements[last];
        if (statement.Expression is not { } value)
        {
            return null;
        }

        var converted = site.Model.GetTypeInfo(value).ConvertedType;

        var type = copy is null || converted is null ? LocalType.Of(site, value, converted) : LocalType.Named(site, converted, value.SpanStart);
        var name = NewName.Free(site, statement.SpanStart, "result");
        var separator = site.Layout.StartsLine(statement.SpanStart) ? site.Layout.NewLine + site.Layout.IndentAt(statement.SpanStart) : " ";
        var edits = new TextEdits();
        edits.Delete(StatementRemoval.LinesOf(site, release.Span));
        edits.Replace(copy is null ? TextSpan.FromBounds(statement.SpanStart, value.SpanStart) : TextSpan.FromBounds(statement.SpanStart, value.Span.End), $"{type} {name} = {copy}");
        edits.Insert(statement.Span.End, separator + release + (release is ExpressionStatementSyntax ? string.Empty : site.Layout.NewLine) + separator + $"return {name};");
        return Plan.Of(copy is null ? "Move the release after the last use" : "Return a copy, made before the release", edits);
    }

    /// <summary>The last statement of the list that uses the block: the ones that the finding names, and any that mention the owner, what is released, or what was made of them.</summary>
    private static int LastUse(FixSite site, StatementList list, ExpressionStatementSyntax release, int from)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { site.Finding.Owner };
        names.UnionWith(release.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol or IParameterSymbol).Select(name => name.Identifier.ValueText));
        foreach (var view in list.Statements.SelectMany(statement => statement.DescendantNodesAndSelf()).OfType<VariableDeclaratorSyntax>())
        {
            // In source order: a view of a view is declared after it.
            if (view.Initializer is { } made && Mentions(made, names) && site.Model.GetDeclaredSymbol(view, site.CancellationToken) is ILocalSymbol local && !IsPlainValue(local.Type))
            {
                names.Add(local.Name);
            }
        }

        var uses = site.Finding.PlacesOf(FixData.LastUse).Concat([site.Finding.Span]).Select(span => site.Root.FindNode(span)).Select(list.IndexOf);
        var mentions = Enumerable.Range(from + 1, list.Statements.Count - from - 1).Where(i => Mentions(list.Statements[i], names));
        return uses.Concat(mentions).DefaultIfEmpty(-1).Max();
    }

    private static bool Mentions(SyntaxNode node, HashSet<string> names) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText.Length > 0 && names.Contains(name.Identifier.ValueText));

    /// <summary>What is released gets a new value in between: then what follows is another block.</summary>
    private static bool IsRenewed(FixSite site, StatementList list, ExpressionStatementSyntax release, int from, int last)
    {
        var names = new HashSet<string>(release.DescendantNodes().Where(node => node is IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax).Select(node => node.ToString()), StringComparer.Ordinal) { site.Finding.Owner };
        return Enumerable.Range(from + 1, last - from).SelectMany(i => list.Statements[i].DescendantNodesAndSelf().OfType<AssignmentExpressionSyntax>())
            .Any(assignment => assignment.Left is IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax && names.Contains(assignment.Left.ToString()));
    }

    /// <summary>What would come before the release puts the block where it is found again: there it would be gone behind it.</summary>
    private static bool IsKept(FixSite site, StatementList list, ExpressionStatementSyntax release, int from, int last)
    {
        var names = new HashSet<string>(release.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText), StringComparer.Ordinal) { site.Finding.Owner };
        return Enumerable.Range(from + 1, last - from).SelectMany(i => list.Statements[i].DescendantNodes().OfType<IdentifierNameSyntax>())
            .Any(name => names.Contains(name.Identifier.ValueText) && site.Model.GetTypeInfo(name, site.CancellationToken).Type is { } type && !IsPlainNumber(type) && (GuardedRegion.IsPutAway(site, name, list.Container) || IsGivenBack(name)));
    }

    /// <summary>Another object takes it back: <c>pool.Return(connection)</c>.</summary>
    private static bool IsGivenBack(IdentifierNameSyntax name) =>
        OwnedBlock.Dressed(name).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Return" or "Recycle" or "Give" or "GiveBack" or "Put" } } };

    /// <summary>A number or a text; not the number of a block.</summary>
    private static bool IsPlainNumber(ITypeSymbol type) => type.SpecialType is not (SpecialType.System_IntPtr or SpecialType.System_UIntPtr) && IsPlainValue(type);

    /// <summary>The release clears a variable by reference, and what it would move behind looks at that.</summary>
    private static bool IsAsked(StatementList list, ExpressionStatementSyntax release, int from, int last)
    {
        var cleared = new HashSet<string>(release.DescendantNodes().OfType<ArgumentSyntax>().Where(argument => argument.RefKindKeyword.RawKind != 0).Select(argument => argument.Expression).OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText), StringComparer.Ordinal);
        return cleared.Count > 0 && Enumerable.Range(from + 1, last - from).Any(i => Mentions(list.Statements[i], cleared));
    }

    /// <summary>What the release gives back, <c>_data = Realloc(old, n)</c>, is used in between.</summary>
    private static bool IsAwaited(StatementList list, ExpressionStatementSyntax release, int from, int last) =>
        release.Expression is AssignmentExpressionSyntax { Left: var target } && !(target is IdentifierNameSyntax { Identifier.ValueText: "_" })
        && Enumerable.Range(from + 1, last - from).SelectMany(i => list.Statements[i].DescendantNodes()).Any(node => SyntaxFactory.AreEquivalent(node, target));

    private static bool Leaves(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => node is ReturnStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax or YieldStatementSyntax
                || (node is BreakStatementSyntax or ContinueStatementSyntax && node == statement));
}
