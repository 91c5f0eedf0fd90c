using System.Runtime.InteropServices;

internal static unsafe class NotTheStart
{
    public static void Interior()
    {
        var p = (byte*)NativeMemory.Alloc(16);
        NativeMemory.Free(p + 4);
    }

    public static int Moved()
    {
        var p = (byte*)NativeMemory.AllocZeroed(16);
        var first = *p;
        p++;
        NativeMemory.Free(p);
        return first;
    }

    public static void Stack()
    {
        byte* p = stackalloc byte[16];
        *p = 1;
        NativeMemory.Free(p);
    }
}
