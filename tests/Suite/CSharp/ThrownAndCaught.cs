// weakness: CWE-401
// construct: an exception of its own that a body throws and catches

using System;
using System.Runtime.InteropServices;

namespace Suite.CSharp.ThrownAndCaught;

public sealed class Refusal : Exception
{
}

public sealed class Report
{
    public int Count;
}

public static unsafe class Bodies
{
    public static int FrameworksOwnGood(int size)
    {
        var block = NativeMemory.Alloc(16);
        try
        {
            if (size > 2)
            {
                throw new InvalidOperationException();
            }
        }
        catch (InvalidOperationException)
        {
            size--;
        }

        NativeMemory.Free(block);
        return size;
    }

    public static int ThroughFinallyGood(int size)
    {
        var block = NativeMemory.Alloc(16);
        try
        {
            try
            {
                if (size > 2)
                {
                    throw new Refusal();
                }
            }
            finally
            {
                size++;
            }
        }
        catch (Refusal)
        {
            size--;
        }

        NativeMemory.Free(block);
        return size;
    }

    public static Report PlainObjectGood(int size)
    {
        var block = NativeMemory.Alloc(16);
        var report = new Report { Count = size };
        NativeMemory.Free(block);
        return report;
    }

    public static int AnotherIsThrownBad(int size) // bad: LIFE005
    {
        var block = NativeMemory.Alloc(16);
        try
        {
            if (size > 2)
            {
                throw new FormatException();
            }
        }
        catch (Refusal)
        {
            size--;
        }

        NativeMemory.Free(block);
        return size;
    }
}
