// weakness: CWE-761
// variant: 16
// construct: while (true) with break
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_16_HeapMalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        while (true)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            break;
        }
        while (true)
        {
            for (; Marshal.ReadByte(data) != 0; data += 1)
            {
                if (Marshal.ReadByte(data) == (byte)'S')
                {
                    Io.PrintLine("found");
                    break;
                }
            }
            Heap.Free(data);
            break;
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        while (true)
        {
            data = Heap.Malloc(100);
            Marshal.WriteByte(data, (byte)'A');
            break;
        }
        while (true)
        {
            nint cursor = data;
            for (; Marshal.ReadByte(cursor) != 0; cursor += 1)
            {
                if (Marshal.ReadByte(cursor) == (byte)'S')
                {
                    Io.PrintLine("found");
                    break;
                }
            }
            Heap.Free(data);
            break;
        }
    }
}
