// weakness: CWE-401
// construct: what native code or a base class takes over
using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Cases.RealCode.GivenToNative;

internal static unsafe class Native
{
    [DllImport("codec")]
    public static extern nint chip_open(int number);

    [DllImport("codec")]
    public static extern void chip_close(nint chip);

    [DllImport("codec")]
    public static extern Context* context_alloc();

    [DllImport("codec")]
    public static extern void context_free(Context* context);

    [DllImport("codec")]
    public static extern void context_end_input(Context** context);

    [DllImport("codec")]
    public static extern int compile(Options options, int kind);

    [DllImport("codec")]
    public static extern NativeText describe(byte* name);
}

internal struct Context
{
    public int Size;
}

internal struct Options
{
    public int Kind;
    public nint Target;
}

internal unsafe struct NativeText
{
    public void* Data;
    public uint Flags;
}

/// <summary>The handle begins with what is called the invalid one.</summary>
internal sealed class ChipHandle : SafeHandle
{
    public ChipHandle(nint chip)
        : base(chip, true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.chip_close(handle);
        return true;
    }
}

internal sealed class MemoryHandle : SafeHandle
{
    public MemoryHandle(nint memory)
        : base(memory, true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Marshal.FreeHGlobal(handle);
        return true;
    }
}

internal sealed class BorrowedMemory : SafeHandle
{
    public BorrowedMemory(nint memory)
        : base(memory, false)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => true;
}

internal sealed class CriticalMemory : CriticalHandle
{
    public CriticalMemory(nint memory)
        : base(memory)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Marshal.FreeHGlobal(handle);
        return true;
    }
}

internal sealed class Driver : IDisposable
{
    private readonly ChipHandle _chip;

    public Driver(int number)
    {
        _chip = new ChipHandle(Native.chip_open(number));
        if (_chip.IsInvalid || _chip.IsClosed)
        {
            throw new InvalidOperationException("no such chip");
        }
    }

    public void Dispose() => _chip.Dispose();
}

internal static class Handles
{
    public static bool Scoped(int size)
    {
        using var memory = new MemoryHandle(Marshal.AllocHGlobal(size));
        return memory.IsInvalid;
    }

    public static bool Critical(int size)
    {
        using var memory = new CriticalMemory(Marshal.AllocHGlobal(size));
        return memory.IsInvalid;
    }

    public static bool TwiceBad(int size) // bad: LIFE006
    {
        nint memory = Marshal.AllocHGlobal(size);
        using var handle = new MemoryHandle(memory);
        Marshal.FreeHGlobal(memory);
        return handle.IsInvalid;
    }

    public static bool NotOwnedBad(int size) // bad: LIFE003
    {
        nint memory = Marshal.AllocHGlobal(size);
        using var handle = new BorrowedMemory(memory);
        return handle.IsInvalid;
    }
}

/// <summary>The number of a handle in a structure for native code.</summary>
internal static class Callbacks
{
    public static void Start(object target) => Compile(new Options { Kind = 1, Target = GCHandle.ToIntPtr(GCHandle.Alloc(target)) });

    public static void Copied(Options options, object target)
    {
        Options copy = options;
        copy.Target = GCHandle.ToIntPtr(GCHandle.Alloc(target));
        Compile(copy);
    }

    public static int PinnedBad(byte[] data) // bad: LIFE003
    {
        GCHandle pin = GCHandle.Alloc(data, GCHandleType.Pinned);
        return Native.compile(new Options { Kind = data.Length }, pin.IsAllocated ? 1 : 0);
    }

    private static void Compile(in Options options)
    {
        if (Native.compile(options, 1) < 0)
        {
            throw new InvalidOperationException("not compiled");
        }
    }
}

internal static class Calls
{
    public static unsafe Context* Allocate()
    {
        Context* context = Native.context_alloc();
        return context == null ? throw new InvalidOperationException("no context") : context;
    }

    public static unsafe void EndInput(Context** context) => Native.context_end_input(context);
}

/// <summary>A function of the source hands the field's address on to native code, which closes what it finds there.</summary>
internal sealed unsafe class Input : IDisposable
{
    private Context* _context;

    public Input() => _context = Calls.Allocate();

    public void Dispose()
    {
        if (_context != null)
        {
            fixed (Context** at = &_context)
            {
                Calls.EndInput(at);
            }

            _context = null;
        }
    }
}

internal static unsafe class Texts
{
    /// <summary>What native code makes of a text is its own.</summary>
    public static NativeText Describe(string name)
    {
        byte* text = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            return Native.describe(text);
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)text);
        }
    }

    public static nint Encode(string text)
    {
        int count = Encoding.UTF8.GetByteCount(text);
        byte* bytes = (byte*)Marshal.AllocHGlobal(count + 1);
        fixed (char* characters = text)
        {
            bytes[Encoding.UTF8.GetBytes(characters, text.Length, bytes, count)] = 0;
        }

        return (nint)bytes;
    }
}

internal abstract class Host
{
    private HandleRef _made;

    public void Begin(nint parent) => _made = Build(new HandleRef(this, parent));

    public void End() => Destroy(_made);

    protected abstract HandleRef Build(HandleRef parent);

    protected abstract void Destroy(HandleRef made);
}

internal abstract class ClosingHost : Host, IDisposable
{
    public void Dispose() => Dispose(true);

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>The base class is handed the window, and hands it back to be destroyed.</summary>
internal sealed class WindowHost : ClosingHost
{
    private nint _chip;

    protected override HandleRef Build(HandleRef parent)
    {
        _chip = Native.chip_open((int)parent.Handle);
        return new HandleRef(this, _chip);
    }

    protected override void Destroy(HandleRef made) => Native.chip_close(made.Handle);
}

internal sealed class ForgetfulHost : ClosingHost
{
    private nint _chip;

    protected override HandleRef Build(HandleRef parent) // bad: LIFE013
    {
        _chip = Native.chip_open((int)parent.Handle);
        return new HandleRef(this, _chip);
    }

    protected override void Destroy(HandleRef made)
    {
    }
}
