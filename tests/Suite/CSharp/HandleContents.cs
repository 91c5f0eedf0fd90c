// weakness: CWE-416
// construct: addresses that a native function shows inside of a handle, used after the handle's release

using System;
using System.Runtime.InteropServices;

namespace Suite.HandleContents;

internal static unsafe class Store
{
    [DllImport("store")]
    public static extern IntPtr doc_create();

    [DllImport("store")]
    public static extern void doc_destroy(IntPtr document);

    [DllImport("store")]
    public static extern IntPtr doc_text(IntPtr document);

    [DllImport("store")]
    public static extern byte* doc_data(IntPtr document, out int length);

    [DllImport("store")]
    public static extern IntPtr doc_copy_text(IntPtr document);

    [DllImport("store")]
    public static extern void str_free(IntPtr text);
}

public static unsafe class Documents
{
    public static string? TextBad() // bad: LIFE007
    {
        IntPtr document = Store.doc_create();
        IntPtr text = Store.doc_text(document);
        Store.doc_destroy(document);
        return Marshal.PtrToStringUTF8(text);
    }

    public static byte FirstBad() // bad: LIFE007
    {
        IntPtr document = Store.doc_create();
        byte* data = Store.doc_data(document, out int length);
        Store.doc_destroy(document);
        return length > 0 ? data[0] : (byte)0;
    }

    public static string? Text()
    {
        IntPtr document = Store.doc_create();
        try
        {
            IntPtr text = Store.doc_text(document);
            return text == IntPtr.Zero ? null : Marshal.PtrToStringUTF8(text);
        }
        finally
        {
            Store.doc_destroy(document);
        }
    }

    public static byte First()
    {
        IntPtr document = Store.doc_create();
        byte* data = Store.doc_data(document, out int length);
        byte first = length > 0 ? data[0] : (byte)0;
        Store.doc_destroy(document);
        return first;
    }

    /// <summary>The text is a block of its own, as its release says.</summary>
    public static string? Copied()
    {
        IntPtr document = Store.doc_create();
        IntPtr text = Store.doc_copy_text(document);
        Store.doc_destroy(document);
        string? copy = Marshal.PtrToStringUTF8(text);
        Store.str_free(text);
        return copy;
    }

    public static bool HasText()
    {
        IntPtr document = Store.doc_create();
        IntPtr text = Store.doc_text(document);
        bool has = text != IntPtr.Zero;
        Store.doc_destroy(document);
        return has;
    }
}
