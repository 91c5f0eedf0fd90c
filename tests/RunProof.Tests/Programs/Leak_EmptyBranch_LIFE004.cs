// mistake: grows
// output: 7
using System.Runtime.InteropServices;

public static unsafe class Program
{
    public static string Run()
    {
        First(true);
        return First(false).ToString();
    }

    private static int First(bool early)
    {
        var block = NativeMemory.Alloc(65536);
        *(int*)block = 7;
        var result = *(int*)block;
        if (!early)
        {
            NativeMemory.Free(block);
        }
        else
        {
        }

        return result;
    }
}
