// weakness: CWE-401
// construct: flow variants as another hand writes them
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Strangers.FlowVariants;

internal static class Cwe401HGlobal61b
{
    public static IntPtr BadSource(IntPtr data)
    {
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteInt32(data, 5);
        return data;
    }

    public static IntPtr GoodG2BSource(IntPtr data)
    {
        data = Io.StaticAddress;
        return data;
    }
}

internal static class Cwe401HGlobal61a
{
    public static void Bad() // bad: LIFE003
    {
        IntPtr data = IntPtr.Zero;
        data = Cwe401HGlobal61b.BadSource(data);
        Io.PrintInt(Marshal.ReadInt32(data));
    }

    public static void GoodG2B()
    {
        IntPtr data = IntPtr.Zero;
        data = Cwe401HGlobal61b.GoodG2BSource(data);
        Io.PrintInt(Marshal.ReadInt32(data));
    }

    public static void GoodB2G()
    {
        IntPtr data = IntPtr.Zero;
        data = Cwe401HGlobal61b.BadSource(data);
        Io.PrintInt(Marshal.ReadInt32(data));
        Marshal.FreeHGlobal(data);
    }
}

internal static class Cwe415Ref62
{
    private static void BadSource(ref IntPtr data)
    {
        data = Marshal.AllocCoTaskMem(64);
        Marshal.FreeCoTaskMem(data);
    }

    private static void GoodSource(ref IntPtr data) => data = Marshal.AllocCoTaskMem(64);

    public static void Bad() // bad: LIFE006
    {
        IntPtr data = default;
        BadSource(ref data);
        Marshal.FreeCoTaskMem(data);
    }

    public static void Good()
    {
        IntPtr data = default;
        GoodSource(ref data);
        Marshal.FreeCoTaskMem(data);
    }
}

internal static unsafe class Cwe401Pointer63
{
    public static void Bad() // bad: LIFE003 (or in BadSink)
    {
        byte* data = (byte*)NativeMemory.Alloc(100);
        data[0] = 65;
        BadSink(&data);
    }

    private static void BadSink(byte** dataPointer)
    {
        byte* data = *dataPointer;
        Io.PrintByte(data[0]);
    }

    public static void Good()
    {
        byte* data = (byte*)NativeMemory.Alloc(100);
        data[0] = 65;
        GoodSink(&data);
    }

    private static void GoodSink(byte** dataPointer)
    {
        byte* data = *dataPointer;
        Io.PrintByte(data[0]);
        NativeMemory.Free(data);
    }
}

internal static unsafe class Cwe416Void64
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte* data = (byte*)NativeMemory.Alloc(100);
        data[0] = 65;
        NativeMemory.Free(data);
        BadSink(&data);
    }

    private static void BadSink(void* opaque)
    {
        byte** pointer = (byte**)opaque;
        byte* data = *pointer;
        Io.PrintByte(data[0]);
    }

    public static void Good()
    {
        byte* data = (byte*)NativeMemory.Alloc(100);
        data[0] = 65;
        BadSink(&data);
        NativeMemory.Free(data);
    }
}

internal static unsafe class Cwe590FunctionPointer65
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        delegate*<void*, void> sink = &BadSink;
        int* data = stackalloc int[10];
        data[0] = 4;
        sink(data);
    }

    private static void BadSink(void* data) => NativeMemory.Free(data);

    public static void Good()
    {
        delegate*<void*, void> sink = &BadSink;
        int* data = (int*)NativeMemory.Alloc(10, 4);
        data[0] = 4;
        sink(data);
    }
}

internal static class Cwe401Delegate65
{
    private delegate void Sink(IntPtr data);

    public static void Bad() // bad: LIFE003
    {
        Sink sink = BadSink;
        IntPtr data = Marshal.AllocHGlobal(16);
        sink(data);
    }

    private static void BadSink(IntPtr data) => Io.PrintByte(Marshal.ReadByte(data));

    private static void GoodSink(IntPtr data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeHGlobal(data);
    }

