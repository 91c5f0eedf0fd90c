using System.Runtime.InteropServices;

/// <summary>Pins and handles for which the framework has something to dispose of, and the stack that leaves.</summary>
internal static unsafe class PinsAndStack
{
    public static int Pin(byte[] data)
    {
        var handle = GCHandle.Alloc(data, GCHandleType.Pinned);
        Console.WriteLine(handle.AddrOfPinnedObject());
        handle.Free();
        return data.Length;
    }

    public static void Leak(string text)
    {
        GCHandle handle = GCHandle.Alloc(text, GCHandleType.Pinned);
        Console.WriteLine(handle.AddrOfPinnedObject().ToString());
    }

    public static string? Normal(List<int> list, bool b)
    {
        GCHandle handle = GCHandle.Alloc(list);
        if (b) return null;
        var s = handle.Target!.ToString();
        handle.Free();
        return s;
    }

    public static int* Stack(int n)
    {
        int* p = stackalloc int[n];
        p[0] = 1;
        return p;
    }
}
