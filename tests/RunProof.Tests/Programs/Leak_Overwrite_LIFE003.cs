// mistake: grows
// output: 1 2
using System.Runtime.InteropServices;

public static class Program
{
    public static string Run()
    {
        var block = Marshal.AllocHGlobal(65536);
        Marshal.WriteByte(block, 1);
        var text = Marshal.ReadByte(block) + " ";
        block = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(block, 2);
        text += Marshal.ReadByte(block);
        Marshal.FreeHGlobal(block);
        return text;
    }
}
