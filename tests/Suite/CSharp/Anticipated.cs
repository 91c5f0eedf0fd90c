// weakness: CWE-401
// construct: exceptions of arithmetic, conversions and indexes that a catch clause names
using System;
using System.Runtime.InteropServices;

namespace Cases.Anticipated;

internal static class Sums
{
    public static int OverflowBad(int count) // bad: LIFE004
    {
        IntPtr block = Marshal.AllocHGlobal(16);
        int size;
        try
        {
            size = checked(count * 1000);
        }
        catch (OverflowException)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return size;
    }

    public static int DivideBad(int sum, int count) // bad: LIFE004
    {
        IntPtr block = Marshal.AllocHGlobal(16);
        try
        {
            int mean = sum / count;
            Marshal.FreeHGlobal(block);
            return mean;
        }
        catch (DivideByZeroException)
        {
            return 0;
        }
    }

    public static int CastBad(object value) // bad: LIFE004
    {
        IntPtr block = Marshal.AllocHGlobal(16);
        try
        {
            int length = ((string)value).Length;
            Marshal.FreeHGlobal(block);
            return length;
        }
        catch (InvalidCastException)
        {
            return 0;
        }
    }

    public static int IndexBad(int[] values, int index) // bad: LIFE004
    {
        IntPtr block = Marshal.AllocHGlobal(16);
        try
        {
            int value = values[index];
            Marshal.FreeHGlobal(block);
            return value;
        }
        catch (IndexOutOfRangeException)
        {
            return 0;
        }
    }

    public static int OverflowGood(int count)
    {
        IntPtr block = Marshal.AllocHGlobal(16);
        try
        {
            return checked(count * 1000);
        }
        catch (OverflowException)
        {
            return -1;
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int NobodyReckonsGood(int[] values, int index, int count)
    {
        IntPtr block = Marshal.AllocHGlobal(16);
        int value = checked(values[index] * 1000) / count;
        Marshal.FreeHGlobal(block);
        return value;
    }

    public static int AnotherOneGood(int sum, int count)
    {
        IntPtr block = Marshal.AllocHGlobal(16);
        try
        {
            int mean = sum / count;
            Marshal.FreeHGlobal(block);
            return mean;
        }
        catch (InvalidCastException)
        {
            return 0;
        }
    }
}
