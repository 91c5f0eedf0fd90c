// mistake: grows
// output: 1 0 65536
using System.Runtime.InteropServices;

public static class Program
{
    private static readonly string s_long = new string('b', 65536);

    public static string Run() => First(65536) + " " + Branch(0) + " " + Length(s_long);

    private static int First(int size) => Fill(Marshal.AllocHGlobal(size));

    private static int Branch(int kind) => kind switch
    {
        0 => Fill(Marshal.AllocCoTaskMem(65536)) - 1,
        _ => 7,
    };

    private static int Length(string text) => Marshal.PtrToStringUni(Marshal.StringToBSTR(text))!.Length;

    private static int Fill(IntPtr block)
    {
        Marshal.WriteByte(block, 1);
        return Marshal.ReadByte(block);
    }
}
