// mistake: grows
// output: 3
using System.Runtime.InteropServices;

public static class Program
{
    public static string Run()
    {
        int needed = 100000;
        nint buffer = 0;
        int attempts = 0;
        for (int size = 30000; size < 200000; size *= 2)
        {
            buffer = Marshal.AllocHGlobal(size);
            attempts++;
            if (Try(buffer, size, needed))
            {
                break;
            }
        }

        Marshal.WriteInt32(buffer, attempts);
        int result = Marshal.ReadInt32(buffer);
        Marshal.FreeHGlobal(buffer);
        return result.ToString();
    }

    private static bool Try(nint buffer, int size, int needed)
    {
        if (needed < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(needed));
        }

        Marshal.WriteByte(buffer, 1);
        return size >= needed;
    }
}
