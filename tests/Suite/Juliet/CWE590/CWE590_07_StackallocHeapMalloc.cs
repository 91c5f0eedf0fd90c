// weakness: CWE-590
// variant: 07
// construct: private static int
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE590_07_StackallocHeapMalloc;

internal static unsafe class Case
{
    private static int s_five = 5;

    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        if (s_five == 5)
        {
            byte* buffer = stackalloc byte[100];
            data = (nint)buffer;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_five == 5)
        {
            Heap.Free(data);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        if (s_five == 5)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_five == 5)
        {
            Heap.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        nint data = 0;
        if (s_five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_five == 5)
        {
            Heap.Free(data);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        if (s_five == 5)
        {
            byte* buffer = stackalloc byte[100];
            data = (nint)buffer;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void GoodB2GElse()
    {
        nint data = 0;
        if (s_five == 5)
        {
            byte* buffer = stackalloc byte[100];
            data = (nint)buffer;
            Marshal.WriteByte(data, (byte)'A');
        }
        if (s_five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }
}
