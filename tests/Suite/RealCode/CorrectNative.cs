// weakness: none
// construct: correct code, HGlobal and CoTaskMem
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Threading;
using Suite.Support;

namespace Cases.RealCode.CorrectNative;

internal static unsafe class Interop
{
    [DllImport("native")]
    private static extern int query(nint buffer, ref int length);

    [DllImport("native")]
    private static extern int describe(nint text, out nint answer);

    [DllImport("native")]
    private static extern int send(ref Request request);

    public static int LocalFinally(int length)
    {
        IntPtr buffer = Marshal.AllocHGlobal(length);
        try
        {
            return query(buffer, ref length);
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    public static int LocalWithoutFinally(int length)
    {
        IntPtr buffer = Marshal.AllocCoTaskMem(length);
        int result = query(buffer, ref length);
        Marshal.FreeCoTaskMem(buffer);
        return result;
    }

    public static string? AskAgainWithBiggerBuffer()
    {
        int length = 64;
        IntPtr buffer = IntPtr.Zero;
        try
        {
            buffer = Marshal.AllocHGlobal(length);
            int status = query(buffer, ref length);
            if (status == 122)
            {
                buffer = Marshal.ReAllocHGlobal(buffer, (IntPtr)length);
                status = query(buffer, ref length);
            }

            return status == 0 ? Marshal.PtrToStringUni(buffer) : null;
        }
        finally
        {
            if (buffer != IntPtr.Zero)
            {
                Marshal.FreeHGlobal(buffer);
            }
        }
    }

    public static IntPtr ReturnedToTheCaller(string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        IntPtr native = Marshal.AllocHGlobal(bytes.Length + 1);
        Marshal.Copy(bytes, 0, native, bytes.Length);
        Marshal.WriteByte(native, bytes.Length, 0);
        return native;
    }

    public static void HandedOutByOut(string text, out IntPtr native, out int length)
    {
        native = Marshal.StringToHGlobalAnsi(text);
        length = text.Length;
    }

    public static void StoredInNativeStruct(ref Request request, string name)
    {
        request.Name = Marshal.StringToCoTaskMemUTF8(name);
        request.Size = name.Length;
    }

    public static void StructMarshalledAndFreed(string name)
    {
        Request request = default;
        try
        {
            request.Name = Marshal.StringToCoTaskMemUTF8(name);
            send(ref request);
        }
        finally
        {
            Marshal.FreeCoTaskMem(request.Name);
        }
    }

    public static string? ComOutStringOwnedByCaller(string question)
    {
        nint text = Marshal.StringToCoTaskMemUni(question);
        nint answer = 0;
        try
        {
            return describe(text, out answer) == 0 ? Marshal.PtrToStringUni(answer) : null;
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
            Marshal.FreeCoTaskMem(answer);
        }
    }

    public static void ArrayOfStrings(IReadOnlyList<string> names)
    {
        var natives = new IntPtr[names.Count];
        try
        {
            for (int i = 0; i < names.Count; i++)
            {
                natives[i] = Marshal.StringToHGlobalUni(names[i]);
            }

            Io.PrintInt(natives.Length);
        }
        finally
        {
            foreach (IntPtr native in natives)
            {
                if (native != IntPtr.Zero)
                {
                    Marshal.FreeHGlobal(native);
                }
            }
        }
    }

    public static void ListOfAllocations(IEnumerable<string> names)
    {
        var allocations = new List<IntPtr>();
        try
        {
            foreach (string name in names)
            {
                IntPtr native = Marshal.StringToHGlobalUni(name);
                allocations.Add(native);
            }
        }
        finally
        {
            allocations.ForEach(Marshal.FreeHGlobal);
        }
    }

    public static SafeBuffer PassedStraightIntoConstructor(int size) => new(Marshal.AllocHGlobal(size));

    public static SafeBuffer WrappedAfterFilling(ReadOnlySpan<byte> bytes)
    {
        IntPtr native = Marshal.AllocHGlobal(bytes.Length);
        bytes.CopyTo(new Span<byte>((void*)native, bytes.Length));
        return new SafeBuffer(native);
    }

    public static IntPtr TakeAndFree(ref IntPtr slot, IntPtr replacement)
    {
        IntPtr old = Interlocked.Exchange(ref slot, replacement);
        if (old != IntPtr.Zero)
        {
            Marshal.FreeHGlobal(old);
        }

        return replacement;
    }

    public static void HandleBehindPointerCast(Request* request)
    {
        request->Name = (nint)NativeMemory.Alloc(16);
        byte* name = (byte*)request->Name;
        *name = 1;
    }

    public static void ReleaseBehindPointerCast(Request* request)
    {
        NativeMemory.Free((void*)request->Name);
        request->Name = 0;
    }

    internal struct Request
    {
        public nint Name;
        public int Size;
    }

    internal sealed class SafeBuffer : SafeHandle
    {
        public SafeBuffer(IntPtr native)
            : base(IntPtr.Zero, ownsHandle: true) => SetHandle(native);

        public override bool IsInvalid => handle == IntPtr.Zero;

        protected override bool ReleaseHandle()
        {
            Marshal.FreeHGlobal(handle);
            handle = IntPtr.Zero;
            return true;
        }
    }
}

internal static class Marshalled
{
    internal struct Native
    {
        internal IntPtr Name;
        internal IntPtr Body;
        internal int Length;
    }

    internal static void __MarshalTo(ref Native native, string name, byte[] body)
    {
        native.Name = Marshal.StringToHGlobalAnsi(name);
        native.Body = Marshal.AllocHGlobal(body.Length);
        Marshal.Copy(body, 0, native.Body, body.Length);
        native.Length = body.Length;
    }

    internal static void __MarshalFree(ref Native native)
    {
        Marshal.FreeHGlobal(native.Name);
        Marshal.FreeHGlobal(native.Body);
    }

    public static void Call(string name, byte[] body)
    {
        Native native = default;
        __MarshalTo(ref native, name, body);
        Io.PrintInt(native.Length);
        __MarshalFree(ref native);
    }
}

internal static unsafe class Utf8Marshaller
{
    public static byte* ConvertToUnmanaged(string? managed) => Utf8StringMarshaller.ConvertToUnmanaged(managed);

    public static void Free(byte* unmanaged) => Utf8StringMarshaller.Free(unmanaged);

    public static byte* ByHand(ReadOnlySpan<byte> text)
    {
        byte* native = (byte*)Marshal.AllocCoTaskMem(text.Length + 1);
        text.CopyTo(new Span<byte>(native, text.Length));
        native[text.Length] = 0;
        return native;
    }
}

internal sealed unsafe class Ring : IDisposable
{
    private readonly byte* _bytes;
    private readonly int _capacity;
    private int _disposed;

    public Ring(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _capacity = capacity;
        _bytes = (byte*)NativeMemory.AlignedAlloc((nuint)capacity, 64);
        GC.AddMemoryPressure(capacity);
    }

    ~Ring() => Release();

    public byte this[int index]
    {
        get => _bytes[index % _capacity];
        set => _bytes[index % _capacity] = value;
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            NativeMemory.AlignedFree(_bytes);
            GC.RemoveMemoryPressure(_capacity);
        }
    }
}

internal static unsafe class ProcessTables
{
    private static readonly uint* Crc;

    static ProcessTables()
    {
        uint* table = (uint*)NativeMemory.Alloc(256, sizeof(uint));
        for (uint i = 0; i < 256; i++)
        {
            table[i] = (i >> 1) ^ ((i & 1) * 0xEDB88320);
        }

        Crc = table;
    }

    public static uint Of(byte value) => Crc[value];
}
