// weakness: CWE-416 CWE-401
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

internal static class Listing
{
    [DllImport("listing")]
    public static extern IntPtr dir_lookup(IntPtr name);

    [DllImport("listing")]
    public static extern void dir_string_free(IntPtr text);
}

/// <summary>The answer does not go with the memory of the question.</summary>
public static class Lookups
{
    public static bool HasBad(string name) // bad: LIFE003
    {
        IntPtr text = Marshal.StringToCoTaskMemUTF8(name);
        IntPtr answer = Listing.dir_lookup(text);
        Marshal.FreeCoTaskMem(text);
        return answer != IntPtr.Zero;
    }

    public static bool Has(string name)
    {
        IntPtr text = Marshal.StringToCoTaskMemUTF8(name);
        IntPtr answer = Listing.dir_lookup(text);
        Marshal.FreeCoTaskMem(text);
        if (answer == IntPtr.Zero)
        {
            return false;
        }

        Listing.dir_string_free(answer);
        return true;
    }

    public static string? Find(string name)
    {
        IntPtr text = Marshal.StringToCoTaskMemUTF8(name);
        IntPtr answer = Listing.dir_lookup(text);
        Marshal.FreeCoTaskMem(text);
        return Take(answer);
    }

    private static string? Take(IntPtr answer)
    {
        if (answer == IntPtr.Zero)
        {
            return null;
        }

        string? text = Marshal.PtrToStringUTF8(answer);
        Listing.dir_string_free(answer);
        return text;
    }
}
