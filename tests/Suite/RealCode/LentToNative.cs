// weakness: CWE-401
// construct: what native code is lent: handles as numbers, texts it makes something of, structures by value and by reference
using System;
using System.Runtime.InteropServices;

namespace Cases.LentToNative;

[StructLayout(LayoutKind.Sequential)]
internal struct Key
{
    public nint Length;
    public nint Data;
}

internal static class Kv
{
    [DllImport("kv")]
    public static extern int kv_visit(nint visitor);

    [DllImport("kv")]
    public static extern nint kv_compile(nint store, nint text);

    [DllImport("kv")]
    public static extern void kv_discard(nint query);

    [DllImport("kv")]
    public static extern int kv_has(nint store, in Key key);

    [DllImport("kv")]
    public static extern int kv_count(nint store, Key key);
}

internal static class Visits
{
    public static bool Visit(object visitor) // bad: LIFE004
    {
        GCHandle handle = GCHandle.Alloc(visitor);
        if (Kv.kv_visit(GCHandle.ToIntPtr(handle)) != 0)
        {
            return false;
        }

        handle.Free();
        return true;
    }

    public static bool VisitAndFree(object visitor)
    {
        GCHandle handle = GCHandle.Alloc(visitor);
        if (Kv.kv_visit(GCHandle.ToIntPtr(handle)) != 0)
        {
            handle.Free();
            return false;
        }

        handle.Free();
        return true;
    }

    public static bool Register(object visitor)
    {
        GCHandle handle = GCHandle.Alloc(visitor);
        if (Kv.kv_visit(GCHandle.ToIntPtr(handle)) != 0)
        {
            handle.Free();
            return false;
        }

        return true;
    }

    public static int Compile(nint store, string query) // bad: LIFE004
    {
        nint text = Marshal.StringToCoTaskMemUTF8(query);
        nint compiled = Kv.kv_compile(store, text);
        if (compiled == 0)
        {
            return -1;
        }

        Kv.kv_discard(compiled);
        Marshal.FreeCoTaskMem(text);
        return 0;
    }

    public static nint CompileAndKeep(nint store, string query)
    {
        nint text = Marshal.StringToCoTaskMemUTF8(query);
        return Kv.kv_compile(store, text);
    }

    public static int Has(nint store, int size) // bad: LIFE004
    {
        Key key = new() { Data = Marshal.AllocHGlobal(size), Length = size };
        if (Kv.kv_has(store, in key) < 0)
        {
            return -1;
        }

        Marshal.FreeHGlobal(key.Data);
        return 1;
    }

    public static int HasAtLast(nint store, int size)
    {
        Key key = new() { Data = Marshal.AllocHGlobal(size), Length = size };
        try
        {
            return Kv.kv_has(store, in key);
        }
        finally
        {
            Marshal.FreeHGlobal(key.Data);
        }
    }

    public static int Count(nint store, int size) // bad: LIFE003
    {
        Key key = new() { Data = Marshal.AllocHGlobal(size), Length = size };
        return Kv.kv_count(store, key);
    }

    public static int CountAndFree(nint store, int size)
    {
        Key key = new() { Data = Marshal.AllocHGlobal(size), Length = size };
        int count = Kv.kv_count(store, key);
        Marshal.FreeHGlobal(key.Data);
        return count;
    }
}
