// weakness: CWE-401
// construct: pairs of imported functions that nobody has taught
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.ImportPairs;

internal static unsafe class Native
{
    public static readonly IntPtr Invalid = new IntPtr(-1);

    [DllImport("codec")] public static extern IntPtr codec_ctx_new(int size);
    [DllImport("codec")] public static extern IntPtr codec_ctx_new_with_level(int level);
    [DllImport("codec")] public static extern void codec_ctx_free(IntPtr context);
    [DllImport("codec")] public static extern int codec_ctx_run(IntPtr context, byte[] data, int length);
    [DllImport("codec")] public static extern void codec_ctx_add(IntPtr parent, IntPtr child);
    [DllImport("codec")] public static extern IntPtr codec_get_default();

    [DllImport("store")] public static extern int store_open(string path, out IntPtr store);
    [DllImport("store")] public static extern int store_close(IntPtr store);
    [DllImport("store")] public static extern int store_put(IntPtr store, int key);

    [DllImport("voice")] public static extern IntPtr voice_encoder_create(int rate, int channels, out int error);
    [DllImport("voice")] public static extern void voice_encoder_destroy(IntPtr encoder);

    [DllImport("images", EntryPoint = "CreateImage")] public static extern bool MakeImage(out IntPtr image);
    [DllImport("images", EntryPoint = "DestroyImage")] public static extern void KillImage(ref IntPtr image);

    [DllImport("tree")] public static extern int tree_node_open(out Node* node, string path);
    [DllImport("tree")] public static extern void tree_node_free(Node* node);
    [DllImport("tree")] public static extern int tree_node_size(Node* node);

    [DllImport("devices", SetLastError = true)] public static extern IntPtr CreateDeviceList(int kind);
    [DllImport("devices", SetLastError = true)] public static extern bool DestroyDeviceList(IntPtr list);

    [DllImport("screen")] public static extern IntPtr ScreenCreateWindow(string title);
    [DllImport("screen")] public static extern void ScreenDestroyWindow(IntPtr window);
    [DllImport("screen")] public static extern IntPtr ScreenCreatePainter(IntPtr window);
    [DllImport("screen")] public static extern void ScreenDestroyPainter(IntPtr painter);
    [DllImport("screen")] public static extern void ScreenShow(IntPtr window);

    [DllImport("media")] public static extern IntPtr media_new(string path);
    [DllImport("media")] public static extern void media_retain(IntPtr media);
    [DllImport("media")] public static extern void media_release(IntPtr media);

    [DllImport("journal")] public static extern IntPtr journal_open(string path, out IntPtr errptr);
    [DllImport("journal")] public static extern void journal_close(IntPtr journal);
    [DllImport("journal")] public static extern void journal_free_text(IntPtr text);

    [DllImport("never")] public static extern IntPtr never_create();
    [DllImport("never")] public static extern void never_destroy(IntPtr never);

    [DllImport("one")] public static extern IntPtr one_link_new();
    [DllImport("two")] public static extern void one_link_free(IntPtr link);

    public struct Node
    {
        public int Size;
    }
}

internal static unsafe class Locals
{
    public static int EarlyReturnBad(byte[] data) // bad: LIFE004
    {
        IntPtr context = Native.codec_ctx_new(3);
        if (data.Length == 0)
        {
            return -1;
        }

        int result = Native.codec_ctx_run(context, data, data.Length);
        Native.codec_ctx_free(context);
        return result;
    }

    public static int EarlyReturnGood(byte[] data)
    {
        IntPtr context = Native.codec_ctx_new(3);
        if (context == IntPtr.Zero)
        {
            return -1;
        }

        try
        {
            return data.Length == 0 ? -1 : Native.codec_ctx_run(context, data, data.Length);
        }
        finally
        {
            Native.codec_ctx_free(context);
        }
    }

    public static int NeverBad(byte[] data) // bad: LIFE003
    {
        IntPtr context = Native.codec_ctx_new_with_level(9);
        return Native.codec_ctx_run(context, data, data.Length);
    }

