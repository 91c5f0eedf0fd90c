// weakness: CWE-401, CWE-772
// construct: loops that release all elements of an array but the first or the last
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.LeftOut;

internal static class Rows
{
    public static int FirstBad(int count)
    {
        var rows = new nint[count];
        for (var i = 0; i < count; i++)
        {
            rows[i] = Marshal.AllocHGlobal(32); // bad: LIFE004
        }

        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += Marshal.ReadByte(rows[i]);
        }

        for (var i = 1; i < count; i++)
        {
            Marshal.FreeHGlobal(rows[i]);
        }

        return sum;
    }

    public static void LastBad()
    {
        var rows = new nint[12];
        for (var i = 0; i < 12; i++)
        {
            rows[i] = Marshal.AllocHGlobal(32); // bad: LIFE004
        }

        for (var i = 0; i < 11; i++)
        {
            Marshal.FreeHGlobal(rows[i]);
        }
    }

    public static void LastOfManyBad(int count)
    {
        var rows = new nint[count];
        for (var i = 0; i < count; i++)
        {
            rows[i] = Marshal.AllocHGlobal(32); // bad: LIFE004
        }

        for (var i = 0; i < rows.Length - 1; i++)
        {
            Marshal.FreeHGlobal(rows[i]);
        }
    }

    public static nint FirstIsReturned(int count)
    {
        var rows = new nint[count];
        for (var i = 0; i < count; i++)
        {
            rows[i] = Marshal.AllocHGlobal(32);
        }

        for (var i = 1; i < count; i++)
        {
            Marshal.FreeHGlobal(rows[i]);
        }

        return rows[0];
    }

    public static void FirstByItself(int count)
    {
        var rows = new nint[count];
        for (var i = 0; i < count; i++)
        {
            rows[i] = Marshal.AllocHGlobal(32);
        }

        for (var i = 1; i < count; i++)
        {
            Marshal.FreeHGlobal(rows[i]);
        }

        Marshal.FreeHGlobal(rows[0]);
    }

    public static void FirstIsOfCaller(int count, nint own)
    {
        var rows = new nint[count];
        rows[0] = own;
        for (var i = 1; i < count; i++)
        {
            rows[i] = Marshal.AllocHGlobal(32);
        }

        for (var i = 1; i < count; i++)
        {
            Marshal.FreeHGlobal(rows[i]);
        }
    }

    public static void SoFar(int count)
    {
        var rows = new nint[count];
        for (var i = 0; i < count; i++)
        {
            rows[i] = Marshal.AllocHGlobal(32);
            if (Marshal.ReadByte(rows[i]) == 3)
            {
                for (var j = 0; j <= i; j++)
                {
                    Marshal.FreeHGlobal(rows[j]);
                }

                return;
            }
        }

        Io.PrintInt(count);
        for (var i = 0; i <= count - 1; i++)
        {
            Marshal.FreeHGlobal(rows[i]);
        }
    }
}
