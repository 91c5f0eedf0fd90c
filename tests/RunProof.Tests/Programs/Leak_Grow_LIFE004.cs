// mistake: grows
// output: stopped 200
using System.Runtime.InteropServices;

public static unsafe class Program
{
    public static string Run() => Read(10) + " " + Read(200);

    private static string Read(int count)
    {
        nuint capacity = 65536;
        int used = 0;
        byte* buffer = (byte*)NativeMemory.Alloc(capacity);
        for (int i = 0; i < count; i++)
        {
            if (i == 100)
            {
                capacity *= 2;
                buffer = (byte*)NativeMemory.Realloc(buffer, capacity);
            }

            buffer[used++] = (byte)i;
            if (count == 10 && i == 5) { return "stopped"; }
        }

        NativeMemory.Free(buffer);
        return used.ToString();
    }
}
