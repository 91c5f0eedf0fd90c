// mistake: the object is kept
// output: the object is gone
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

public static class Program
{
    public static string Run()
    {
        var weak = Make();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return weak.TryGetTarget(out _) ? "the object is kept" : "the object is gone";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<byte[]> Make()
    {
        var data = new byte[100];
        var handle = GCHandle.Alloc(data, GCHandleType.Pinned);
        Marshal.WriteByte(handle.AddrOfPinnedObject(), 1);
        return new WeakReference<byte[]>(data);
    }
}
