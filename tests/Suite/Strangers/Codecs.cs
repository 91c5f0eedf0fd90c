// weakness: mixed
// construct: image and audio codecs over native memory
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Strangers.Codecs;

internal enum CodecStatus
{
    Ok,
    Truncated,
    BadMagic,
    OutOfMemory,
}

internal unsafe struct Bitmap
{
    public byte* Pixels;
    public int Width;
    public int Height;
    public int Stride;
}

internal sealed unsafe class PixelBuffer : IDisposable
{
    private byte* _pixels;

    public PixelBuffer(int width, int height)
    {
        Length = checked((nuint)width * (nuint)height * 4);
        _pixels = (byte*)NativeMemory.AllocZeroed(Length);
    }

    ~PixelBuffer() => Release();

    public nuint Length { get; }

    public Span<byte> Row(int y, int stride) => new(_pixels + ((nint)y * stride), stride);

    public byte* Detach()
    {
        byte* pixels = _pixels;
        _pixels = null;
        GC.SuppressFinalize(this);
        return pixels;
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (_pixels != null)
        {
            NativeMemory.Free(_pixels);
            _pixels = null;
        }
    }
}

internal static unsafe class Codec
{
    public static CodecStatus DecodeGood(ReadOnlySpan<byte> data, out Bitmap bitmap)
    {
        bitmap = default;
        if (data.Length < 8)
        {
            return CodecStatus.Truncated;
        }

        if (data[0] != 'B' || data[1] != 'M')
        {
            return CodecStatus.BadMagic;
        }

        int width = data[2];
        int height = data[3];
        byte* pixels = (byte*)NativeMemory.Alloc((nuint)(width * height));
        int position = 8;
        for (int y = 0; y < height; y++)
        {
            if (position + width > data.Length)
            {
                NativeMemory.Free(pixels);
                return CodecStatus.Truncated;
            }

            data.Slice(position, width).CopyTo(new Span<byte>(pixels + (y * width), width));
            position += width;
        }

        bitmap.Pixels = pixels;
        bitmap.Width = width;
        bitmap.Height = height;
        bitmap.Stride = width;
        return CodecStatus.Ok;
    }

    public static CodecStatus DecodeBad(ReadOnlySpan<byte> data, out Bitmap bitmap) // bad: LIFE004
    {
        bitmap = default;
        int width = data[2];
        int height = data[3];
        byte* pixels = (byte*)NativeMemory.Alloc((nuint)(width * height));
        int position = 8;
        for (int y = 0; y < height; y++)
        {
            if (position + width > data.Length)
            {
                return CodecStatus.Truncated;
            }

            data.Slice(position, width).CopyTo(new Span<byte>(pixels + (y * width), width));
            position += width;
        }

        bitmap.Pixels = pixels;
        bitmap.Width = width;
        bitmap.Height = height;
        return CodecStatus.Ok;
    }

    public static void FreeBitmap(ref Bitmap bitmap)
    {
        NativeMemory.Free(bitmap.Pixels);
        bitmap = default;
    }

    public static int AverageGood(ReadOnlySpan<byte> data)
    {
        if (DecodeGood(data, out Bitmap bitmap) != CodecStatus.Ok)
        {
            return -1;
        }

        long sum = 0;
        for (int i = 0; i < bitmap.Width * bitmap.Height; i++)
        {
            sum += bitmap.Pixels[i];
        }

        FreeBitmap(ref bitmap);
        return (int)(sum / Math.Max(1, bitmap.Width));
    }

    public static int AverageBad(ReadOnlySpan<byte> data) // bad: LIFE003|LIFE004
    {
        if (DecodeGood(data, out Bitmap bitmap) != CodecStatus.Ok)
        {
            return -1;
        }

        long sum = 0;
        for (int i = 0; i < bitmap.Width * bitmap.Height; i++)
        {
            sum += bitmap.Pixels[i];
        }

        return (int)sum;
    }

    public static int AverageAfterFreeBad(ReadOnlySpan<byte> data) // bad: LIFE007
    {
        if (DecodeGood(data, out Bitmap bitmap) != CodecStatus.Ok)
        {
            return -1;
        }

        byte* pixels = bitmap.Pixels;
        FreeBitmap(ref bitmap);
        return pixels[0];
    }

    public static void DoubleBufferGood(int size, Stream output)
    {
        byte* front = (byte*)NativeMemory.Alloc((nuint)size);
        byte* back = (byte*)NativeMemory.Alloc((nuint)size);
        try
        {
            for (int frame = 0; frame < 10; frame++)
            {
                Unsafe.InitBlock(back, (byte)frame, (uint)size);
                byte* shown = back;
                back = front;
                front = shown;
                output.Write(new ReadOnlySpan<byte>(front, size));
            }
        }
        finally
        {
            NativeMemory.Free(front);
            NativeMemory.Free(back);
        }
    }

    public static void DoubleBufferBad(int size, Stream output) // bad: LIFE006, LIFE003|LIFE004
    {
        byte* front = (byte*)NativeMemory.Alloc((nuint)size);
        byte* back = (byte*)NativeMemory.Alloc((nuint)size);
        Unsafe.InitBlock(back, 1, (uint)size);
        front[0] = back[0];
        NativeMemory.Free(front);
        NativeMemory.Free(front);
    }

