// weakness: CWE-401
// construct: objects that live as long as the process, and own memory that nobody ever releases
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.RealCode.MadeForStatics;

/// <summary>One for each kind of object, in a static field of that kind.</summary>
internal class MethodTable
{
    private readonly List<Delegate> _methods = new();
    private readonly nint _table;

    public MethodTable(int count) => _table = Marshal.AllocHGlobal(count * IntPtr.Size);

    public nint Pointer => _table;

    public void Add(Delegate method)
    {
        Marshal.WriteIntPtr(_table, _methods.Count * IntPtr.Size, Marshal.GetFunctionPointerForDelegate(method));
        _methods.Add(method);
    }
}

internal static class Readers
{
    private static readonly ReaderTable s_table = new(1);

    public static nint Table => s_table.Pointer;

    private sealed class ReaderTable : MethodTable
    {
        public ReaderTable(int more) : base(1 + more) => Add(new Func<int, int>(Read));

        private static int Read(int count) => count;
    }
}

internal static class Writers
{
    private static MethodTable? s_table;

    public static nint Table => (s_table ??= new MethodTable(1)).Pointer;
}

/// <summary>Some are for static fields, others for nobody.</summary>
internal sealed class Names
{
    public static readonly object Common = new Names(16);
    private readonly nint _names;

    public Names(int count) // bad: LIFE013
    {
        _names = Marshal.AllocHGlobal(count);
    }

    public byte First => Marshal.ReadByte(_names);

    public static byte FirstOf(int count) => new Names(count).First;
}

/// <summary>A table that is made when it is asked for first, by whichever call.</summary>
internal static unsafe class Interned
{
    private static int* s_table;

    public interface ICollector
    {
        void Collect(int* slot);
    }

    private static int* Table
    {
        get
        {
            if (s_table == null)
            {
                s_table = (int*)Marshal.AllocHGlobal(1024);
            }

            return s_table;
        }
    }

    public static int OfThree(ICollector collector, bool more)
    {
        Use(At(1));
        Use(Collected(collector, more));
        return Use(At(3)) + Use(Collected(collector, !more));
    }

    private static Slot At(int index) => new() { Data = &Table[index] };

    private static Slot Collected(ICollector collector, bool more)
    {
        if (more)
        {
            collector.Collect(At(4).Data);
        }

        collector.Collect(At(5).Data);
        return At(6);
    }

    private static int Use(Slot slot) => *slot.Data;

    private struct Slot
    {
        public int* Data;
    }
}
