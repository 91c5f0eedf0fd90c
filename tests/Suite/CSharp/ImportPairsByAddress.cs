// weakness: CWE-401 CWE-416 CWE-415 CWE-762
// construct: imported functions that take the address of the variable, codes as wide as a pointer, allocators of a library, native libraries
#nullable enable
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.ImportPairsByAddress;

internal unsafe struct Picture
{
    public int Width;
}

internal static unsafe class Lib
{
    [DllImport("pic")] public static extern Picture* pic_frame_alloc();
    [DllImport("pic")] public static extern Picture* pic_frame_clone(Picture* frame);
    [DllImport("pic")] public static extern void pic_frame_free(Picture** frame);
    [DllImport("pic")] public static extern int pic_read(Picture* frame);

    [DllImport("pack")] public static extern nint PACK_createContext();
    [DllImport("pack")] public static extern nuint PACK_freeContext(nint context);
    [DllImport("pack")] public static extern nuint PACK_run(nint context, byte* data, nuint size);

    [DllImport("db")] public static extern int db_prepare(nint connection, byte* text, nint* statement);
    [DllImport("db")] public static extern int db_finalize(nint statement);
    [DllImport("db")] public static extern int db_step(nint statement);

    [DllImport("pool")] public static extern void* pool_malloc(nuint size);
    [DllImport("pool")] public static extern void pool_free(void* memory);

    [DllImport("glib-2.0")] public static extern void* g_malloc(nuint size);
    [DllImport("glib-2.0")] public static extern void g_strfreev(byte** list);

    [DllImport("grow")] public static extern void* grow_malloc(nuint size);
    [DllImport("grow")] public static extern void* grow_realloc(void* memory, nuint size);
    [DllImport("grow")] public static extern void grow_free(void* memory);
}

internal static unsafe class Frames
{
    public static int EarlyReturnBad() // bad: LIFE004
    {
        var frame = Lib.pic_frame_alloc();
        if (Lib.pic_read(frame) < 0)
        {
            return -1;
        }

        var width = frame->Width;
        Lib.pic_frame_free(&frame);
        return width;
    }

    public static int UsedAfterBad() // bad: LIFE007
    {
        var frame = Lib.pic_frame_alloc();
        var same = frame;
        Lib.pic_frame_free(&frame);
        return same->Width;
    }

    public static int EveryWayGood()
    {
        var frame = Lib.pic_frame_alloc();
        if (frame == null)
        {
            return -2;
        }

        try
        {
            return Lib.pic_read(frame) < 0 ? -1 : frame->Width;
        }
        finally
        {
            Lib.pic_frame_free(&frame);
        }
    }

    public static int TwiceGood()
    {
        var frame = Lib.pic_frame_alloc();
        Lib.pic_frame_free(&frame);
        Lib.pic_frame_free(&frame);
        return frame == null ? 0 : 1;
    }
}

internal sealed unsafe class OwnedFrame : IDisposable
{
    private Picture* _frame;

    public OwnedFrame()
    {
        _frame = Lib.pic_frame_alloc();
        if (_frame == null)
        {
            throw new OutOfMemoryException();
        }
    }

    private OwnedFrame(Picture* frame) => _frame = frame;

    public int Width => _frame->Width;

    public OwnedFrame Clone() => new(Lib.pic_frame_clone(_frame));

    public void Dispose()
    {
        if (_frame == null)
        {
            return;
        }

        fixed (Picture** frame = &_frame)
        {
            Lib.pic_frame_free(frame);
        }
    }

    public static int SumGood(int count)
    {
        var all = new List<OwnedFrame>();
        using var first = new OwnedFrame();
        while (count-- > 0)
        {
            all.Add(first.Clone());
        }

        var sum = 0;
        all.ForEach(frame => sum += frame.Width);
        all.ForEach(frame => frame.Dispose());
        return sum;
    }

    public static int LostBad(OwnedFrame given) // bad: LIFE003
    {
        var copy = given.Clone();
        return copy.Width;
    }
}

