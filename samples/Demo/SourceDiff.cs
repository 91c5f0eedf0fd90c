using DiffPlex;
using DiffPlex.Model;

namespace LifetimeAnalyzers.Demo;

/// <summary>The difference of two source folders in unified form.</summary>
internal static class SourceDiff
{
    private const int ContextLines = 2;

    public static IReadOnlyList<string> Compare(string before, string after)
    {
        List<string> lines = [];
        foreach (string path in Directory.EnumerateFiles(before, "*.cs").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            string oldText = File.ReadAllText(path);
            string newText = File.ReadAllText(Path.Combine(after, name));
            if (oldText != newText)
            {
                lines.Add($"--- a/{name}");
                lines.Add($"+++ b/{name}");
                AddHunks(lines, new Differ().CreateLineDiffs(oldText, newText, ignoreWhitespace: false, ignoreCase: false));
            }
        }

        return lines;
    }

    private static void AddHunks(List<string> lines, DiffResult diff)
    {
        int index = 0;
        while (index < diff.DiffBlocks.Count)
        {
            int last = index;
            while (last + 1 < diff.DiffBlocks.Count
                && diff.DiffBlocks[last + 1].DeleteStartA - (diff.DiffBlocks[last].DeleteStartA + diff.DiffBlocks[last].DeleteCountA) <= 2 * ContextLines)
            {
                last++;
            }

            AddHunk(lines, diff, index, last);
            index = last + 1;
        }
    }

    private static void AddHunk(List<string> lines, DiffResult diff, int first, int last)
    {
        IReadOnlyList<string> oldLines = diff.PiecesOld;
        IReadOnlyList<string> newLines = diff.PiecesNew;
        DiffBlock start = diff.DiffBlocks[first];
        DiffBlock end = diff.DiffBlocks[last];
        int from = Math.Max(0, start.DeleteStartA - ContextLines);
        int to = Math.Min(oldLines.Count, end.DeleteStartA + end.DeleteCountA + ContextLines);
        int newFrom = start.InsertStartB - (start.DeleteStartA - from);
        int newTo = end.InsertStartB + end.InsertCountB + (to - end.DeleteStartA - end.DeleteCountA);
        lines.Add($"@@ -{from + 1},{to - from} +{newFrom + 1},{newTo - newFrom} @@");
        int position = from;
        foreach (DiffBlock block in diff.DiffBlocks.Skip(first).Take(last - first + 1))
        {
            lines.AddRange(oldLines.Skip(position).Take(block.DeleteStartA - position).Select(line => " " + line));
            lines.AddRange(oldLines.Skip(block.DeleteStartA).Take(block.DeleteCountA).Select(line => "-" + line));
            lines.AddRange(newLines.Skip(block.InsertStartB).Take(block.InsertCountB).Select(line => "+" + line));
            position = block.DeleteStartA + block.DeleteCountA;
        }

        lines.AddRange(oldLines.Skip(position).Take(to - position).Select(line => " " + line));
    }
}
