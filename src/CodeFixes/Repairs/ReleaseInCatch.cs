using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Releases a block that is handed on when all goes well, and only then: when something throws before, a <c>catch</c>
/// releases it and throws again.
/// </summary>
/// <param name="ofArgument">Of a block that comes by an <c>out</c> argument: <c>Open(path, out var handle)</c>.</param>
internal sealed class ReleaseInCatch(bool ofArgument = false) : Repair
{
    /// <summary>So many functions are read, each called by the one before.</summary>
    private const int MostFunctions = 4;

    public override string Name => ofArgument ? "CatchArgument" : "Catch";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (!site.Finding.LeavesBody || (ofArgument ? OfArgument(site) : OwnedBlock.Find(site)) is not { } block || GuardedRegion.Of(block) is not { } region || region.Start >= region.List.Statements.Count)
        {
            yield break;
        }

        if (region.MayBeNothing)
        {
            yield return WithinInner(region);
            yield break;
        }

        var edits = new TryFinallyEdits(region);
        foreach (var release in region.Releases)
        {
            var list = StatementList.Of(release.Whole.Parent!);
            var next = list is null ? -1 : list.IndexOf(release.Whole) + 1;
            while (list is not null && next < list.Statements.Count && list.Statements[next] is ExpressionStatementSyntax other && !block.References(other).Any() && ReleasingHelper.IsRelease(site, other))
            {
                // Other blocks are released there as well.
                next++;
            }

            if (list is null || next >= list.Statements.Count)
            {
                yield break;
            }

            switch (list.Statements[next])
            {
                case ThrowStatementSyntax when release.Statement is ExpressionStatementSyntax call && ReleasingHelper.IsRelease(site, call):
                    StatementRemoval.Remove(site, edits.Edits, release.Whole);
                    break;
                case ReturnStatementSyntax { Expression: null or LiteralExpressionSyntax or IdentifierNameSyntax }:
                    break;
                default:
                    yield break;
            }
        }

        if ((HandOver(region) ?? Thrower(region)) is not { } end || ReleaseText.Lines(block, block.Statement!.Span.End, region.List.Container, mayBeNothing: block.Declaration is SingleVariableDesignationSyntax && region.Releases.Count == 0, site.Layout.UnitAt(region.List.Container)) is not { } lines)
        {
            yield break;
        }

