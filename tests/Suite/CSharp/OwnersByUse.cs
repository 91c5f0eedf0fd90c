// weakness: CWE-401
// construct: objects that own what imported functions give, which belong together only by what the objects do with them
using System;
using System.Runtime.InteropServices;

namespace Cases.OwnersByUse;

internal static class Ort
{
    [DllImport("ort")] public static extern IntPtr ort_session_for(string model);
    [DllImport("ort")] public static extern void ort_release_session(IntPtr session);
    [DllImport("ort")] public static extern int ort_run(IntPtr session, int input, out IntPtr output);
    [DllImport("ort")] public static extern void ort_release_value(IntPtr value);
    [DllImport("ort")] public static extern IntPtr ort_tensor_of(int size);
    [DllImport("ort")] public static extern int ort_value_size(IntPtr value);

    [DllImport("ort")] public static extern IntPtr ort_key_from(IntPtr data);
    [DllImport("ort")] public static extern void ort_key_free(IntPtr key);
    [DllImport("ort")] public static extern int ort_key_check(IntPtr key);

    [DllImport("ort")] public static extern int ort_cursor_open(IntPtr session, out IntPtr cursor);
    [DllImport("ort")] public static extern void ort_cursor_close(IntPtr cursor);
    [DllImport("ort")] public static extern int ort_cursor_delete(IntPtr cursor, int flags);
}

internal sealed class Value : IDisposable
{
    private IntPtr _value;

    public Value(IntPtr value) => _value = value;

    public int Size => Ort.ort_value_size(_value);

    public static Value Of(int size) => new(Ort.ort_tensor_of(size));

    public void Dispose()
    {
        Ort.ort_release_value(_value);
        _value = IntPtr.Zero;
    }
}

internal static class Values
{
    public static int UsingGood()
    {
        using Value value = Value.Of(3);
        return value.Size;
    }

    public static int LostBad() // bad: LIFE003
    {
        Value value = Value.Of(3);
        return value.Size;
    }

    public static int RawBad() // bad: LIFE003
    {
        IntPtr tensor = Ort.ort_tensor_of(3);
        return Ort.ort_value_size(tensor);
    }

    public static int RawGood()
    {
        IntPtr tensor = Ort.ort_tensor_of(3);
        int size = Ort.ort_value_size(tensor);
        Ort.ort_release_value(tensor);
        return size;
    }

    public static int OutputBad(IntPtr session, bool skip) // bad: LIFE004
    {
        if (Ort.ort_run(session, 1, out IntPtr output) != 0)
        {
            return -1;
        }

        if (skip)
        {
            return 0;
        }

        int size = Ort.ort_value_size(output);
        Ort.ort_release_value(output);
        return size;
    }
}

internal sealed class Both : IDisposable
{
    private IntPtr _first;
    private IntPtr _second;

    public Both()
    {
        _first = Ort.ort_tensor_of(1);
        _second = Ort.ort_tensor_of(2); // bad: LIFE013
    }

    public int Size => Ort.ort_value_size(_first) + Ort.ort_value_size(_second);

    public void Dispose()
    {
        Ort.ort_release_value(_first);
        _first = IntPtr.Zero;
    }
}

internal abstract class NativeObject : IDisposable
{
    protected NativeObject(IntPtr handle) => Handle = handle;

    protected IntPtr Handle { get; private set; }

    public void Dispose()
    {
        if (Handle != IntPtr.Zero)
        {
            Free(Handle);
            Handle = IntPtr.Zero;
        }
    }

    protected abstract void Free(IntPtr handle);
}

internal sealed class Key : NativeObject
{
    public Key(IntPtr data)
        : base(Ort.ort_key_from(data))
    {
    }

    public int Check() => Ort.ort_key_check(Handle);

    protected override void Free(IntPtr handle) => Ort.ort_key_free(handle);
}

internal static class Keys
{
    public static int UsingGood(IntPtr data)
    {
        using var key = new Key(data);
        return key.Check();
    }

    public static int LostBad(IntPtr data) // bad: LIFE003
    {
        var key = new Key(data);
        return key.Check();
    }

    public static int EarlyBad(IntPtr data, bool skip) // bad: LIFE004
    {
        var key = new Key(data);
        if (skip)
        {
            return 0;
        }

        int result = key.Check();
        key.Dispose();
        return result;
    }

    public static int RawBad(IntPtr data) // bad: LIFE003
    {
        IntPtr key = Ort.ort_key_from(data);
        return Ort.ort_key_check(key);
    }
}

internal sealed class SessionHandle : SafeHandle
{
    public SessionHandle(IntPtr session)
        : base(IntPtr.Zero, ownsHandle: true) => SetHandle(session);

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        Ort.ort_release_session(handle);
        return true;
    }
}

internal static class Sessions
{
    public static SessionHandle OpenGood(string model) => new(Ort.ort_session_for(model));

    public static bool ExistsBad(string model) // bad: LIFE003
    {
        IntPtr session = Ort.ort_session_for(model);
        return session != IntPtr.Zero;
    }
}

internal sealed class Cursor : IDisposable
{
    private IntPtr _cursor;

    public Cursor(IntPtr session)
    {
        if (Ort.ort_cursor_open(session, out _cursor) != 0)
        {
            throw new InvalidOperationException();
        }
    }

    // the element, not the cursor
    public int Delete() => Ort.ort_cursor_delete(_cursor, 0);

    public void Dispose()
    {
        if (_cursor != IntPtr.Zero)
        {
            Ort.ort_cursor_close(_cursor);
            _cursor = IntPtr.Zero;
        }
    }
}

internal static class Cursors
{
    public static void DeleteTwiceGood(IntPtr session)
    {
        using var cursor = new Cursor(session);
        cursor.Delete();
        cursor.Delete();
    }
}
