// weakness: CWE-401
// construct: long helpers
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.LongHelpers;

/// <summary>Helpers too long to be followed on every path: most only read and write what they are handed, some keep it.</summary>
internal static unsafe class Headers
{
    private static byte* s_latest;

    public static int WrittenAndForgottenBad(int size, long stamp) // bad: LIFE003
    {
        var header = (byte*)NativeMemory.Alloc((nuint)size);
        Write(header, stamp);
        return header[3];
    }

    public static int WrittenAndFreedGood(int size, long stamp)
    {
        var header = (byte*)NativeMemory.Alloc((nuint)size);
        Write(header, stamp);
        var kind = header[3];
        NativeMemory.Free(header);
        return kind;
    }

    public static void KeptByTheHelperGood(int size, long stamp)
    {
        var header = (byte*)NativeMemory.Alloc((nuint)size);
        WriteAndKeep(header, stamp);
    }

    public static void KeptThroughACopyGood(int size, long stamp)
    {
        var header = (byte*)NativeMemory.Alloc((nuint)size);
        WriteAndKeepCopy(header, stamp);
    }

    public static int HandedBackGood(int size, long stamp)
    {
        var header = (byte*)NativeMemory.Alloc((nuint)size);
        var same = WriteAndGiveBack(header, stamp);
        var kind = same[3];
        NativeMemory.Free(same);
        return kind;
    }

    public static int RentedAndForgottenBad(int size, long stamp) // bad: LIFE003
    {
        var rented = ArrayPool<byte>.Shared.Rent(size);
        Checksum(rented, stamp);
        return rented[0];
    }

    public static byte[] RentedAndCapturedGood(int size, long stamp)
    {
        var rented = ArrayPool<byte>.Shared.Rent(size);
        return Later(rented, stamp)();
    }

    private static void Write(byte* target, long stamp)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            target[4 + i] = (byte)(stamp >> (8 * i));
            sum += target[4 + i];
        }

        byte* at = target;
        while (at < target + 12)
        {
            sum += *at++;
            sum ^= sum << 3;
        }

        for (var i = 0; i < 4; i++)
        {
            target[12 + i] = (byte)(sum >> (8 * i));
        }

        for (var i = 16; i < 32; i++)
        {
            target[i] = (byte)((i * 37) & 0xFF);
        }

        var low = 0;
        var high = 0;
        for (var i = 0; i < 32; i++)
        {
            if (target[i] > 127)
            {
                high++;
            }
            else
            {
                low++;
            }
        }

        target[31] = (byte)(low > high ? 1 : 2);
    }

    private static void WriteAndKeep(byte* target, long stamp)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            target[4 + i] = (byte)(stamp >> (8 * i));
            sum += target[4 + i];
        }

        byte* at = target;
        while (at < target + 12)
        {
            sum += *at++;
            sum ^= sum << 3;
        }

        for (var i = 0; i < 4; i++)
        {
            target[12 + i] = (byte)(sum >> (8 * i));
        }

        for (var i = 16; i < 32; i++)
        {
            target[i] = (byte)((i * 37) & 0xFF);
        }

        var low = 0;
        var high = 0;
        for (var i = 0; i < 32; i++)
        {
            if (target[i] > 127)
            {
                high++;
            }
            else
            {
                low++;
            }
        }

        s_latest = low > high ? target : null;
    }

    private static void WriteAndKeepCopy(byte* target, long stamp)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            target[4 + i] = (byte)(stamp >> (8 * i));
            sum += target[4 + i];
        }

        byte* at = target;
        while (at < target + 12)
        {
            sum += *at++;
            sum ^= sum << 3;
        }

        for (var i = 0; i < 4; i++)
        {
            target[12 + i] = (byte)(sum >> (8 * i));
        }

        for (var i = 16; i < 32; i++)
        {
            target[i] = (byte)((i * 37) & 0xFF);
        }

        var low = 0;
        var high = 0;
        for (var i = 0; i < 32; i++)
        {
            if (target[i] > 127)
            {
                high++;
            }
            else
            {
                low++;
            }
        }

        var end = target + low;
        Latest.Header = end - low;
    }

    private static byte* WriteAndGiveBack(byte* target, long stamp)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            target[4 + i] = (byte)(stamp >> (8 * i));
            sum += target[4 + i];
        }

        byte* at = target;
        while (at < target + 12)
        {
            sum += *at++;
            sum ^= sum << 3;
        }

        for (var i = 0; i < 4; i++)
        {
            target[12 + i] = (byte)(sum >> (8 * i));
        }

        for (var i = 16; i < 32; i++)
        {
            target[i] = (byte)((i * 37) & 0xFF);
        }

        var low = 0;
        var high = 0;
        for (var i = 0; i < 32; i++)
        {
            if (target[i] > 127)
            {
                high++;
            }
            else
            {
                low++;
            }
        }

        return low + high > 0 ? target : null;
    }

    private static void Checksum(byte[] target, long stamp)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            target[4 + i] = (byte)(stamp >> (8 * i));
            sum += target[4 + i];
        }

        foreach (var one in target.AsSpan(0, 12))
        {
            sum += one;
            sum ^= sum << 3;
        }

        for (var i = 0; i < 4; i++)
        {
            target[12 + i] = (byte)(sum >> (8 * i));
        }

        for (var i = 16; i < 32; i++)
        {
            target[i] = (byte)((i * 37) & 0xFF);
        }

        var low = 0;
        var high = 0;
        for (var i = 0; i < 32; i++)
        {
            if (target[i] > 127)
            {
                high++;
            }
            else
            {
                low++;
            }
        }

        Io.PrintInt(low > high ? target.Length : BitConverter.ToInt32(target, 12));
    }

    private static Func<byte[]> Later(byte[] target, long stamp)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            target[4 + i] = (byte)(stamp >> (8 * i));
            sum += target[4 + i];
        }

        foreach (var one in target.AsSpan(0, 12))
        {
            sum += one;
            sum ^= sum << 3;
        }

        for (var i = 0; i < 4; i++)
        {
            target[12 + i] = (byte)(sum >> (8 * i));
        }

        for (var i = 16; i < 32; i++)
        {
            target[i] = (byte)((i * 37) & 0xFF);
        }

        var low = 0;
        var high = 0;
        for (var i = 0; i < 32; i++)
        {
            if (target[i] > 127)
            {
                high++;
            }
            else
            {
                low++;
            }
        }

        return () =>
        {
            var copy = (byte[])target.Clone();
            ArrayPool<byte>.Shared.Return(target);
            return copy;
        };
    }

    private static class Latest
    {
        public static byte* Header { get; set; }
    }
}
