// weakness: CWE-401, CWE-404, CWE-762
// construct: what the names of native functions say, predicates over owners, offers of objects, nodes that move to the front
using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cases.SaidByNames;

internal static unsafe class Av
{
    [DllImport("avlib")]
    public static extern nint av_scaler_create(int from, int to);

    [DllImport("avlib")]
    public static extern void av_scaler_destroy(nint scaler);

    [DllImport("avlib")]
    public static extern nint av_frame_alloc(int width, int height);

    [DllImport("avlib")]
    public static extern void av_frame_free(nint frame);

    [DllImport("avlib")]
    public static extern nint av_map(nint device, int length);

    [DllImport("avlib")]
    public static extern void av_unmap(nint view);

    [DllImport("avlib")]
    public static extern int av_send(nint connection, nint data, int length);

    [DllImport("avlib")]
    public static extern int av_frame_set_name(nint frame, byte* name, int length);
}

internal sealed class ScalerHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ScalerHandle()
        : base(true)
    {
        SetHandle(Av.av_scaler_create(1, 2));
    }

    protected override bool ReleaseHandle()
    {
        Av.av_frame_free(handle); // bad: LIFE008
        return true;
    }
}

internal sealed class Image : IDisposable
{
    private nint _block;

    public Image(int n)
    {
        _block = Marshal.AllocHGlobal(n);
        Size = n;
    }

    public int Size { get; }

    public static Image Smooth(Image source) => new(source.Size);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal sealed class Recent : IDisposable
{
    private readonly Dictionary<int, LinkedListNode<IMemoryOwner<byte>>> _map = new();
    private readonly LinkedList<IMemoryOwner<byte>> _order = new();

    public void Put(int key)
    {
        _map[key] = _order.AddFirst(MemoryPool<byte>.Shared.Rent(4));
    }

    public bool Touch(int key)
    {
        if (!_map.TryGetValue(key, out LinkedListNode<IMemoryOwner<byte>>? node))
        {
            return false;
        }

        _order.Remove(node);
        _order.AddFirst(node);
        return true;
    }

    public void Dispose()
    {
        foreach (IMemoryOwner<byte> owner in _order)
        {
            owner.Dispose();
        }
    }
}

internal static unsafe class SaidByNames
{
    public static void OfAnotherKind() // bad: LIFE008
    {
        nint frame = Av.av_frame_alloc(1, 2);
        nint scaler = Av.av_scaler_create(1, 2);
        Av.av_frame_free(frame);
        Av.av_frame_free(scaler);
    }

    public static void OfTheirKindsGood()
    {
        nint frame = Av.av_frame_alloc(1, 2);
        nint scaler = Av.av_scaler_create(1, 2);
        Av.av_frame_free(frame);
        Av.av_scaler_destroy(scaler);
    }

    public static bool StaysMapped(nint device) // bad: LIFE004
    {
        nint first = Av.av_map(device, 3);
        if (first == 0)
        {
            return false;
        }

        nint second = Av.av_map(device, 3);
        if (second == 0)
        {
            return false;
        }

        Av.av_unmap(second);
        Av.av_unmap(first);
        return true;
    }

    public static int SentAndLost(nint connection, IEnumerable<string> lines) // bad: LIFE004
    {
        foreach (string line in lines)
        {
            nint text = Marshal.StringToHGlobalAnsi(line);
            int sent = Av.av_send(connection, text, line.Length);
            if (sent < 0)
            {
                return sent;
            }

            Marshal.FreeHGlobal(text);
        }

        return 0;
    }

    public static int Named(byte* name, int length) // bad: LIFE004
    {
        nint frame = Av.av_frame_alloc(1, 2);
        if (Av.av_frame_set_name(frame, name, length) != 0)
        {
            return -1;
        }

        Av.av_frame_free(frame);
        return 0;
    }

    public static Image Overwritten(Image source, Func<Image, bool> isEnough) // bad: LIFE004
    {
        Image current = Image.Smooth(source);
        while (!isEnough(current))
        {
            current = Image.Smooth(current);
        }

        return current;
    }

    public static Image OverwrittenGood(Image source, Func<Image, bool> isEnough)
    {
        Image current = Image.Smooth(source);
        while (!isEnough(current))
        {
            Image next = Image.Smooth(current);
            current.Dispose();
            current = next;
        }

        return current;
    }

    public static void HandedOnGood(Image source, Action<Image> consume)
    {
        Image made = Image.Smooth(source);
        consume(made);
    }

    public static bool OfferHeededGood(ConcurrentDictionary<int, Image> images, int key)
    {
        var image = new Image(3);
        bool isFirst = images.TryAdd(key, image);
        if (!isFirst)
        {
            image.Dispose();
        }

        return isFirst;
    }

    public static bool OfferNotHeeded(ConcurrentDictionary<int, Image> images, int key) // bad: LIFE004
    {
        var image = new Image(3);
        return images.TryAdd(key, image);
    }
}
