// weakness: CWE-415 Double Free
// construct: tables in which what is kept takes the places of what has been released
using System;
using System.Runtime.InteropServices;

namespace Cases.MovedTogether;

public static unsafe class Tables
{
    public static void KeptOnesMoveTogether()
    {
        IntPtr* table = stackalloc IntPtr[64];
        for (int i = 0; i < 64; i++)
        {
            table[i] = Marshal.AllocHGlobal(4);
        }

        int kept = 0;
        for (int i = 0; i < 64; i++)
        {
            if (Marshal.ReadByte(table[i]) == 0)
            {
                Marshal.FreeHGlobal(table[i]);
            }
            else
            {
                table[kept++] = table[i];
            }
        }

        for (int i = 0; i < kept; i++)
        {
            Marshal.FreeHGlobal(table[i]);
        }
    }

    public static void NothingMoves() // bad: LIFE006
    {
        IntPtr* table = stackalloc IntPtr[64];
        for (int i = 0; i < 64; i++)
        {
            table[i] = Marshal.AllocHGlobal(4);
        }

        for (int i = 0; i < 64; i++)
        {
            if (Marshal.ReadByte(table[i]) == 0)
            {
                Marshal.FreeHGlobal(table[i]);
            }
        }

        for (int i = 0; i < 64; i++)
        {
            Marshal.FreeHGlobal(table[i]);
        }
    }
}
