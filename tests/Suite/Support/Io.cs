using System;
using System.Buffers;
using System.Runtime.InteropServices;

namespace Suite.Support;

/// <summary>Where cases put what they read, and memory that nobody has to release.</summary>
internal static unsafe class Io
{
    private static readonly byte[] Buffer = GC.AllocateArray<byte>(100, pinned: true);

    /// <summary>The address of memory that lives as long as the process.</summary>
    public static readonly nint StaticAddress = Marshal.UnsafeAddrOfPinnedArrayElement(Buffer, 0);

    /// <summary>A handle that lives as long as the process.</summary>
    public static readonly GCHandle StaticHandle = GCHandle.Alloc(Buffer, GCHandleType.Pinned);

    /// <summary>An owner that lives as long as the process.</summary>
    public static readonly IMemoryOwner<byte> StaticOwner = MemoryPool<byte>.Shared.Rent(100);

    public static byte* StaticBuffer => (byte*)StaticAddress;

    public static void PrintLine(string text) => Console.WriteLine(text);

    public static void PrintByte(byte value) => Console.WriteLine(value);

    public static void PrintInt(int value) => Console.WriteLine(value);
}