    public static void Good()
    {
        Sink sink = GoodSink;
        IntPtr data = Marshal.AllocHGlobal(16);
        sink(data);
    }
}

internal static class Cwe401Array66
{
    public static void Bad() // bad: LIFE003 (or in BadSink)
    {
        IntPtr data = Marshal.AllocHGlobal(16);
        Marshal.WriteByte(data, 1);
        IntPtr[] dataArray = new IntPtr[5];
        dataArray[2] = data;
        BadSink(dataArray);
    }

    private static void BadSink(IntPtr[] dataArray)
    {
        IntPtr data = dataArray[2];
        Io.PrintByte(Marshal.ReadByte(data));
    }

    public static void Good()
    {
        IntPtr data = Marshal.AllocHGlobal(16);
        Marshal.WriteByte(data, 1);
        IntPtr[] dataArray = new IntPtr[5];
        dataArray[2] = data;
        GoodSink(dataArray);
    }

    private static void GoodSink(IntPtr[] dataArray)
    {
        IntPtr data = dataArray[2];
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeHGlobal(data);
    }
}

internal static class Cwe762Struct67
{
    private struct Container
    {
        public IntPtr ContainerFirst;
    }

    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        IntPtr data = Marshal.AllocHGlobal(16);
        Container container = default;
        container.ContainerFirst = data;
        BadSink(container);
    }

    private static void BadSink(Container container)
    {
        IntPtr data = container.ContainerFirst;
        Marshal.FreeCoTaskMem(data);
    }

    public static void Good()
    {
        IntPtr data = Marshal.AllocCoTaskMem(16);
        Container container = default;
        container.ContainerFirst = data;
        BadSink(container);
    }
}

internal static class Cwe401Class67
{
    private sealed class Container
    {
        public byte[]? ContainerFirst;
    }

    public static void Bad() // bad: LIFE016|LIFE003|LIFE004 (or in BadSink)
    {
        byte[] data = ArrayPool<byte>.Shared.Rent(16);
        var container = new Container { ContainerFirst = data };
        BadSink(container);
    }

    private static void BadSink(Container container) => Io.PrintByte(container.ContainerFirst![0]);

    public static void Good()
    {
        byte[] data = ArrayPool<byte>.Shared.Rent(16);
        var container = new Container { ContainerFirst = data };
        GoodSink(container);
    }

    private static void GoodSink(Container container)
    {
        Io.PrintByte(container.ContainerFirst![0]);
        ArrayPool<byte>.Shared.Return(container.ContainerFirst);
    }
}

internal static class Cwe415Static68
{
    private static IntPtr s_badData;
    private static IntPtr s_goodData;

    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        IntPtr data = Marshal.AllocHGlobal(16);
        Marshal.FreeHGlobal(data);
        s_badData = data;
        BadSink();
    }

    private static void BadSink()
    {
        IntPtr data = s_badData;
        Marshal.FreeHGlobal(data);
    }

    public static void Good()
    {
        IntPtr data = Marshal.AllocHGlobal(16);
        s_goodData = data;
        GoodSink();
    }

    private static void GoodSink()
    {
        IntPtr data = s_goodData;
        Marshal.FreeHGlobal(data);
    }
}

internal static class Cwe401List72
{
    public static void Bad() // bad: LIFE003 (or in BadSink)
    {
        IntPtr data = Marshal.StringToHGlobalAnsi("bad");
        var dataList = new List<IntPtr>();
        dataList.Insert(0, data);
        dataList.Insert(1, data);
        dataList.Insert(2, data);
        BadSink(dataList);
    }

    private static void BadSink(List<IntPtr> dataList)
    {
        IntPtr data = dataList[2];
        Io.PrintLine(Marshal.PtrToStringAnsi(data)!);
    }

    public static void Good()
    {
        IntPtr data = Marshal.StringToHGlobalAnsi("good");
        var dataList = new List<IntPtr>();
        dataList.Insert(0, data);
        dataList.Insert(1, data);
        dataList.Insert(2, data);
        GoodSink(dataList);
    }

