using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes;

/// <summary>What a diagnostic says to its fix, by position, so that it outlives the edits of other fixes in the document.</summary>
internal sealed record Finding(string RuleId, TextSpan Span, ImmutableDictionary<string, string?> Properties, ImmutableArray<(string Role, TextSpan Span)> Places)
{
    /// <summary>The variable that holds the block, or empty.</summary>
    public string Owner => Property(FixData.OwnerKey);

    /// <summary>What goes wrong: one of the reasons of <see cref="FixData"/>.</summary>
    public string Reason => Property(FixData.ReasonKey);

    /// <summary>The name of the block's family.</summary>
    public string Family => Property(FixData.FamilyKey);

    /// <summary>The block is returned, stored or handed over on some path.</summary>
    public bool LeavesBody => Property(FixData.LeavesBodyKey) == "true";

    /// <summary>The expected release with <c>{0}</c> for the block, or empty.</summary>
    public string ReleaseTemplate => Property(FixData.ReleaseTemplateKey);

    /// <summary>Reads <paramref name="diagnostic"/>. Locations in other files are left out.</summary>
    public static Finding From(Diagnostic diagnostic)
    {
        var roles = diagnostic.Properties.TryGetValue(FixData.RolesKey, out var names) && !string.IsNullOrEmpty(names) ? names!.Split(',') : [];
        var places = ImmutableArray.CreateBuilder<(string, TextSpan)>();
        for (var i = 0; i < roles.Length && i < diagnostic.AdditionalLocations.Count; i++)
        {
            if (diagnostic.AdditionalLocations[i].SourceTree == diagnostic.Location.SourceTree)
            {
                places.Add((roles[i], diagnostic.AdditionalLocations[i].SourceSpan));
            }
        }

        return new Finding(diagnostic.Id, diagnostic.Location.SourceSpan, diagnostic.Properties, places.ToImmutable());
    }

    /// <summary>The spans that have the role <paramref name="role"/>, in source order.</summary>
    public IEnumerable<TextSpan> PlacesOf(string role) => Places.Where(place => place.Role == role).Select(place => place.Span).OrderBy(span => span.Start);

    /// <summary>The property <paramref name="key"/>, or empty.</summary>
    public string Property(string key) => Properties.TryGetValue(key, out var value) ? value ?? string.Empty : string.Empty;

    /// <summary>The finding where it is after changes; null when its place is gone.</summary>
    public Finding? After(SpanMap map)
    {
        if (map.Map(Span) is not { } span)
        {
            return null;
        }

        var places = Places.Select(place => (place.Role, Span: map.Map(place.Span))).Where(place => place.Span is not null).Select(place => (place.Role, place.Span!.Value));
        return this with { Span = span, Places = places.ToImmutableArray() };
    }
}
