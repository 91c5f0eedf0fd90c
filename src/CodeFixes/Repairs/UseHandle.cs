using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Replaces a <c>GCHandle</c> by the handle of the framework that is disposed of (<c>GCHandle&lt;T&gt;</c>,
/// <c>PinnedGCHandle&lt;T&gt;</c>), where the framework has it, and declares that with <c>using</c>.
/// </summary>
internal sealed class UseHandle : Repair
{
    private const string Space = "System.Runtime.InteropServices.";

    public override string Name => "UsingHandle";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || site.Finding.Family != "GCHandle" || site.Language < LanguageVersion.CSharp8 || OwnedBlock.Find(site) is not { IsWholeStatement: true, Owner: ILocalSymbol } block
            || block.Statement is not LocalDeclarationStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax, Declaration: { } declaration } statement || statement.UsingKeyword.RawKind != 0
            || block.Allocation is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 or 2 } arguments }
            || Kind(site, arguments) is not { } isPinned
            || site.Model.GetTypeInfo(arguments[0].Expression, site.CancellationToken).Type is not { IsReferenceType: true } target
            || site.Model.Compilation.GetTypeByMetadataName(Space + (isPinned ? "PinnedGCHandle`1" : "GCHandle`1")) is not { } handle
            || handle.AllInterfaces.All(face => face.SpecialType != SpecialType.System_IDisposable)
            || GuardedRegion.Of(block) is not { } region || region.List.Statements.All(other => other != statement))
        {
            yield break;
        }

        var edits = new TextEdits();
        var type = (isPinned ? "PinnedGCHandle<" : "GCHandle<") + target.WithNullableAnnotation(NullableAnnotation.None).ToMinimalDisplayString(site.Model, statement.SpanStart) + ">";
        edits.Insert(statement.SpanStart, "using ");
        if (!declaration.Type.IsVar)
        {
            edits.Replace(declaration.Type.Span, type);
        }

        edits.Replace(block.Allocation.Span, $"new {type}({arguments[0].Expression})");
        foreach (var name in block.References(region.List.Container))
        {
            if (region.Releases.Any(release => release.Whole.Span.Contains(name.Span)))
            {
                continue;
            }

            switch (name.Parent)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Target" or "IsAllocated" } access when access.Expression == name && access.Parent is not AssignmentExpressionSyntax:
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AddrOfPinnedObject", Parent: InvocationExpressionSyntax call } access when isPinned && access.Expression == name && ReleaseText.IsUnsafe(call):
                    var address = $"({ReleaseText.NativeInteger(site, call.SpanStart)}){name}.{Address(target)}()";
                    edits.Replace(call.Span, call.Parent is MemberAccessExpressionSyntax ? "(" + address + ")" : address);
                    break;
                default:
                    yield break;
            }
        }

        var removed = new List<StatementSyntax>();
        foreach (var release in region.Releases)
        {
            if (!DisposeByUsing.Remove(block, edits, release, removed))
            {
                yield break;
            }
        }

        StatementRemoval.Remove(site, edits, [.. removed]);
        yield return Plan.Of($"Use a '{type}' with 'using'", edits);
    }

    /// <summary>Whether the handle pins; null when it is of another kind.</summary>
    private static bool? Kind(FixSite site, SeparatedSyntaxList<ArgumentSyntax> arguments) =>
        arguments.Count == 1 ? false : (site.Model.GetSymbolInfo(arguments[1].Expression, site.CancellationToken).Symbol as IFieldSymbol)?.Name switch
        {
            "Normal" => false,
            "Pinned" => true,
            _ => null,
        };

    private static string Address(ITypeSymbol target) => target switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType.IsUnmanagedType: true } => "GetAddressOfArrayData",
        { SpecialType: SpecialType.System_String } => "GetAddressOfStringData",
        _ => "GetAddressOfObjectData",
    };
}
