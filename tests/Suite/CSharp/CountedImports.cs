// weakness: CWE-401 CWE-416
// construct: imported functions that count holders, things that are of a wider kind, mappings, tokens, trees of another library
#nullable enable
using System;
using System.Runtime.InteropServices;

namespace Cases.CountedImports;

internal static unsafe class Lib
{
    [DllImport("gio")] public static extern nint g_object_new(nuint type, nint end);
    [DllImport("gio")] public static extern nint g_object_ref(nint thing);
    [DllImport("gio")] public static extern void g_object_unref(nint thing);
    [DllImport("gio")] public static extern int g_object_get_int(nint thing);
    [DllImport("gio")] public static extern void g_object_set_int(nint thing, int value);
    [DllImport("gio")] public static extern void g_bin_add(nint bin, nint thing);
    [DllImport("gio")] public static extern void g_bin_show(nint bin, nint thing);

    [DllImport("node")] public static extern nint node_new();
    [DllImport("node")] public static extern void node_unref(nint node);
    [DllImport("node")] public static extern int node_get(nint node);

    [DllImport("queue")] public static extern nint queue_context_create();
    [DllImport("queue")] public static extern void queue_context_retain(nint context);
    [DllImport("queue")] public static extern void queue_context_release(nint context);
    [DllImport("queue")] public static extern int queue_context_get(nint context);

    [DllImport("cairo")] public static extern nint cairo_image_surface_create(int format, int width, int height);
    [DllImport("cairo")] public static extern nint cairo_pdf_surface_create(string file, double width, double height);
    [DllImport("cairo")] public static extern void cairo_surface_destroy(nint surface);
    [DllImport("cairo")] public static extern nint cairo_create(nint surface);
    [DllImport("cairo")] public static extern void cairo_destroy(nint context);
    [DllImport("cairo")] public static extern int cairo_status(nint context);

    [DllImport("cjson")] public static extern nint cJSON_CreateObject();
    [DllImport("cjson")] public static extern nint cJSON_CreateNumber(double value);
    [DllImport("cjson")] public static extern int cJSON_AddItemToObject(nint tree, byte* name, nint item);
    [DllImport("cjson")] public static extern nint cJSON_GetObjectItem(nint tree, byte* name);
    [DllImport("cjson")] public static extern void cJSON_Delete(nint tree);
    [DllImport("cjson")] public static extern byte* cJSON_Print(nint tree);
    [DllImport("cjson")] public static extern void cJSON_free(void* text);

    [DllImport("libc")] public static extern void* mmap(void* address, nuint size, int protection, int flags, int file, long offset);
    [DllImport("libc")] public static extern int munmap(void* address, nuint size);

    [DllImport("advapi32")] public static extern bool OpenProcessToken(nint process, int access, out nint token);
    [DllImport("advapi32")] public static extern int GetTokenInformation(nint token, int what);
    [DllImport("kernel32")] public static extern bool CloseHandle(nint handle);
}

internal static class Counted
{
    public static int EarlyReturnBad(int n) // bad: LIFE004
    {
        var thing = Lib.g_object_new(1, 0);
        if (n > 3)
        {
            return -1;
        }

        Lib.g_object_unref(thing);
        return 0;
    }

    public static int UsedAfterBad() // bad: LIFE007
    {
        var thing = Lib.g_object_new(1, 0);
        Lib.g_object_unref(thing);
        return Lib.g_object_get_int(thing);
    }

    public static int NodeBad() // bad: LIFE004
    {
        var node = Lib.node_new();
        if (Lib.node_get(node) > 3)
        {
            return -1;
        }

        Lib.node_unref(node);
        return 0;
    }

    public static int RetainedOnceMoreBad() // bad: LIFE004
    {
        var context = Lib.queue_context_create();
        if (Lib.queue_context_get(context) > 3)
        {
            return -1;
        }

        Lib.queue_context_release(context);
        return 0;
    }

    public static int SharedGood()
    {
        var thing = Lib.g_object_new(1, 0);
        var same = Lib.g_object_ref(thing);
        Lib.g_object_unref(thing);
        var value = Lib.g_object_get_int(thing);
        Lib.g_object_unref(same);
        return value;
    }

    public static int SharedByOneNameGood()
    {
        var context = Lib.queue_context_create();
        Lib.queue_context_retain(context);
        Lib.queue_context_release(context);
        var value = Lib.queue_context_get(context);
        Lib.queue_context_release(context);
        return value;
    }

    public static void KeptByAnotherGood(nint bin)
    {
        var thing = Lib.g_object_new(1, 0);
        Lib.g_bin_add(bin, thing);
        Lib.g_object_unref(thing);
        Lib.g_object_set_int(thing, 2);
    }

    public static void ShownByAnotherGood(nint bin)
    {
        var thing = Lib.g_object_new(1, 0);
        Lib.g_bin_show(bin, thing);
        Lib.g_object_unref(thing);
        Lib.g_object_set_int(thing, 2);
    }

