// weakness: CWE-416
// construct: native releases that answer by a code; objects that native code or a base class releases
using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;

namespace Cases.RealCode.ReleasesThatAnswer;

internal enum HookResult
{
    Success = 0,
    OutOfMemory = 2,
    AlreadyInstalled = 3,
}

internal static class Native
{
    [DllImport("hook")]
    public static extern nint hook_create();

    [DllImport("hook")]
    public static extern HookResult hook_destroy(nint hook);

    [DllImport("hook")]
    public static extern HookResult hook_install(nint hook);

    [DllImport("store")]
    public static extern nint store_open();

    [DllImport("store")]
    public static extern int store_close(nint store);

    [DllImport("store")]
    public static extern int store_error(nint store);

    [DllImport("Ole32.dll", PreserveSig = false)]
    public static extern void PropVariantClear([In, Out] Variant variant);
}

/// <summary>A hook that could not be destroyed is still there, and says why.</summary>
internal sealed class Hook : IDisposable
{
    private readonly nint _hook = Native.hook_create();

    public void Dispose() => Check(Native.hook_destroy(_hook));

    private void Check(HookResult result)
    {
        if (result == HookResult.Success)
        {
            return;
        }

        throw new InvalidOperationException($"{result}: {Native.hook_install(_hook)}");
    }
}

internal static class Stores
{
    public static void CloseOrTell()
    {
        nint store = Native.store_open();
        int code = Native.store_close(store);
        if (code != 0)
        {
            throw new InvalidOperationException($"{code}: {Native.store_error(store)}");
        }
    }

    public static void TellWhenClosed() // bad: LIFE007
    {
        nint store = Native.store_open();
        int code = Native.store_close(store);
        if (code == 0)
        {
            throw new InvalidOperationException($"{code}: {Native.store_error(store)}");
        }
    }

    public static int TellAnyhow() // bad: LIFE007
    {
        nint store = Native.store_open();
        int code = Native.store_close(store);
        return code + Native.store_error(store);
    }
}

/// <summary>Laid out for native code, which releases what it finds in the fields.</summary>
[StructLayout(LayoutKind.Sequential)]
internal sealed class Variant : IDisposable
{
    private readonly ushort _type;
    private readonly nint _values;

    public Variant(float[] values)
    {
        _type = 4;
        _values = Marshal.AllocCoTaskMem(values.Length * sizeof(float));
        Marshal.Copy(values, 0, _values, values.Length);
    }

    public ushort Type => _type;

    public void Dispose() => Native.PropVariantClear(this);
}

[StructLayout(LayoutKind.Sequential)]
internal sealed class ForgetfulVariant : IDisposable // bad: LIFE013
{
    private readonly ushort _type;
    private readonly nint _values;

    public ForgetfulVariant(float[] values)
    {
        _type = 4;
        _values = Marshal.AllocCoTaskMem(values.Length * sizeof(float));
        Marshal.Copy(values, 0, _values, values.Length);
    }

    public void Dispose() => Console.WriteLine(_type);
}

/// <summary>Two fields hold the block: the base class's, and one that is released.</summary>
internal sealed class StructHandle<T> : SafeHandle
    where T : struct
{
    private readonly nint _block;

    public StructHandle(T value)
        : base(0, ownsHandle: true)
    {
        nint block = Marshal.AllocHGlobal(Marshal.SizeOf<T>());
        Marshal.StructureToPtr(value, block, false);
        SetHandle(block);
        _block = block;
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Marshal.FreeHGlobal(_block);
        return true;
    }
}

internal sealed class ForgetfulHandle<T> : SafeHandle // bad: LIFE013
    where T : struct
{
    private readonly nint _block;

    public ForgetfulHandle(T value)
        : base(0, ownsHandle: true)
    {
        nint block = Marshal.AllocHGlobal(Marshal.SizeOf<T>());
        Marshal.StructureToPtr(value, block, false);
        SetHandle(block);
        _block = block;
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => true;
}

/// <summary>The base class has the array, and gives it back when it is asked.</summary>
internal sealed class PooledStream : MemoryStream
{
    private readonly byte[] _rented;

    public PooledStream(int length)
        : base(ArrayPool<byte>.Shared.Rent(length), 0, length, writable: true, publiclyVisible: true) => _rented = GetBuffer();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}

/// <summary>A struct that goes through its elements by a method of its own before it releases them.</summary>
internal struct Rows : IDisposable
{
    private readonly int _count;
    private nint _rows;

    public Rows(int count)
    {
        _count = count;
        _rows = Marshal.AllocHGlobal(count * nint.Size);
        for (int i = 0; i < count; i++)
        {
            Marshal.WriteIntPtr(_rows, i * nint.Size, Marshal.AllocHGlobal(16));
        }
    }

    public void Dispose()
    {
        if (_rows != 0)
        {
            ForEach(row => row.Dispose());
            Marshal.FreeHGlobal(_rows);
            _rows = 0;
        }
    }

    private void ForEach(Action<Row> action)
    {
        for (int i = 0; i < _count; i++)
        {
            action(Marshal.PtrToStructure<Row>(nint.Add(_rows, i * nint.Size)));
        }
    }
}

internal struct Row : IDisposable
{
    private nint _block;

    public void Dispose()
    {
        if (_block != 0)
        {
            Marshal.FreeHGlobal(_block);
            _block = 0;
        }
    }
}