    private static void GoodSink(List<IntPtr> dataList)
    {
        IntPtr data = dataList[2];
        Io.PrintLine(Marshal.PtrToStringAnsi(data)!);
        Marshal.FreeHGlobal(data);
    }
}

internal static class Cwe415LinkedList73
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        IntPtr data = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(data);
        var dataLinkedList = new LinkedList<IntPtr>();
        dataLinkedList.AddLast(data);
        dataLinkedList.AddLast(data);
        dataLinkedList.AddLast(data);
        BadSink(dataLinkedList);
    }

    private static void BadSink(LinkedList<IntPtr> dataLinkedList)
    {
        IntPtr data = dataLinkedList.Last!.Value;
        Marshal.FreeHGlobal(data);
    }

    public static void Good()
    {
        IntPtr data = Marshal.AllocHGlobal(8);
        var dataLinkedList = new LinkedList<IntPtr>();
        dataLinkedList.AddLast(data);
        dataLinkedList.AddLast(data);
        dataLinkedList.AddLast(data);
        BadSink(dataLinkedList);
    }
}

internal static class Cwe401Dictionary74
{
    public static void Bad() // bad: LIFE003 (or in BadSink)
    {
        IntPtr data = Marshal.AllocCoTaskMem(8);
        Marshal.WriteByte(data, 3);
        var dataMap = new Dictionary<int, IntPtr>();
        dataMap[0] = data;
        dataMap[1] = data;
        dataMap[2] = data;
        BadSink(dataMap);
    }

    private static void BadSink(Dictionary<int, IntPtr> dataMap)
    {
        IntPtr data = dataMap[2];
        Io.PrintByte(Marshal.ReadByte(data));
    }

    public static void Good()
    {
        IntPtr data = Marshal.AllocCoTaskMem(8);
        Marshal.WriteByte(data, 3);
        var dataMap = new Dictionary<int, IntPtr>();
        dataMap[0] = data;
        dataMap[1] = data;
        dataMap[2] = data;
        GoodSink(dataMap);
    }

    private static void GoodSink(Dictionary<int, IntPtr> dataMap)
    {
        IntPtr data = dataMap[2];
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeCoTaskMem(data);
    }
}

internal abstract class Cwe401Virtual81Base
{
    public abstract void Action(IntPtr data);
}

internal sealed class Cwe401Virtual81Bad : Cwe401Virtual81Base
{
    public override void Action(IntPtr data) => Io.PrintByte(Marshal.ReadByte(data));
}

internal sealed class Cwe401Virtual81Good : Cwe401Virtual81Base
{
    public override void Action(IntPtr data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeHGlobal(data);
    }
}

internal static class Cwe401Virtual81
{
    public static void Bad() // bad: LIFE003
    {
        IntPtr data = Marshal.AllocHGlobal(8);
        Cwe401Virtual81Base baseObject = new Cwe401Virtual81Bad();
        baseObject.Action(data);
    }

    public static void Good()
    {
        IntPtr data = Marshal.AllocHGlobal(8);
        Cwe401Virtual81Base baseObject = new Cwe401Virtual81Good();
        baseObject.Action(data);
    }
}

internal sealed class Cwe401CtorDtor83Bad : IDisposable // bad: LIFE013
{
    private IntPtr _data;

    public Cwe401CtorDtor83Bad(IntPtr dataCopy)
    {
        _data = dataCopy;
        _data = Marshal.AllocHGlobal(16);
        Marshal.WriteByte(_data, 7);
    }

    public void Dispose() => Io.PrintByte(Marshal.ReadByte(_data));
}

internal sealed class Cwe401CtorDtor83Good : IDisposable
{
    private IntPtr _data;

    public Cwe401CtorDtor83Good(IntPtr dataCopy)
    {
        _data = dataCopy;
        _data = Marshal.AllocHGlobal(16);
        Marshal.WriteByte(_data, 7);
    }

    public void Dispose()
    {
        Io.PrintByte(Marshal.ReadByte(_data));
        Marshal.FreeHGlobal(_data);
    }
}

internal sealed class Cwe415CtorDtor84Bad : IDisposable // bad: LIFE006 (or in .ctor) (or in Dispose)
{
    private readonly IntPtr _data;