internal static unsafe class Contexts
{
    public static bool EarlyReturnBad(byte* data, nuint size) // bad: LIFE004
    {
        var context = Lib.PACK_createContext();
        if (size == 0)
        {
            return false;
        }

        Lib.PACK_run(context, data, size);
        Lib.PACK_freeContext(context);
        return true;
    }

    public static bool EveryWayGood(byte* data, nuint size)
    {
        var context = Lib.PACK_createContext();
        var done = size != 0 && Lib.PACK_run(context, data, size) > 0;
        Lib.PACK_freeContext(context);
        return done;
    }
}

internal static unsafe class Statements
{
    public static int FailedStepBad(nint connection, byte* text) // bad: LIFE004
    {
        nint statement;
        if (Lib.db_prepare(connection, text, &statement) != 0)
        {
            return -1;
        }

        if (Lib.db_step(statement) != 100)
        {
            return -2;
        }

        return Lib.db_finalize(statement);
    }

    public static int TwiceBad(nint connection, byte* text) // bad: LIFE006
    {
        nint statement;
        if (Lib.db_prepare(connection, text, &statement) != 0)
        {
            return -1;
        }

        if (Lib.db_step(statement) != 100)
        {
            Lib.db_finalize(statement);
        }

        Lib.db_finalize(statement);
        return 0;
    }

    public static int EveryWayGood(nint connection, byte* text)
    {
        nint statement;
        if (Lib.db_prepare(connection, text, &statement) != 0)
        {
            return -1;
        }

        var code = Lib.db_step(statement);
        Lib.db_finalize(statement);
        return code;
    }
}

internal static unsafe class Memory
{
    public static int EarlyReturnBad(int size) // bad: LIFE004
    {
        var memory = (byte*)Lib.pool_malloc((nuint)size);
        if (size > 100)
        {
            return -1;
        }

        memory[0] = 1;
        Lib.pool_free(memory);
        return 0;
    }

    public static void WrongReleaseBad(int size) // bad: LIFE008
    {
        var memory = Lib.pool_malloc((nuint)size);
        Marshal.FreeHGlobal((nint)memory);
    }

    public static int Good(int size)
    {
        var memory = (byte*)Lib.pool_malloc((nuint)size);
        memory[0] = 1;
        var read = memory[0];
        Lib.pool_free(memory);
        return read;
    }

    public static int ListGood(int size)
    {
        var list = (byte**)Lib.g_malloc((nuint)size);
        list[0] = null;
        Lib.g_strfreev(list);
        return size;
    }

    public static int ListBad(int size) // bad: LIFE004
    {
        var list = (byte**)Lib.g_malloc((nuint)size);
        list[0] = null;
        if (size > 100)
        {
            return -1;
        }

        Lib.g_strfreev(list);
        return size;
    }

    public static int GrownGood(int size)
    {
        var memory = (byte*)Lib.grow_malloc(16);
        if (size > 16)
        {
            memory = (byte*)Lib.grow_realloc(memory, (nuint)size);
        }

        var read = memory[0];
        Lib.grow_free(memory);
        return read;
    }
}

internal static class Libraries
{
    public static bool NotFreedOnOneWayBad(string path, string name) // bad: LIFE004
    {
        if (!NativeLibrary.TryLoad(path, out var library))
        {
            return false;
        }

        if (!NativeLibrary.TryGetExport(library, name, out _))
        {
            return false;
        }

        NativeLibrary.Free(library);
        return true;
    }

    public static bool HasGood(string path, string name)
    {
        if (!NativeLibrary.TryLoad(path, out var library))
        {
            return false;
        }

        var has = NativeLibrary.TryGetExport(library, name, out _);
        NativeLibrary.Free(library);
        return has;
    }

    public static nint KeptGood(string path, string name)
    {
        // it stays loaded for as long as the process runs
        var library = NativeLibrary.Load(path);
        return NativeLibrary.GetExport(library, name);
    }
}