    public static int UsedAfterBad(byte[] data) // bad: LIFE007
    {
        IntPtr context = Native.codec_ctx_new(3);
        Native.codec_ctx_free(context);
        return Native.codec_ctx_run(context, data, data.Length);
    }

    public static void TwiceBad(bool fails) // bad: LIFE006
    {
        IntPtr context = Native.codec_ctx_new(3);
        if (fails)
        {
            Native.codec_ctx_free(context);
        }

        Native.codec_ctx_free(context);
    }

    public static void FreedByMarshalBad() // bad: LIFE008
    {
        IntPtr context = Native.codec_ctx_new(3);
        Marshal.FreeHGlobal(context);
    }

    public static void FreedByAnotherFunctionGood()
    {
        // one function may free what several give
        IntPtr context = Native.codec_ctx_new(3);
        Native.journal_free_text(context);
    }

    public static void GivenAwayGood(IntPtr parent) => Native.codec_ctx_add(parent, Native.codec_ctx_new(3));

    public static int BorrowedGood(byte[] data) => Native.codec_ctx_run(Native.codec_get_default(), data, data.Length);

    public static IntPtr HandedOutGood() => Native.codec_ctx_new(7);

    public static void OfAnotherLibraryGood() => Native.one_link_new();

    public static void CountedGood()
    {
        IntPtr media = Native.media_new("a");
        Native.media_retain(media);
        Native.media_release(media);
        Native.media_release(media);
    }

    public static void NobodyReleasesGood()
    {
        // nobody calls 'never_destroy': perhaps the library keeps them all
        IntPtr never = Native.never_create();
        Io.PrintInt(never == IntPtr.Zero ? 0 : 1);
    }
}

internal static unsafe class Statuses
{
    public static void OutBad(string path, int key) // bad: LIFE004
    {
        if (Native.store_open(path, out IntPtr store) != 0)
        {
            throw new InvalidOperationException(path);
        }

        if (Native.store_put(store, key) != 0)
        {
            return;
        }

        Native.store_close(store);
    }

    public static void OutGood(string path, int key)
    {
        if (Native.store_open(path, out IntPtr store) != 0)
        {
            throw new InvalidOperationException(path);
        }

        Native.store_put(store, key);
        Native.store_close(store);
    }

    public static void ErrorBad() // bad: LIFE003
    {
        IntPtr encoder = Native.voice_encoder_create(48000, 2, out int error);
        if (error != 0)
        {
            throw new InvalidOperationException();
        }

        Io.PrintInt(encoder == IntPtr.Zero ? 0 : 1);
    }

    public static void ErrorGood()
    {
        IntPtr encoder = Native.voice_encoder_create(48000, 2, out int error);
        if (error != 0)
        {
            throw new InvalidOperationException();
        }

        Native.voice_encoder_destroy(encoder);
    }

    public static void ErrorTextGood(string path)
    {
        IntPtr journal = Native.journal_open(path, out IntPtr problem);
        if (problem != IntPtr.Zero)
        {
            Native.journal_free_text(problem);
            throw new InvalidOperationException(path);
        }

        Native.journal_close(journal);
    }

    public static void RenamedBad(bool fails) // bad: LIFE004
    {
        if (!Native.MakeImage(out IntPtr image) || fails)
        {
            return;
        }

        Native.KillImage(ref image);
    }

    public static void RenamedGood()
    {
        if (!Native.MakeImage(out IntPtr image))
        {
            return;
        }

        Native.KillImage(ref image);
        Native.KillImage(ref image);
    }

    public static int TypedBad(string path) // bad: LIFE004
    {
        Native.Node* node;
        if (Native.tree_node_open(out node, path) < 0)
        {
            return -1;
        }

        int size = Native.tree_node_size(node);
        if (size == 0)
        {
            return 0;
        }

        Native.tree_node_free(node);
        return size;
    }

