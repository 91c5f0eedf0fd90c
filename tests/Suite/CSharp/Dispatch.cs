// weakness: mixed
// construct: virtual and interface calls, generics
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Dispatch;

internal interface IReleaser
{
    void Release(nint block);
}

internal interface ISource
{
    nint Take();
}

internal interface IVisitor
{
    void Visit(nint block);
}

internal sealed class PlainReleaser : IReleaser
{
    public void Release(nint block) => Marshal.FreeHGlobal(block);
}

internal sealed class ZeroingReleaser : IReleaser
{
    public void Release(nint block)
    {
        Marshal.WriteByte(block, 0);
        Marshal.FreeHGlobal(block);
    }
}

internal sealed class SmallSource : ISource
{
    public nint Take() => Marshal.AllocHGlobal(8);
}

internal sealed class LargeSource : ISource
{
    public nint Take() => Marshal.AllocHGlobal(8000);
}

internal sealed class Printer : IVisitor
{
    public void Visit(nint block) => Io.PrintByte(Marshal.ReadByte(block));
}

internal abstract class Stage
{
    public abstract void Run(nint block);

    public virtual void Finish(nint block) => Marshal.FreeHGlobal(block);
}

internal sealed class PrintStage : Stage
{
    public override void Run(nint block) => Io.PrintByte(Marshal.ReadByte(block));
}

internal sealed class LogStage : Stage
{
    public override void Run(nint block) => Io.PrintLine("run");

    public override void Finish(nint block)
    {
        Io.PrintLine("finish");
        base.Finish(block);
    }
}

internal static class Users
{
    public static void AllTargetsReleaseGood(IReleaser releaser)
    {
        nint block = Marshal.AllocHGlobal(8);
        releaser.Release(block);
    }

    public static void AllTargetsReleaseBad(IReleaser releaser) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        releaser.Release(block);
        Marshal.FreeHGlobal(block);
    }

    public static void AllTargetsGiveBad(ISource source) // bad: LIFE003|LIFE004
    {
        nint block = source.Take();
        Marshal.WriteByte(block, 1);
    }

    public static void AllTargetsGiveGood(ISource source)
    {
        nint block = source.Take();
        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
    }

    public static void AllTargetsBorrowBad(IVisitor visitor) // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        visitor.Visit(block);
    }

    public static void AllTargetsBorrowGood(IVisitor visitor)
    {
        nint block = Marshal.AllocHGlobal(8);
        visitor.Visit(block);
        Marshal.FreeHGlobal(block);
    }

    public static void VirtualGood(Stage stage)
    {
        nint block = Marshal.AllocHGlobal(8);
        stage.Run(block);
        stage.Finish(block);
    }

    public static void VirtualBad(Stage stage) // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        stage.Run(block);
    }

    public static void VirtualTwiceBad(Stage stage) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        stage.Finish(block);
        stage.Finish(block);
    }

    public static void GenericMethodGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseWith(new PlainReleaser(), block);
    }

    public static void GenericMethodTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        ReleaseWith(new PlainReleaser(), block);
        ReleaseWith(new ZeroingReleaser(), block);
    }

    public static unsafe void GenericAllocationGood<T>(int count)
        where T : unmanaged
    {
        T* items = (T*)NativeMemory.Alloc((nuint)count, (nuint)sizeof(T));
        items[0] = default;
        NativeMemory.Free(items);
    }

    public static unsafe void GenericAllocationBad<T>(int count) // bad: LIFE003|LIFE004
        where T : unmanaged
    {
        T* items = (T*)NativeMemory.Alloc((nuint)count, (nuint)sizeof(T));
        items[0] = default;
    }

    public static unsafe void GenericFactoryGood()
    {
        int* items = Make<int>(4);
        NativeMemory.Free(items);
    }

    public static unsafe void GenericFactoryBad() // bad: LIFE003|LIFE004
    {
        int* items = Make<int>(4);
        items[0] = 1;
    }

    public static void GenericHolderGood()
    {
        using var holder = new Holder<int>(3);
        Io.PrintInt(holder.Value);
    }

    public static void BaseCallGood(LogStage stage)
    {
        nint block = Marshal.AllocHGlobal(8);
        stage.Finish(block);
    }

    public static void ManySourcesGood(IEnumerable<ISource> sources)
    {
        foreach (ISource source in sources)
        {
            Marshal.FreeHGlobal(source.Take());
        }
    }

    private static void ReleaseWith<TReleaser>(TReleaser releaser, nint block)
        where TReleaser : IReleaser => releaser.Release(block);

    private static unsafe T* Make<T>(int count)
        where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));
}

internal sealed unsafe class Holder<T> : IDisposable
    where T : unmanaged
{
    private readonly T* _value;

    public Holder(T value)
    {
        _value = (T*)NativeMemory.Alloc((nuint)sizeof(T));
        *_value = value;
    }

    public T Value => *_value;

    public void Dispose() => NativeMemory.Free(_value);
}
