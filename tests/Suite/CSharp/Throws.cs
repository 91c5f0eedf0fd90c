// weakness: CWE-401
// construct: exceptions between allocation and release
using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.Throws;

internal static unsafe class Throwing
{
    public static void ExplicitThrowBad(int length) // bad: LIFE005|LIFE004
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        if (length > 16)
        {
            throw new ArgumentOutOfRangeException(nameof(length));
        }

        *block = 1;
        NativeMemory.Free(block);
    }

    public static void FreeBeforeThrowGood(int length)
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        if (length > 16)
        {
            NativeMemory.Free(block);
            throw new ArgumentOutOfRangeException(nameof(length));
        }

        *block = 1;
        NativeMemory.Free(block);
    }

    public static void ThrowBeforeAllocationGood(int length)
    {
        if (length > 16)
        {
            throw new ArgumentOutOfRangeException(nameof(length));
        }

        byte* block = (byte*)NativeMemory.Alloc(16);
        *block = 1;
        NativeMemory.Free(block);
    }

    public static void ThrowHelperBad(int length) // bad: LIFE005|LIFE004
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        if (length > 16)
        {
            ThrowTooLong();
        }

        *block = 1;
        NativeMemory.Free(block);
    }

    public static void ThrowIfBad(object? argument) // bad: LIFE005|LIFE004
    {
        nint block = Marshal.AllocHGlobal(16);
        ArgumentNullException.ThrowIfNull(argument);
        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
    }

    public static void CheckHelperBad(int status) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(16);
        Check(status);
        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
    }

    public static void CheckHelperInTryGood(int status)
    {
        nint block = Marshal.AllocHGlobal(16);
        try
        {
            Check(status);
            Marshal.WriteByte(block, 1);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void OneStatementBeforeTheTryBad(string path) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(16);
        string text = File.ReadAllText(path);
        try
        {
            Io.PrintLine(text);
            Marshal.WriteByte(block, 1);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void SecondAllocationThrowsBad(int size, Func<int> length) // bad: LIFE005
    {
        GCHandle handle = GCHandle.Alloc(new byte[size], GCHandleType.Pinned);
        int wanted = length();
        Io.PrintInt(wanted);
        handle.Free();
    }

    public static void NothingThrowsGood(int a, int b)
    {
        int* block = (int*)NativeMemory.Alloc(8);
        block[0] = a + b;
        block[1] = a - b;
        int sum = block[0] + block[1];
        NativeMemory.Free(block);
        Io.PrintInt(sum);
    }

    public static void CastThatThrowsBad(object value) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(8);
        string text = value.ToString()!;
        Marshal.WriteInt32(block, text.Length);
        Marshal.FreeHGlobal(block);
    }

    public static void UserDelegateBad(Action<nint> callback) // bad: LIFE005
    {
        void* block = NativeMemory.Alloc(8);
        callback((nint)block);
        NativeMemory.Free(block);
    }

    public static void PoolWithoutFinallyGood(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        int read = stream.Read(buffer, 0, buffer.Length);
        Io.PrintInt(read);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void RethrowInsteadOfFreeBad(Action work) // bad: LIFE005|LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            work();
        }
        catch (Exception)
        {
            Io.PrintLine("failed");
            throw;
        }

        Marshal.FreeHGlobal(block);
    }

    public static void ThrowExpressionBad(string? text) // bad: LIFE005|LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        string sure = text ?? throw new ArgumentNullException(nameof(text));
        Marshal.WriteInt32(block, sure.Length);
        Marshal.FreeHGlobal(block);
    }

    public static void ThrowExpressionBeforeGood(string? text)
    {
        string sure = text ?? throw new ArgumentNullException(nameof(text));
        int* block = (int*)NativeMemory.Alloc(8);
        *block = sure.Length;
        NativeMemory.Free(block);
    }

    public static void SwitchArmThrowsBad(int kind) // bad: LIFE005|LIFE004
    {
        int* block = (int*)NativeMemory.Alloc(8);
        *block = kind switch
        {
            0 => 1,
            1 => 2,
            _ => throw new NotSupportedException(),
        };
        NativeMemory.Free(block);
    }

    public static void EmallocIsCleanedUpByItsScopeGood(Action work)
    {
        nint block = Heap.Emalloc(8);
        work();
        Heap.Efree(block);
    }

    public static void ThrowInFinallyBad(bool broken) // bad: LIFE005|LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            Marshal.WriteByte(block, 1);
        }
        finally
        {
            if (broken)
            {
                throw new InvalidOperationException();
            }

            Marshal.FreeHGlobal(block);
        }
    }

    private static void ThrowTooLong() => throw new ArgumentException("too long");

    private static void Check(int status)
    {
        if (status < 0)
        {
            throw new IOException("status " + status);
        }
    }
}
