namespace LifetimeAnalyzers.Suite.Generator;

/// <summary>Puts pieces of C# together.</summary>
internal static class Text
{
    /// <summary>The template about a variable.</summary>
    public static string On(this string template, string variable) => template.Replace("@", variable, StringComparison.Ordinal);

    /// <summary>The lines one step further in.</summary>
    public static string Indent(this string code, int steps = 1) =>
        string.Join('\n', code.Split('\n').Select(line => line.Length == 0 || line.EndsWith(':') && line.StartsWith("label", StringComparison.Ordinal)
            ? line : new string(' ', 4 * steps) + line));

    /// <summary>The non-empty pieces, one below the other.</summary>
    public static string Lines(params string[] pieces) => string.Join('\n', pieces.Where(piece => piece.Length > 0));

    /// <summary>A braced block.</summary>
    public static string Braces(string body) => "{\n" + body.Indent() + "\n}";

    /// <summary>A function.</summary>
    public static string Function(string signature, string body, string mark = "") =>
        signature + (mark.Length == 0 ? "" : " // " + mark) + "\n" + Braces(body);

    /// <summary>Declarations with an empty line between any two.</summary>
    public static string Members(IEnumerable<string> members) => string.Join("\n\n", members.Where(member => member.Length > 0));
}
