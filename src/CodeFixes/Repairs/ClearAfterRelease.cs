using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Clears the variable after its release, so that a second release finds nothing: for releases in branches of which
/// neither can go, and for families whose release takes null, or behind a test for it.
/// </summary>
/// <param name="ofField">A field that two members release, one of which forgets to clear it.</param>
internal sealed class ClearAfterRelease(bool ofField = false) : Repair
{
    public override string Name => ofField ? "ClearField" : "Clear";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (OwnedBlock.Find(site) is not { Owner: ILocalSymbol { IsUsing: false, RefKind: RefKind.None } or IFieldSymbol, OwnerType: { } type } block || block.Owner is IFieldSymbol != ofField)
        {
            yield break;
        }

        var releases = site.Finding.PlacesOf(FixData.Release).Where(span => span != site.Finding.Span).ToList();
        if (!(TakesNull(site) && type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr })
            && !(ofField && type is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.NotAnnotated } && OthersTest(site, block)))
        {
            yield break;
        }

        if (ofField)
        {
            var member = MemberAt(site, site.Finding.Span);
            if (releases.Count == 0 || !releases.TrueForAll(span => MemberAt(site, span) == member))
            {
                yield return Cleared(site, block, [site.Finding.Span]);
                yield return Cleared(site, block, releases);
            }

            yield break;
        }

        if (site.NodeAt<ExpressionStatementSyntax>(site.Finding.Span) is { Expression: InvocationExpressionSyntax { Expression: var called } } again && !OwnPair.IsReleaseName(called.GetLastToken().ValueText) && !ReleasingHelper.IsRelease(site, again))
        {
            // Who takes it, or more than that, would take nothing instead.
            yield break;
        }

        if (site.Finding.PlacesOf(FixData.Release).Contains(site.Finding.Span))
        {
            // It meets itself in a later turn.
            yield return Cleared(site, block, [site.Finding.Span]);
        }

        yield return Cleared(site, block, releases.Count == 0 ? [site.Finding.Span] : releases);
    }

    /// <summary>The release at the finding takes null and does nothing then; of a field the finding does not say what it holds.</summary>
    private static bool TakesNull(FixSite site) => site.ReleaseTakesNull
        || site.NodeAt<ExpressionSyntax>(site.Finding.Span) is { } node && OwnedBlock.Bare(node) is InvocationExpressionSyntax call && site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { Name: "Free" or "AlignedFree" or "FreeHGlobal" or "FreeCoTaskMem" or "FreeBSTR", ContainingType: { Name: "Marshal" or "NativeMemory", ContainingNamespace.Name: "InteropServices" } };

    /// <summary>Whoever else hands the field to the same function asks before whether there is anything in it.</summary>
    private static bool OthersTest(FixSite site, OwnedBlock block)
    {
        if (site.NodeAt<ExpressionSyntax>(site.Finding.Span) is not { } node || OwnedBlock.Bare(node) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var release } } call || call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return false;
        }

        var others = type.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(other => other != call && other.Expression is MemberAccessExpressionSyntax access && access.Name.Identifier.ValueText == release && block.References(other.ArgumentList).Any()).ToList();
        return others.Count > 0 && others.TrueForAll(other => other.Ancestors().TakeWhile(outer => outer is not MemberDeclarationSyntax).OfType<IfStatementSyntax>().Any(test => test.Statement.Span.Contains(other.Span) && block.References(test.Condition).Any()));
    }

    private static MemberDeclarationSyntax? MemberAt(FixSite site, TextSpan span) => site.NodeAt<SyntaxNode>(span)?.FirstAncestorOrSelf<MemberDeclarationSyntax>();

    private static Plan? Cleared(FixSite site, OwnedBlock block, IReadOnlyList<TextSpan> releases)
    {
        var edits = new TextEdits();
        if (block.Owner is IFieldSymbol { IsReadOnly: true } field && !MakeWritable(site, edits, field))
        {
            return null;
        }

        var value = block.OwnerType is IPointerTypeSymbol or { IsReferenceType: true } ? "null" : ReleaseText.NativeInteger(site, site.Finding.Span.Start) == "IntPtr" && block.OwnerType!.SpecialType == SpecialType.System_IntPtr ? "IntPtr.Zero" : site.Language >= LanguageVersion.CSharp11 ? "0" : "default";
        foreach (var span in releases)
        {
            if (block.Owner is IFieldSymbol && OfExpressionBody(site, block, span) is { } method)
            {
                if (!ExpressionBody.Open(site, edits, method, [$"{method.ExpressionBody!.Expression};", $"{block.OwnerText} = {value};"], site.Layout.UnitAt(method)))
                {
                    return null;
                }

                continue;
            }

            if (ReleaseCall.At(site, block, span) is not { Statement: { Parent: BlockSyntax or SwitchSectionSyntax } statement }
                || !block.References(statement).Any()
                || !site.Layout.StartsLine(statement.SpanStart)
                || !block.References(site.Root).Any(name => name.SpanStart != span.Start && site.Finding.Span.Contains(name.Span)))
            {
                return null;
            }

            edits.Insert(site.Layout.NextLine(statement.Span.End), site.Layout.IndentAt(statement.SpanStart) + $"{block.OwnerText} = {value};" + site.Layout.NewLine);
        }

        return Plan.Of($"Clear '{block.OwnerText}' after its release", edits);
    }

    /// <summary>The member that is nothing but the release of the field.</summary>
    private static MethodDeclarationSyntax? OfExpressionBody(FixSite site, OwnedBlock block, TextSpan span) =>
        site.NodeAt<ExpressionSyntax>(span) is { Parent: ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } method } } release && block.References(release).Any() ? method : null;

    /// <summary>Takes <c>readonly</c> away, which a field that is cleared cannot keep.</summary>
    private static bool MakeWritable(FixSite site, TextEdits edits, IFieldSymbol field)
    {
        if (field.ContainingType.IsReadOnly || field.DeclaringSyntaxReferences is not { Length: 1 } places || places[0].GetSyntax(site.CancellationToken) is not { Parent.Parent: FieldDeclarationSyntax declaration } declared || declared.SyntaxTree != site.Root.SyntaxTree)
        {
            return false;
        }

        var keyword = declaration.Modifiers.First(modifier => modifier.IsKind(SyntaxKind.ReadOnlyKeyword));
        edits.Delete(TextSpan.FromBounds(keyword.SpanStart, keyword.GetNextToken().SpanStart));
        return true;
    }
}