    public static byte* ScaleGood(byte* source, int width, int height, int factor)
    {
        if (factor == 1)
        {
            byte* same = (byte*)NativeMemory.Alloc((nuint)(width * height));
            Buffer.MemoryCopy(source, same, width * height, width * height);
            return same;
        }

        byte* line = (byte*)NativeMemory.Alloc((nuint)(width * factor));
        byte* target = (byte*)NativeMemory.Alloc((nuint)(width * height * factor * factor));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                line[x * factor] = source[(y * width) + x];
            }

            Buffer.MemoryCopy(line, target + (y * width * factor), width * factor, width * factor);
        }

        NativeMemory.Free(line);
        return target;
    }

    public static byte* ScaleBad(byte* source, int width, int height, int factor) // bad: LIFE003|LIFE004
    {
        byte* line = (byte*)NativeMemory.Alloc((nuint)(width * factor));
        byte* target = (byte*)NativeMemory.Alloc((nuint)(width * height * factor * factor));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                line[x * factor] = source[(y * width) + x];
            }

            Buffer.MemoryCopy(line, target + (y * width * factor), width * factor, width * factor);
        }

        return target;
    }

    public static void AdvanceAndFreeBad(int count) // bad: LIFE009
    {
        int* cursor = (int*)NativeMemory.Alloc((nuint)count, sizeof(int));
        for (int i = 0; i < 3; i++)
        {
            *cursor++ = i;
        }

        NativeMemory.Free(cursor);
    }

    public static void AdvanceAndFreeGood(int count)
    {
        int* start = (int*)NativeMemory.Alloc((nuint)count, sizeof(int));
        int* cursor = start;
        for (int i = 0; i < 3; i++)
        {
            *cursor++ = i;
        }

        NativeMemory.Free(start);
    }

    public static int HistogramGood(byte* pixels, int count, bool alpha)
    {
        uint* bins = (uint*)NativeMemory.AllocZeroed(256, sizeof(uint));
        uint* alphaBins = alpha ? (uint*)NativeMemory.AllocZeroed(256, sizeof(uint)) : null;
        for (int i = 0; i < count; i++)
        {
            bins[pixels[i]]++;
            if (alpha)
            {
                alphaBins[pixels[i] >> 4]++;
            }
        }

        int peak = (int)bins[0];
        if (alphaBins != null)
        {
            peak += (int)alphaBins[0];
            NativeMemory.Free(alphaBins);
        }

        NativeMemory.Free(bins);
        return peak;
    }

    public static int HistogramBad(byte* pixels, int count, bool alpha) // bad: LIFE004|LIFE003
    {
        uint* bins = (uint*)NativeMemory.AllocZeroed(256, sizeof(uint));
        uint* alphaBins = alpha ? (uint*)NativeMemory.AllocZeroed(256, sizeof(uint)) : null;
        for (int i = 0; i < count; i++)
        {
            bins[pixels[i]]++;
        }

        int peak = (int)bins[0];
        if (!alpha)
        {
            NativeMemory.Free(alphaBins);
        }

        NativeMemory.Free(bins);
        return peak;
    }

    public static byte* DetachGood(int width, int height)
    {
        using var buffer = new PixelBuffer(width, height);
        buffer.Row(0, width)[0] = 1;
        return buffer.Detach();
    }

    public static void DetachAndForgetBad(int width, int height) // bad: LIFE003|LIFE004
    {
        using var buffer = new PixelBuffer(width, height);
        byte* pixels = buffer.Detach();
        pixels[0] = 1;
    }

    public static byte RowAfterDisposeBad(int width, int height) // bad: LIFE007
    {
        var buffer = new PixelBuffer(width, height);
        Span<byte> row = buffer.Row(0, width);
        buffer.Dispose();
        return row[0];
    }

    public static byte RowGood(int width, int height)
    {
        var buffer = new PixelBuffer(width, height);
        Span<byte> row = buffer.Row(0, width);
        byte first = row[0];
        buffer.Dispose();
        return first;
    }

    public static void GrowPaletteGood(List<int> colors)
    {
        nuint capacity = 4;
        nuint used = 0;
        int* palette = (int*)NativeMemory.Alloc(capacity * sizeof(int));
        foreach (int color in colors)
        {
            if (used == capacity)
            {
                capacity *= 2;
                palette = (int*)NativeMemory.Realloc(palette, capacity * sizeof(int));
            }

            palette[used++] = color;
        }

        NativeMemory.Free(palette);
    }

    public static void GrowPaletteBad(List<int> colors) // bad: LIFE007
    {
        nuint capacity = 4;
        int* palette = (int*)NativeMemory.Alloc(capacity * sizeof(int));
        int* first = palette;
        palette = (int*)NativeMemory.Realloc(palette, capacity * 2 * sizeof(int));
        *first = colors.Count;
        NativeMemory.Free(palette);
    }

    public static void AlignedMixBad(nuint size) // bad: LIFE008
    {
        float* samples = (float*)NativeMemory.AlignedAlloc(size, 32);
        samples[0] = 0;
        NativeMemory.Free(samples);
    }

    public static void AlignedGood(nuint size)
    {
        float* samples = (float*)NativeMemory.AlignedAlloc(size, 32);
        samples[0] = 0;
        NativeMemory.AlignedFree(samples);
    }
}
