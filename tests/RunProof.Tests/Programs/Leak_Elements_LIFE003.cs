// mistake: grows
// output: 10
using System.Runtime.InteropServices;

public static class Program
{
    public static string Run() => Sum(4).ToString();

    private static int Sum(int count)
    {
        var rows = new nint[count];
        for (var i = 0; i < count; i++)
        {
            rows[i] = Marshal.AllocHGlobal(65536);
            Marshal.WriteByte(rows[i], (byte)(i + 1));
        }

        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += Marshal.ReadByte(rows[i]);
        }

        return sum;
    }
}
