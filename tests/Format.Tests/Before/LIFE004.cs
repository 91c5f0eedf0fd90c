using System.Runtime.InteropServices;

internal static unsafe class SomePaths
{
    public static int Early(bool early)
    {
        var p = (int*)NativeMemory.Alloc(16);
        if (early)
        {
            return 0;
        }

        *p = 1;
        var result = *p;
        NativeMemory.Free(p);
        return result;
    }

    public static int Branch(bool right)
    {
        nint block = Marshal.AllocHGlobal(4);
        var first = Marshal.ReadByte(block);
        if (right)
        {
            Marshal.FreeHGlobal(block);
        }

        return first;
    }

    public static byte* Handed(bool valid)
    {
        var p = (byte*)NativeMemory.Alloc(16);
        if (!valid)
        {
            return null;
        }

        *p = 1;
        return p;
    }
}
