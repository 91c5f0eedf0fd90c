// weakness: CWE-401, CWE-415
// construct: functions that give back one of the blocks that they are handed; local functions that release on a condition
using System;
using System.Runtime.InteropServices;

namespace Cases.OneOfTwo;

internal static unsafe class Choices
{
    public static void OtherLostBad(bool first) // bad: LIFE003|LIFE004
    {
        byte* one = (byte*)NativeMemory.Alloc(16);
        byte* two = (byte*)NativeMemory.Alloc(16);
        byte* chosen = Pick(one, two, first);
        *chosen = 1;
        NativeMemory.Free(chosen);
    }

    public static void FreedAgainBad() // bad: LIFE006
    {
        byte* one = (byte*)NativeMemory.Alloc(16);
        byte* two = (byte*)NativeMemory.Alloc(16);
        NativeMemory.Free(Pick(one, two, true));
        NativeMemory.Free(one);
        NativeMemory.Free(two);
    }

    public static byte BothGood(bool first)
    {
        byte* one = (byte*)NativeMemory.AllocZeroed(16);
        byte* two = (byte*)NativeMemory.AllocZeroed(16);
        byte value = *Pick(one, two, first);
        NativeMemory.Free(one);
        NativeMemory.Free(two);
        return value;
    }

    public static void LocalFunctionBad(int count) // bad: LIFE004
    {
        IntPtr block = Marshal.AllocHGlobal(16);
        Marshal.WriteByte(block, 1);
        Release();

        void Release()
        {
            if (count > 3)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static void LocalFunctionGood(int count)
    {
        IntPtr block = count > 3 ? Marshal.AllocHGlobal(16) : IntPtr.Zero;
        Release();

        void Release()
        {
            if (count > 3)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    private static byte* Pick(byte* one, byte* two, bool first) => first ? one : two;
}
