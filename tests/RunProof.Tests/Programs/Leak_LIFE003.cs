// mistake: grows
// output: 3 7 16
using System.Runtime.InteropServices;

public static unsafe class Program
{
    public static string Run()
    {
        var p = (int*)NativeMemory.Alloc(65536);
        *p = 3;
        nint q = Marshal.AllocHGlobal(16);
        Marshal.WriteByte(q, 7);
        var size = 16;
        return $"{*p} {Marshal.ReadByte(q)} {size}";
    }
}
