// weakness: CWE-762
// construct: what an object keeps, gives away or takes for a handle
using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Suite.Support;

namespace Cases.WrongKeepers;

internal sealed class TextHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public TextHandle(nint text, bool owns = true)
        : base(owns) => SetHandle(text);

    protected override bool ReleaseHandle()
    {
        Marshal.FreeCoTaskMem(handle);
        return true;
    }
}

internal sealed class CountedHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly bool _isTask;

    public CountedHandle(nint text, bool isTask)
        : base(true)
    {
        _isTask = isTask;
        SetHandle(text);
    }

    protected override bool ReleaseHandle()
    {
        if (_isTask)
        {
            Marshal.FreeCoTaskMem(handle);
        }
        else
        {
            Marshal.FreeHGlobal(handle);
        }

        return true;
    }
}

internal sealed class Title : IDisposable
{
    private nint _text;

    public Title(string text) => _text = Marshal.StringToHGlobalUni(text);

    public nint Take()
    {
        nint text = _text;
        _text = 0;
        return text;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_text);
        _text = 0;
    }
}

internal static class Keepers
{
    public static TextHandle KeptBad(string text) // bad: LIFE008
    {
        nint copy = Marshal.StringToHGlobalUni(text);
        return new TextHandle(copy);
    }

    public static TextHandle KeptGood(string text)
    {
        nint copy = Marshal.StringToCoTaskMemUni(text);
        return new TextHandle(copy);
    }

    public static void SeenGood(string text)
    {
        nint copy = Marshal.StringToHGlobalUni(text);
        using (var handle = new TextHandle(copy, owns: false))
        {
            Io.PrintByte(handle.IsInvalid ? (byte)0 : (byte)1);
        }

        Marshal.FreeHGlobal(copy);
    }

    public static CountedHandle EitherGood(string text, bool isTask)
    {
        nint copy = isTask ? Marshal.StringToCoTaskMemUni(text) : Marshal.StringToHGlobalUni(text);
        return new CountedHandle(copy, isTask);
    }

    public static int TakenBad(string text) // bad: LIFE008
    {
        using var title = new Title(text);
        nint taken = title.Take();
        int first = Marshal.ReadByte(taken);
        Marshal.FreeCoTaskMem(taken);
        return first;
    }

    public static int TakenGood(string text)
    {
        using var title = new Title(text);
        nint taken = title.Take();
        int first = Marshal.ReadByte(taken);
        Marshal.FreeHGlobal(taken);
        return first;
    }

    public static int TakenAndLostBad(string text) // bad: LIFE003
    {
        using var title = new Title(text);
        nint taken = title.Take();
        return Marshal.ReadByte(taken);
    }

    public static object? NumberBad(int length) // bad: LIFE009
    {
        nint block = Marshal.AllocHGlobal(length);
        object? target = GCHandle.FromIntPtr(block).Target;
        Marshal.FreeHGlobal(block);
        return target;
    }

    public static object? NumberGood(object given)
    {
        nint number = GCHandle.ToIntPtr(GCHandle.Alloc(given));
        object? target = GCHandle.FromIntPtr(number).Target;
        GCHandle.FromIntPtr(number).Free();
        return target;
    }

    public static object? StoredGood(object given)
    {
        nint slot = Marshal.AllocHGlobal(8);
        Marshal.WriteIntPtr(slot, GCHandle.ToIntPtr(GCHandle.Alloc(given)));
        GCHandle handle = GCHandle.FromIntPtr(Marshal.ReadIntPtr(slot));
        object? target = handle.Target;
        handle.Free();
        Marshal.FreeHGlobal(slot);
        return target;
    }
}
