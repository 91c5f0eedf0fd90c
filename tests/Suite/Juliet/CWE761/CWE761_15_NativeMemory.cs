// weakness: CWE-761
// variant: 15
// construct: switch (6)
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_15_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        switch (6)
        {
            case 6:
                data = (byte*)NativeMemory.Alloc(100);
                data[0] = (byte)'A';
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                for (; *data != 0; data++)
                {
                    if (*data == (byte)'S')
                    {
                        Io.PrintLine("found");
                        break;
                    }
                }
                NativeMemory.Free(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        switch (6)
        {
            case 6:
                data = (byte*)NativeMemory.Alloc(100);
                data[0] = (byte)'A';
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                byte* cursor = data;
                for (; *cursor != 0; cursor++)
                {
                    if (*cursor == (byte)'S')
                    {
                        Io.PrintLine("found");
                        break;
                    }
                }
                NativeMemory.Free(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        switch (6)
        {
            case 6:
                data = (byte*)NativeMemory.Alloc(100);
                data[0] = (byte)'A';
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                byte* cursor = data;
                for (; *cursor != 0; cursor++)
                {
                    if (*cursor == (byte)'S')
                    {
                        Io.PrintLine("found");
                        break;
                    }
                }
                NativeMemory.Free(data);
                break;
        }
    }
}
