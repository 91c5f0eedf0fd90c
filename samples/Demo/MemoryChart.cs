using System.Globalization;
using System.Xml.Linq;

namespace LifetimeAnalyzers.Demo;

/// <summary>
/// Memory over requests, a panel per end point, before and after the repair. Plain SVG by the framework's own XML classes:
/// any browser shows it.
/// </summary>
internal sealed class MemoryChart(IReadOnlyList<Series> before, IReadOnlyList<Series> after)
{
    private const int Columns = 2;
    private const int Ticks = 4;
    private const double PanelWidth = 460, PanelHeight = 210, MarginLeft = 62, MarginTop = 52, Gap = 26, Head = 84, Side = 20;
    private const string Red = "#d1242f", Green = "#1a7f37", Ink = "#1f2328", Faint = "#59636e", Grid = "#d8dee4";
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";
    private readonly double _top = NiceTop(before.Concat(after).Max(Highest));
    private readonly int _requests = before[0].Samples.Count - 1;

    public void Save(string path)
    {
        int rows = (before.Count + Columns - 1) / Columns;
        double width = Side * 2 + Columns * PanelWidth + (Columns - 1) * Gap;
        double height = Head + rows * PanelHeight + (rows - 1) * Gap + Side;
        XElement root = new(
            s_svg + "svg",
            new XAttribute("width", Number(width)),
            new XAttribute("height", Number(height)),
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            new XAttribute("font-family", "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif"),
            new XElement(s_svg + "title", "Resident memory of the sample server over requests, before and after the repair"),
            Rectangle(0, 0, width, height, "#ffffff"),
            Text(Side, 32, 19, "start", Ink, "Resident memory over requests, before and after dotnet format", bold: true));
        AddLegend(root, Side, 60);
        for (int index = 0; index < before.Count; index++)
        {
            double x = Side + index % Columns * (PanelWidth + Gap);
            double y = Head + index / Columns * (PanelHeight + Gap);
            root.Add(Panel(x, y, before[index], after[index]));
        }

        new XDocument(root).Save(path);
    }

    private static void AddLegend(XElement root, double x, double y)
    {
        root.Add(Line([(x, y - 4), (x + 26, y - 4)], Red, 2.5), Text(x + 34, y, 13, "start", Ink, "before"));
        root.Add(Line([(x + 100, y - 4), (x + 126, y - 4)], Green, 2.5), Text(x + 134, y, 13, "start", Ink, "after"));
        root.Add(Text(x + 200, y, 13, "start", Faint, "MiB above the size before the first measured request, over requests; a fresh server per panel"));
    }

    private XElement Panel(double x, double y, Series was, Series now)
    {
        double left = x + MarginLeft, right = x + PanelWidth, top = y + MarginTop, bottom = y + PanelHeight - 24;
        XElement panel = new(
            s_svg + "g",
            Text(x, y + 18, 15, "start", Ink, was.EndPoint.Path, bold: true),
            Text(x, y + 35, 12, "start", Faint, was.EndPoint.What));
        for (int tick = 0; tick <= Ticks; tick++)
        {
            double value = _top * tick / Ticks;
            double at = bottom - (bottom - top) * tick / Ticks;
            panel.Add(Line([(left, at), (right, at)], tick == 0 ? Faint : Grid, 1), Text(left - 8, at + 4, 11, "end", Faint, $"{Number(value)} MiB"));
        }

        for (int request = 0; request <= _requests; request += Math.Max(1, _requests / 4))
        {
            panel.Add(Text(X(request), bottom + 17, 11, "middle", Faint, request == 0 ? "start" : request.ToString(CultureInfo.InvariantCulture)));
        }

        panel.Add(Curve(was, Red), Curve(now, Green));
        return panel;

        double X(int request) => left + (right - left) * request / _requests;

        XElement Curve(Series series, string colour) => Line(
            series.Samples.Select((sample, request) =>
                (X(request), Math.Min(bottom, bottom - (bottom - top) * MiB(sample, series) / _top))), colour, 2.5);
    }

    private static double Highest(Series series) => series.Samples.Max(sample => MiB(sample, series));

    private static double MiB(ProcessMemory sample, Series series) => (sample.Resident - series.Samples[0].Resident) / 1024.0;

    /// <summary>Four times a round step, and at least 4 MiB, so that noise looks like noise.</summary>
    private static double NiceTop(double highest)
    {
        double[] steps = [1, 2, 3, 5, 8, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 125, 150];
        return Ticks * steps.FirstOrDefault(step => step * Ticks >= highest, Math.Ceiling(highest / Ticks));
    }

    private static XElement Rectangle(double x, double y, double width, double height, string fill) => new(
        s_svg + "rect", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("width", Number(width)), new XAttribute("height", Number(height)), new XAttribute("fill", fill));

    private static XElement Line(IEnumerable<(double X, double Y)> points, string colour, double width) => new(
        s_svg + "polyline",
        new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))),
        new XAttribute("fill", "none"),
        new XAttribute("stroke", colour),
        new XAttribute("stroke-width", Number(width)),
        new XAttribute("stroke-linejoin", "round"));

    private static XElement Text(double x, double y, double size, string anchor, string colour, string text, bool bold = false) => new(
        s_svg + "text",
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("font-size", Number(size)),
        new XAttribute("font-weight", bold ? "600" : "400"),
        new XAttribute("text-anchor", anchor),
        new XAttribute("fill", colour),
        text);

    private static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
