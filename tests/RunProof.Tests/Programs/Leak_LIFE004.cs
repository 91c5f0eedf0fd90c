// mistake: grows
// output: early full
using System.Runtime.InteropServices;

public static unsafe class Program
{
    public static string Run() => Work(true) + " " + Work(false);

    private static string Work(bool early)
    {
        nint block = Marshal.AllocHGlobal(65536);
        if (early)
        {
            return "early";
        }

        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
        return "full";
    }
}