    public Cwe415CtorDtor84Bad()
    {
        _data = Marshal.AllocHGlobal(16);
        Marshal.FreeHGlobal(_data);
    }

    public void Dispose() => Marshal.FreeHGlobal(_data);
}

internal static class Cwe761Loop
{
    private const char SearchChar = 'S';

    public static unsafe void Bad() // bad: LIFE009
    {
        char* data = (char*)NativeMemory.AllocZeroed(100, sizeof(char));
        "Fixed String".AsSpan().CopyTo(new Span<char>(data, 100));
        for (; *data != '\0'; data++)
        {
            if (*data == SearchChar)
            {
                Io.PrintLine("We have a match!");
                break;
            }
        }

        NativeMemory.Free(data);
    }

    public static unsafe void Good()
    {
        char* data = (char*)NativeMemory.AllocZeroed(100, sizeof(char));
        "Fixed String".AsSpan().CopyTo(new Span<char>(data, 100));
        for (int i = 0; data[i] != '\0'; i++)
        {
            if (data[i] == SearchChar)
            {
                Io.PrintLine("We have a match!");
                break;
            }
        }

        NativeMemory.Free(data);
    }
}

internal static class Cwe401Globals
{
    private static readonly bool s_true = true;
    private const int Five = 5;
    private static int s_five = 5;

    private static bool StaticReturnsTrue() => true;

    public static void Control04Bad() // bad: LIFE003|LIFE004
    {
        IntPtr data = IntPtr.Zero;
        if (Five == 5)
        {
            data = Marshal.AllocHGlobal(5);
        }

        if (Five != 5)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void Control05Good()
    {
        IntPtr data = IntPtr.Zero;
        if (s_true)
        {
            data = Marshal.AllocHGlobal(5);
        }

        if (s_true)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void Control07Bad() // bad: LIFE003|LIFE004
    {
        IntPtr data = IntPtr.Zero;
        if (s_five == 5)
        {
            data = Marshal.AllocHGlobal(5);
        }

        if (s_five != 5)
        {
            Io.PrintLine("Benign, fixed string");
        }
        else
        {
            Io.PrintByte(Marshal.ReadByte(data));
        }
    }

    public static void Control08Good()
    {
        IntPtr data = IntPtr.Zero;
        if (StaticReturnsTrue())
        {
            data = Marshal.AllocHGlobal(5);
        }

        if (StaticReturnsTrue())
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void Control12Bad() // bad: LIFE004|LIFE003
    {
        IntPtr data;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Marshal.AllocHGlobal(5);
        }
        else
        {
            data = Io.StaticAddress;
        }

        Io.PrintByte(Marshal.ReadByte(data));
    }

    public static void Control15Bad() // bad: LIFE003|LIFE004
    {
        IntPtr data;
        switch (6)
        {
            case 6:
                data = Marshal.AllocHGlobal(5);
                break;
            default:
                data = IntPtr.Zero;
                Io.PrintLine("Benign, fixed string");
                break;
        }

        switch (7)
        {
            case 7:
                Io.PrintByte(Marshal.ReadByte(data));
                break;
            default:
                Marshal.FreeHGlobal(data);
                break;
        }
    }

    public static void Control17Bad() // bad: LIFE006
    {
        IntPtr data = IntPtr.Zero;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.AllocHGlobal(5);
            Marshal.FreeHGlobal(data);
        }

        for (int j = 0; j < 1; j++)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void Control17Good()
    {
        IntPtr data = IntPtr.Zero;
        for (int i = 0; i < 1; i++)
        {
            data = Marshal.AllocHGlobal(5);
        }

        for (int j = 0; j < 1; j++)
        {
            Marshal.FreeHGlobal(data);
        }
    }

    public static void Control18Bad() // bad: LIFE007
    {
        IntPtr data;
        goto source;
    source:
        data = Marshal.AllocHGlobal(5);
        Marshal.FreeHGlobal(data);
        goto sink;
    sink:
        Io.PrintByte(Marshal.ReadByte(data));
    }
}