    public static void TwiceGood(nint thing)
    {
        Lib.g_object_unref(thing);
        Lib.g_object_unref(thing);
    }

    public static int CountedFirstGood(nint thing)
    {
        Lib.g_object_ref(thing);
        Lib.g_object_unref(thing);
        return Lib.g_object_get_int(thing);
    }
}

internal sealed class CountedTwice : IDisposable
{
    private readonly nint _thing = Lib.g_object_new(1, 0);

    public void Show()
    {
        Lib.g_object_ref(_thing);
        Lib.g_object_unref(_thing);
    }

    public void Forget() => Lib.g_object_unref(_thing);

    public void Dispose() => Lib.g_object_unref(_thing);
}

internal static class Surfaces
{
    public static int EarlyReturnBad(int width) // bad: LIFE004
    {
        var surface = Lib.cairo_image_surface_create(0, width, width);
        var context = Lib.cairo_create(surface);
        var status = Lib.cairo_status(context);
        Lib.cairo_destroy(context);
        if (status != 0)
        {
            return status;
        }

        Lib.cairo_surface_destroy(surface);
        return 0;
    }

    public static nint UsedAfterBad(int width) // bad: LIFE007
    {
        var surface = Lib.cairo_image_surface_create(0, width, width);
        Lib.cairo_surface_destroy(surface);
        return Lib.cairo_create(surface);
    }

    public static int EveryWayGood(int width)
    {
        var surface = Lib.cairo_image_surface_create(0, width, width);
        var context = Lib.cairo_create(surface);
        Lib.cairo_surface_destroy(surface);
        var status = Lib.cairo_status(context);
        Lib.cairo_destroy(context);
        return status;
    }

    public static nint HandedOutGood(int width)
    {
        var surface = Lib.cairo_pdf_surface_create("a.pdf", width, width);
        var context = Lib.cairo_create(surface);
        Lib.cairo_surface_destroy(surface);
        return context;
    }
}

internal static unsafe class Trees
{
    public static int EarlyReturnBad(byte* name) // bad: LIFE004
    {
        var tree = Lib.cJSON_CreateObject();
        if (Lib.cJSON_AddItemToObject(tree, name, Lib.cJSON_CreateNumber(1)) == 0)
        {
            return -1;
        }

        Lib.cJSON_Delete(tree);
        return 0;
    }

    public static int NotFoundBad(byte* name) // bad: LIFE004
    {
        var tree = Lib.cJSON_CreateObject();
        if (Lib.cJSON_GetObjectItem(tree, name) == 0)
        {
            return -1;
        }

        Lib.cJSON_Delete(tree);
        return 0;
    }

    public static string? EveryWayGood(byte* name)
    {
        var tree = Lib.cJSON_CreateObject();
        if (Lib.cJSON_AddItemToObject(tree, name, Lib.cJSON_CreateNumber(1)) == 0)
        {
            Lib.cJSON_Delete(tree);
            return null;
        }

        var text = Lib.cJSON_Print(tree);
        Lib.cJSON_Delete(tree);
        if (text == null)
        {
            return null;
        }

        var result = Marshal.PtrToStringUTF8((nint)text);
        Lib.cJSON_free(text);
        return result;
    }
}

internal static unsafe class Mappings
{
    public static int EarlyReturnBad(nuint size) // bad: LIFE004
    {
        var p = (byte*)Lib.mmap(null, size, 3, 0x22, -1, 0);
        if ((nint)p == -1)
        {
            return -1;
        }

        if (p[0] == 3)
        {
            return 1;
        }

        Lib.munmap(p, size);
        return 0;
    }

    public static int InPartsGood(nuint size)
    {
        var p = (byte*)Lib.mmap(null, size, 3, 0x22, -1, 0);
        if ((nint)p == -1)
        {
            return -1;
        }

        Lib.munmap(p + 4096, size - 4096);
        var first = p[0];
        Lib.munmap(p, 4096);
        return first;
    }

    public static int FinallyGood(nuint size)
    {
        var p = Lib.mmap(null, size, 3, 0x22, -1, 0);
        if (p == (void*)-1)
        {
            throw new InvalidOperationException();
        }

        try
        {
            return *(int*)p;
        }
        finally
        {
            Lib.munmap(p, size);
        }
    }

    public static nint ReturnedGood(nuint size)
    {
        var p = Lib.mmap(null, size, 3, 0x22, -1, 0);
        return p == (void*)-1 ? 0 : (nint)p;
    }
}

internal static class Tokens
{
    public static int EarlyReturnBad(nint process, int n) // bad: LIFE004
    {
        if (!Lib.OpenProcessToken(process, 8, out var token))
        {
            return -1;
        }

        if (n == 5)
        {
            return 0;
        }

        Lib.CloseHandle(token);
        return 1;
    }

    public static int FinallyGood(nint process)
    {
        if (!Lib.OpenProcessToken(process, 8, out var token))
        {
            return -1;
        }

        try
        {
            return Lib.GetTokenInformation(token, 1);
        }
        finally
        {
            Lib.CloseHandle(token);
        }
    }
}
