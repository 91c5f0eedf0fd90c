// weakness: CWE-590
// variant: 81
// construct: virtual call
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_81_PinnedArrayNativeMemoryAligned;

internal static unsafe class Case
{
    internal abstract class SinkBase
    {
        public abstract void Take(byte* data);
    }

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
        data[0] = (byte)'A';
        Case.SinkBase sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        Case.SinkBase sink = new GoodG2BSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
        data[0] = (byte)'A';
        Case.SinkBase sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.SinkBase
{
    public override void Take(byte* data)
    {
        NativeMemory.AlignedFree(data);
    }
}

internal sealed unsafe class GoodG2BSink : Case.SinkBase
{
    public override void Take(byte* data)
    {
        NativeMemory.AlignedFree(data);
    }
}

internal sealed unsafe class GoodB2GSink : Case.SinkBase
{
    public override void Take(byte* data)
    {
        Io.PrintByte(data[0]);
    }
}