    public static int TypedGood(string path)
    {
        Native.Node* node;
        if (Native.tree_node_open(out node, path) < 0)
        {
            return -1;
        }

        int size = Native.tree_node_size(node);
        Native.tree_node_free(node);
        return size;
    }

    public static void InvalidGood()
    {
        IntPtr list = Native.CreateDeviceList(1);
        if (list == Native.Invalid)
        {
            throw new InvalidOperationException();
        }

        Native.DestroyDeviceList(list);
    }

    public static void InvalidBad() // bad: LIFE003
    {
        IntPtr list = Native.CreateDeviceList(1);
        if (list == new IntPtr(-1))
        {
            throw new InvalidOperationException();
        }

        Io.PrintInt(1);
    }
}

internal static class Parents
{
    public static void FreedWithItsParentGood()
    {
        IntPtr window = Native.ScreenCreateWindow("a");
        IntPtr painter = Native.ScreenCreatePainter(window);
        Native.ScreenShow(painter);
        Native.ScreenDestroyWindow(window);
    }

    public static void FreedOnOnePathBad(bool shows) // bad: LIFE004
    {
        IntPtr window = Native.ScreenCreateWindow("a");
        IntPtr painter = Native.ScreenCreatePainter(window);
        if (!shows)
        {
            Native.ScreenDestroyWindow(window);
            return;
        }

        Native.ScreenShow(painter);
        Native.ScreenDestroyPainter(painter);
        Native.ScreenDestroyWindow(window);
    }
}

internal sealed class ForgetfulOwner : IDisposable // bad: LIFE013
{
    private IntPtr _first;
    private IntPtr _second;

    public ForgetfulOwner()
    {
        _first = Native.codec_ctx_new(1);
        _second = Native.codec_ctx_new(2);
    }

    public void Dispose()
    {
        Native.codec_ctx_free(_first);
        _first = IntPtr.Zero;
    }
}

internal sealed class CarefulOwner : IDisposable
{
    private IntPtr _store;

    public CarefulOwner(string path)
    {
        if (Native.store_open(path, out _store) != 0)
        {
            throw new InvalidOperationException(path);
        }
    }

    public void Dispose()
    {
        if (_store != IntPtr.Zero)
        {
            Native.store_close(_store);
            _store = IntPtr.Zero;
        }
    }
}

internal sealed class WindowOwner : IDisposable
{
    private readonly IntPtr _window;
    private readonly IntPtr _painter;

    public WindowOwner()
    {
        _window = Native.ScreenCreateWindow("a");
        _painter = Native.ScreenCreatePainter(_window);
    }

    public void Paint() => Native.ScreenShow(_painter);

    public void Dispose() => Native.ScreenDestroyWindow(_window);
}

internal sealed class CodecHandle : SafeHandle
{
    public CodecHandle(IntPtr context)
        : base(IntPtr.Zero, true) => SetHandle(context);

    public override bool IsInvalid => handle == IntPtr.Zero;

    public static CodecHandle Create()
    {
        IntPtr context = Native.codec_ctx_new(3);
        return context == IntPtr.Zero ? throw new InvalidOperationException() : new CodecHandle(context);
    }

    protected override bool ReleaseHandle()
    {
        Native.codec_ctx_free(handle);
        return true;
    }
}

internal abstract class MadeByDelegate : IDisposable
{
    private readonly Action<IntPtr> _release;
    private IntPtr _handle;

    protected MadeByDelegate(Func<IntPtr> create, Action<IntPtr> release)
    {
        _release = release;
        IntPtr made = create();
        if (made == IntPtr.Zero)
        {
            throw new InvalidOperationException();
        }

        _handle = made;
    }

    public void Dispose()
    {
        if (_handle != IntPtr.Zero)
        {
            _release(_handle);
            _handle = IntPtr.Zero;
        }
    }
}

internal sealed class CodecOfDelegates : MadeByDelegate
{
    public CodecOfDelegates()
        : base(() => Native.codec_ctx_new(1), Native.codec_ctx_free)
    {
    }
}
