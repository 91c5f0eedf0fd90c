// mistake: grows
// output: 65536
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

public static class Program
{
    private static readonly string s_long = new string('a', 65536);

    public static string Run()
    {
        using var scope = RequestScope.Begin();
        return Handle(s_long).ToString();
    }

    [RequestHandler]
    private static int Handle(string text)
    {
        var copy = Marshal.StringToCoTaskMemUTF8(text);
        return Marshal.PtrToStringUTF8(copy)!.Length;
    }
}
