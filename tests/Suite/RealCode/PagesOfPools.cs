// weakness: CWE-401
// construct: objects of a pool that pin their buffers, references into memory as results
using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Cases.PagesOfPools;

internal sealed class Page
{
    internal byte[]? Buffer;
    internal GCHandle Handle;
    internal Pages? Home;
    internal int Permit;

    public nint Address { get; set; }

    public void Return() => Home?.Return(this);
}

/// <summary>Which of the ways back a page takes depends on what only the pool knows.</summary>
internal sealed class Pages
{
    private readonly ConcurrentQueue<Page> _free = new();
    private readonly bool _unpin;
    private int _count;

    public Pages(bool unpin) => _unpin = unpin;

    public Page Get(int size)
    {
        if (_free.TryDequeue(out Page? page))
        {
            if (_unpin)
            {
                page.Handle = GCHandle.Alloc(page.Buffer, GCHandleType.Pinned);
            }

            return page;
        }

        page = new Page { Buffer = new byte[size], Home = this };
        page.Handle = GCHandle.Alloc(page.Buffer, GCHandleType.Pinned);
        page.Address = page.Handle.AddrOfPinnedObject();
        return page;
    }

    public void Return(Page page)
    {
        if (_count > 100)
        {
            Drop(page);
            return;
        }

        Interlocked.Increment(ref _count);
        if (_unpin)
        {
            page.Handle.Free();
            page.Handle = default;
        }

        _free.Enqueue(page);
    }

    private static void Drop(Page page)
    {
        if (page.Permit == 1)
        {
            page.Handle.Free();
        }

        page.Buffer = null;
    }
}

internal static unsafe class Users
{
    public static void GivenBackGood(Pages pages, Action<nint> work)
    {
        Page page = pages.Get(100);
        try
        {
            work(page.Address);
        }
        finally
        {
            page.Return();
        }
    }

    public static void KeptBad(Pages pages, Action<nint> work) // bad: LIFE003
    {
        Page page = pages.Get(100);
        work(page.Address);
    }

    public static ref byte MemoryByReferenceGood(int size, out bool failed)
    {
        failed = false;
        void* block = NativeMemory.Alloc((nuint)size);
        return ref Unsafe.AsRef<byte>(block);
    }

    public static ref byte FirstByteGood(int size)
    {
        var block = (byte*)NativeMemory.Alloc((nuint)size);
        ref byte first = ref *block;
        return ref first;
    }

    public static byte OnlyItsValueBad(int size) // bad: LIFE003
    {
        void* block = NativeMemory.AllocZeroed((nuint)size);
        return Unsafe.AsRef<byte>(block);
    }

    public static ref byte FreedMemoryByReferenceBad(int size) // bad: LIFE007
    {
        var block = (byte*)NativeMemory.Alloc((nuint)size);
        NativeMemory.Free(block);
        return ref *block;
    }
}
