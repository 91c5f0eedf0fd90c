// weakness: leak
// construct: loops that hand on in each round; callees that look for null first
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.RealCode.HandedOnElsewhere;

internal static class Handing
{
    public sealed class Layer
    {
        public nint Pixels;
        public int Width;
    }

    public struct Slice
    {
        public nint Start;
        public int Length;
    }

    public sealed class Picture
    {
        public Slice[] Slices = new Slice[8];
        public Layer? Last;
    }

    public static void EachRoundTakesIt(List<List<nint>> sinks, int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        foreach (var sink in sinks)
        {
            sink.Add(block);
        }
    }

    public static void FilledFirst(List<List<nint>> sinks, int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        for (int i = 0; i < size; i++)
        {
            Marshal.WriteByte(block, i, 0);
        }

        for (int i = 0; i < sinks.Count; i++)
        {
            sinks[i].Add(block);
        }
    }

    public static void SlicesOfOneBlock(Picture picture, int[] lengths, int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        int offset = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            picture.Slices[i].Start = block + offset;
            picture.Slices[i].Length = lengths[i];
            offset += lengths[i];
        }
    }

    public static void SomeRoundsTakeItBad(List<List<nint>> sinks, int size) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(size);
        foreach (var sink in sinks)
        {
            if (sink.Count > 3)
            {
                sink.Add(block);
            }
        }
    }

    public static void LeftBeforeTheLoopBad(List<List<nint>> sinks, int size, bool isEmpty) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(size);
        if (isEmpty)
        {
            return;
        }

        foreach (var sink in sinks)
        {
            sink.Add(block);
        }
    }

    private static void Put(Picture? picture, Layer layer)
    {
        if (picture == null)
        {
            return;
        }

        picture.Last = layer;
    }

    private static void Put(List<nint>? sink, nint block)
    {
        if (sink == null)
        {
            return;
        }

        sink.Add(block);
    }

    public static void CalleeLooksForNull(List<nint> sink, int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        Put(sink, block);
    }

    public static void MayBeNullHereBad(List<nint>? sink, int size) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(size);
        Put(sink, block);
    }
}
