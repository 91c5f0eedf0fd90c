using System.Collections.Immutable;
using LifetimeAnalyzers.CodeFixes.Tests.Bars;

namespace LifetimeAnalyzers.CodeFixes.Tests.Contract;

/// <summary>What each repair writes, case by case.</summary>
public class CaseTests
{
    private static readonly Dictionary<string, ImmutableDictionary<string, string?>> Families = new(StringComparer.Ordinal)
    {
        ["NativeMemory"] = Fixed.NativeMemory,
        ["HGlobal"] = Fixed.HGlobal,
        ["ArrayPool"] = Fixed.ArrayPool,
        ["Owner"] = Fixed.Owner,
        ["GCHandle"] = Fixed.GCHandle,
        ["Malloc"] = Fixed.Block("Malloc", "process", "global::LifetimeAnalyzers.Heap.Free({0})"),
        ["Emalloc"] = Fixed.Block("Emalloc", "request", "global::LifetimeAnalyzers.Heap.Efree({0})"),
        ["Scope"] = Fixed.Block("RequestScope", "request", "{0}.Dispose()"),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), "*.cases").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal))
            {
                foreach (var entry in CaseFile.Read(file).Where(entry => Bench.CanRead(MarkedSource.Parse(CaseFile.Complete(entry.Before)).Text)))
                {
                    data.Add(file, entry.Title);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Fix_writes_what_the_case_says(string file, string title)
    {
        var entry = CaseFile.Read(file).Single(entry => entry.Title == title);
        var words = entry.Family.Split(' ');
        var properties = words.Skip(1).Select(word => word.Split('=')).Aggregate(Families[words[0]], (all, pair) => all.SetItem(pair[0], pair[1]));
        var before = CaseFile.Complete(entry.Before);
        if (entry.After.Trim() == CaseFile.NothingOffered)
        {
            await Fixed.NotOfferedAsync(properties, before, entry.Key);
        }
        else
        {
            await Fixed.BecomesAsync(properties, before, CaseFile.Complete(entry.After), entry.Key);
        }
    }
}
