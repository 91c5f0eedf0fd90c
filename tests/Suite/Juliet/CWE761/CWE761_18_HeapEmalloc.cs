// weakness: CWE-761
// variant: 18
// construct: goto
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CWE761_18_HeapEmalloc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        nint data = 0;
        goto source;
        source:
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        goto sink;
        sink:
        for (; Marshal.ReadByte(data) != 0; data += 1)
        {
            if (Marshal.ReadByte(data) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Heap.Efree(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        goto source;
        source:
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        goto sink;
        sink:
        nint cursor = data;
        for (; Marshal.ReadByte(cursor) != 0; cursor += 1)
        {
            if (Marshal.ReadByte(cursor) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Heap.Efree(data);
    }
}