        if (edits.Guard(end, reuse: false, [.. lines, "throw;"], [], keyword: "catch"))
        {
            yield return Plan.Of($"Release '{block.OwnerText}' and throw again when something throws", edits.Edits);
        }
    }

    /// <summary>The block in the variable that the call has declared.</summary>
    private static OwnedBlock? OfArgument(FixSite site) =>
        site.Finding.Property(FixData.HeldKey) is { Length: > 0 } held && OwnedBlock.Find(site) is { Statement: LocalDeclarationStatementSyntax or ExpressionStatementSyntax, Allocation: InvocationExpressionSyntax call } block
        && call.ArgumentList.Arguments.Any(argument => argument.Expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.ValueText: var name } } && name == held)
        && site.Model.LookupSymbols(block.Statement!.Span.End - 1, name: held).FirstOrDefault() is ILocalSymbol variable ? block.In(variable) : null;

    /// <summary>What is locked or used around the allocation is left before the block goes out: the rest of that is guarded.</summary>
    private static Plan? WithinInner(GuardedRegion region)
    {
        var (site, block) = (region.Block.Site, region.Block);
        if (!block.IsWholeStatement || region.Releases.Count > 0 || block.Statement is not { Parent: BlockSyntax { Parent: LockStatementSyntax or UsingStatementSyntax or FixedStatementSyntax or BlockSyntax } inner } allocation
            || StatementList.Of(inner) is not { } list || list.IndexOf(allocation) + 1 is var start && start >= list.Statements.Count
            || !list.Statements.Skip(start).All(statement => block.References(statement).All(name => IsOnlyRead(region, name)))
            || ReleaseText.Lines(block, allocation.Span.End, inner, mayBeNothing: false, site.Layout.UnitAt(inner)) is not { } lines)
        {
            return null;
        }

        var edits = new TryFinallyEdits(site, list, start);
        return edits.Guard(list.Statements.Count, reuse: false, [.. lines, "throw;"], [], keyword: "catch") ? Plan.Of($"Release '{block.OwnerText}' and throw again when something throws", edits.Edits) : null;
    }

    /// <summary>How many statements come before the block is somebody else's: with a <c>return</c> of it, which cannot throw after; without an assignment.</summary>
    private static int? HandOver(GuardedRegion region)
    {
        var statements = region.List.Statements;
        for (var i = region.Start; i < statements.Count; i++)
        {
            switch (statements[i])
            {
                case ReturnStatementSyntax { Expression: { } value } when region.Block.References(value).Any():
                    // A number or an answer is nobody's way to the block.
                    if (OwnedBlock.Bare(value) is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } inner } && OwnedBlock.Bare(inner[0].Expression) is BaseObjectCreationExpressionSyntax && i > region.Start && !region.List.UsesLater(region.Start, i))
                    {
                        // The object inside has the block already when the one around it cannot be made.
                        return i;
                    }

                    return MoveReleaseAfterLastUse.IsPlainValue(region.Block.Site.Model.GetTypeInfo(value).ConvertedType) && !region.Block.References(value).Any(name => name == OwnedBlock.Bare(value)) ? null : i + 1;
                case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when region.Block.References(assignment.Right).Any() && region.Block.Site.Model.GetSymbolInfo(assignment.Left).Symbol is IFieldSymbol or IPropertySymbol or IParameterSymbol:
                    return i <= region.Start ? null : region.List.UsesLater(region.Start, i) && IsQuiet(region, i) ? statements.Count : i;
                case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } when i > region.Start && Hands(region, call):
                    return i;
            }
        }

        return null;
    }

    /// <summary>From the statement at <paramref name="from"/> on nothing can throw: assignments to variables and parameters, and a return.</summary>
    private static bool IsQuiet(GuardedRegion region, int from) => region.List.Statements.Skip(from).All(statement => statement switch
    {
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Right: var value } } => region.Block.Site.Model.GetSymbolInfo(target, region.Block.Site.CancellationToken).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol && IsQuiet(region.Block.Site, value),
        ReturnStatementSyntax { Expression: var value } => value is null || IsQuiet(region.Block.Site, value),
        _ => false,
    });

    private static bool IsQuiet(FixSite site, ExpressionSyntax value) => OwnedBlock.Bare(value) switch
    {
        LiteralExpressionSyntax or IdentifierNameSyntax => true,
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } made => site.Model.GetSymbolInfo(made, site.CancellationToken).Symbol is IMethodSymbol { IsImplicitlyDeclared: true, ContainingType.TypeKind: TypeKind.Struct }
            && made.Initializer?.Expressions.All(part => part is AssignmentExpressionSyntax { Right: var given } set && site.Model.GetSymbolInfo(set.Left, site.CancellationToken).Symbol is IFieldSymbol && IsQuiet(site, given)) != false,
        _ => false,
    };

    /// <summary>The call that takes the block over is what throws, and has not taken it then: a function of the project that hands it to nobody unknown.</summary>
    private static int? Thrower(GuardedRegion region)
    {
        var site = region.Block.Site;
        var throwing = site.Finding.PlacesOf(FixData.Throwing).ToList();
        if (region.Releases.Count > 0 || region.List.Statements.FirstOrDefault(statement => throwing.Exists(statement.Span.Contains)) is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } taking || !throwing.TrueForAll(call.Span.Equals))
        {
            return null;
        }

        var end = region.List.IndexOf(taking);
        var arguments = call.ArgumentList.Arguments.Where(argument => region.Block.References(OwnedBlock.Bare(argument.Expression)).Contains(OwnedBlock.Bare(argument.Expression))).ToList();
        return end >= region.Start && arguments.Count == 1 && region.List.Statements.Skip(end + 1).All(statement => !region.Block.References(statement).Any())
            && region.List.Statements.Skip(region.Start).Take(end - region.Start).All(statement => region.Block.References(statement).All(name => IsOnlyRead(region, name)))
            && site.Model.GetOperation(arguments[0], site.CancellationToken) is IArgumentOperation { Parameter: { } parameter } && StaysKnown(site, parameter, MostFunctions) ? end + 1 : null;
    }

    /// <summary>Whom the function of <paramref name="parameter"/> hands it to is known: functions of libraries, and others like itself.</summary>
    private static bool StaysKnown(FixSite site, IParameterSymbol parameter, int depth)
    {
        if (depth == 0 || parameter.RefKind != RefKind.None || parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, IsAbstract: false, IsVirtual: false, IsOverride: false, IsExtern: false, DeclaringSyntaxReferences.IsEmpty: false } method)
        {
            return false;
        }

        foreach (var body in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences.Select(part => part.GetSyntax(site.CancellationToken)))
        {
            var model = body.SyntaxTree == site.Root.SyntaxTree ? site.Model : site.Model.Compilation.GetSemanticModel(body.SyntaxTree);
            foreach (var name in body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == parameter.Name))
            {
                if (OwnedBlock.Dressed(name).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument
                    && !(model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { MethodKind: not MethodKind.DelegateInvoke } called && (called.DeclaringSyntaxReferences.IsEmpty || model.GetOperation(argument, site.CancellationToken) is IArgumentOperation { Parameter: { } next } && StaysKnown(site, next.OriginalDefinition, depth - 1))))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The call is the last that knows of the block, and gets it; what throws comes before.</summary>
    private static bool Hands(GuardedRegion region, InvocationExpressionSyntax call)
    {
        var site = region.Block.Site;
        return region.Releases.Count == 0 && call.ArgumentList.Arguments.Any(argument => region.Block.References(OwnedBlock.Bare(argument.Expression)).Any(name => name == OwnedBlock.Bare(argument.Expression) && !IsOnlyRead(region, name)))
            && site.Finding.PlacesOf(FixData.Throwing).Any() && site.Finding.PlacesOf(FixData.Throwing).All(place => place.End <= call.SpanStart)
            && region.List.Statements.Skip(region.Start).TakeWhile(statement => !statement.Span.Contains(call.Span)).All(statement => region.Block.References(statement).All(name => IsOnlyRead(region, name)))
            && region.List.Statements.Skip(region.List.IndexOf(call) + 1).All(statement => !region.Block.References(statement).Any());
    }

    /// <summary>Code of the framework reads or writes the block, or this body does.</summary>
    private static bool IsOnlyRead(GuardedRegion region, IdentifierNameSyntax name) => OwnedBlock.Dressed(name).Parent switch
    {
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => region.Block.Site.Model.GetSymbolInfo(call, region.Block.Site.CancellationToken).Symbol is IMethodSymbol { ContainingType: { Name: "Marshal" or "NativeMemory" or "Buffer" or "Unsafe" } },
        BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or ElementAccessExpressionSyntax or MemberAccessExpressionSyntax => name.Ancestors().TakeWhile(node => node is not StatementSyntax).All(node => node is not (AnonymousFunctionExpressionSyntax or EqualsValueClauseSyntax)),
        _ => false,
    };
}
