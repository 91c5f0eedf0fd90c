// weakness: CWE-401
// construct: arrays of pointers that are copied into native memory
using System;
using System.Runtime.InteropServices;

namespace Cases.RealCode.PointersCopiedOut;

internal static class Texts
{
    [DllImport("glib")]
    private static extern nint g_malloc(nuint size);

    [DllImport("glib")]
    private static extern void g_free(nint block);

    [DllImport("glib")]
    private static extern void g_strfreev(nint texts);

    [DllImport("glib")]
    private static extern int g_strv_length(nint texts);

    private static nint Duplicate(string text) => g_malloc((nuint)text.Length);

    private static nint[] All(string[] texts)
    {
        nint[] result = new nint[texts.Length + 1];
        for (int i = 0; i < texts.Length; i++)
        {
            result[i] = Duplicate(texts[i]);
        }

        return result;
    }

    public static nint VectorGood(string[] texts)
    {
        nint[] pointers = All(texts);
        nint vector = g_malloc((nuint)(pointers.Length * IntPtr.Size));
        Marshal.Copy(pointers, 0, vector, pointers.Length);
        return vector;
    }

    public static int UsedGood(string[] texts)
    {
        nint vector = VectorGood(texts);
        int length = g_strv_length(vector);
        g_strfreev(vector);
        return length;
    }

    public static int VectorBad(string[] texts) // bad: LIFE003|LIFE004
    {
        nint vector = VectorGood(texts);
        return g_strv_length(vector);
    }

    public static int ArrayBad(string[] texts) // bad: LIFE003|LIFE004
    {
        nint[] pointers = All(texts);
        return pointers.Length;
    }

    public static void OneGood(string text) => g_free(Duplicate(text));
}
