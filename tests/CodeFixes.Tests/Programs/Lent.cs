using System.Runtime.InteropServices;

namespace N5;

// Blocks of which functions that nobody can read are told, and which are released all the same; and one that the last of them keeps.
internal static class Lent
{
    [DllImport("lib")]
    private static extern void set_pointer(nint target, nint block);

    static int WithArithmetic(Func<int, nint, int> callback, int[] values)
    {
        nint buffer = Marshal.AllocHGlobal(values.Length * 4);
        for (int i = 0; i < values.Length; i++)
        {
            nint at = buffer + (i * 4);
            Marshal.StructureToPtr(values[i], at, false);
        }

        int result = callback(values.Length, buffer);
        Marshal.FreeHGlobal(buffer);
        return result;
    }

    static void KeptByTheLast(nint target, object value)
    {
        nint block = Marshal.AllocHGlobal(Marshal.SizeOf(value));
        Marshal.StructureToPtr(value, block, false);
        set_pointer(target, block);
    }
}
