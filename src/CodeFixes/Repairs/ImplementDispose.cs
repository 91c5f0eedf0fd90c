using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Gives a type that owns a block the dispose pattern of the framework's guidelines: <c>Dispose</c>, for a class that can
/// be derived from <c>Dispose(bool)</c>, and for memory that the collector does not know a finalizer.
/// </summary>
internal sealed class ImplementDispose : Repair
{
    public override string Name => "ImplementDispose";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason == FixData.ReasonOverwritten
            || OwningField.Find(site) is not { } owner
            || owner.Type is InterfaceDeclarationSyntax
            || owner.Collection is { IsNative: true }
            || owner.Type.CloseBraceToken.IsMissing
            || !site.Layout.StartsLine(owner.Type.CloseBraceToken.SpanStart)
            || owner.Symbol.ContainingType.GetMembers().Any(member => member.Name is "Dispose" or "System.IDisposable.Dispose" || member is IMethodSymbol { MethodKind: MethodKind.Destructor }))
        {
            yield break;
        }

        var unit = site.Layout.UnitAt(owner.Type.Members[0]);
        if (owner.ReleaseLines(unit) is not { } lines)
        {
            yield break;
        }

        var what = (owner.Collection is null ? "'" : "what is in '") + owner.Name + "'";
        var inherited = InheritedDispose(owner.Symbol.ContainingType);
        if (inherited is null && IsDisposable(owner.Symbol.ContainingType.BaseType))
        {
            yield break;
        }

        foreach (var replaced in owner.IsOverwritten ? new[] { true, false } : [false, true])
        {
            var edits = new TextEdits();
            FieldModifiers.MakeWritable(owner, edits);
            if (replaced && !(owner.Collection is null ? owner.ReleaseBeforeAssignments(edits) : LostEntries.Release(owner, edits, null)))
            {
                continue;
            }

            var members = inherited is not null ? Override(inherited, lines, unit, owner) : Implement(site, edits, owner, lines, unit);
            var indent = site.Layout.IndentAt(owner.Type.SpanStart) + unit;
            var newLine = site.Layout.NewLine;
            var text = string.Concat(members.Select(member => newLine + string.Concat(site.Layout.Styled(member, owner.Type).Select(line => (line.Length > 0 ? indent + line : line) + newLine))));
            edits.Insert(site.Layout.LineStart(owner.Type.CloseBraceToken.SpanStart), text);
            yield return Plan.Of(inherited is not null ? $"Override Dispose to release {what}" : $"Implement IDisposable to release {what}", edits);
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Override(IMethodSymbol inherited, IReadOnlyList<string> lines, string unit, OwningField owner)
    {
        var access = inherited.DeclaredAccessibility == Accessibility.Public ? "public" : "protected";
        var name = inherited.Parameters[0].Name;
        var body = owner.NeedsFinalizer ? lines : [$"if ({name})", "{", .. Indented(lines, unit), "}", string.Empty];
        yield return [$"{access} override void Dispose(bool {name})", "{", .. body.Select(line => line.Length > 0 ? unit + line : line), $"{unit}base.Dispose({name});", "}"];
    }

    private static IEnumerable<IReadOnlyList<string>> Implement(FixSite site, TextEdits edits, OwningField owner, IReadOnlyList<string> lines, string unit)
    {
        var type = owner.Symbol.ContainingType;
        var position = owner.Position;
        if (!type.IsRefLikeType)
        {
            AddInterface(site, edits, owner.Type);
        }

        var indented = Indented(lines, unit).ToList();
        if (type.TypeKind == TypeKind.Struct || (type.IsSealed && !owner.NeedsFinalizer))
        {
            return [["public void Dispose()", "{", .. indented, "}"]];
        }

        var collector = site.Model.Compilation.GetTypeByMetadataName("System.GC") is { } gc ? UsingDirectives.Name(site, edits, gc, position) : "System.GC";
        IReadOnlyList<string> body = owner.NeedsFinalizer ? indented : [$"{unit}if (disposing)", unit + "{", .. Indented(indented, unit), unit + "}"];
        var members = new List<IReadOnlyList<string>>
        {
            new[] { "public void Dispose()", "{", unit + "Dispose(true);", $"{unit}{collector}.SuppressFinalize(this);", "}" },
            new[] { $"{(type.IsSealed ? "private" : "protected virtual")} void Dispose(bool disposing)", "{" }.Concat(body).Concat(["}"]).ToList(),
        };
        if (owner.NeedsFinalizer)
        {
            members.Add(new[] { $"~{type.Name}()", "{", unit + "Dispose(false);", "}" });
        }

        return members;
    }

    private static IEnumerable<string> Indented(IEnumerable<string> lines, string unit) => lines.Select(line => line.Length > 0 ? unit + line : line);

    private static void AddInterface(FixSite site, TextEdits edits, TypeDeclarationSyntax type)
    {
        if (site.Model.Compilation.GetTypeByMetadataName("System.IDisposable") is not { } disposable || IsDisposable(site.Model.GetDeclaredSymbol(type, site.CancellationToken) as INamedTypeSymbol))
        {
            return;
        }

        var name = UsingDirectives.Name(site, edits, disposable, type.SpanStart);
        if (type.BaseList is { Types.Count: > 0 } list)
        {
            edits.Insert(list.Types.Last().Span.End, ", " + name);
            return;
        }

        var end = type.ChildNodes().OfType<ParameterListSyntax>().FirstOrDefault()?.Span.End ?? type.TypeParameterList?.Span.End ?? type.Identifier.Span.End;
        edits.Insert(end, " : " + name);
    }

    private static bool IsDisposable(INamedTypeSymbol? type) => type?.AllInterfaces.Any(candidate => candidate.SpecialType == SpecialType.System_IDisposable) == true;

    private static IMethodSymbol? InheritedDispose(INamedTypeSymbol type)
    {
        for (var above = type.BaseType; above is not null; above = above.BaseType)
        {
            var found = above.GetMembers("Dispose").OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length == 1 && method.Parameters[0].Type.SpecialType == SpecialType.System_Boolean);
            if (found is not null)
            {
                return (found.IsVirtual || found.IsOverride) && !found.IsSealed && found.DeclaredAccessibility is Accessibility.Protected or Accessibility.Public or Accessibility.ProtectedOrInternal ? found : null;
            }
        }

        return null;
    }
}
