// weakness: mixed
// construct: ownership attributes
using System;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.Contracts;

internal static class Reader
{
    [DllImport("reader", EntryPoint = "reader_open")]
    [Allocates("reader")]
    public static extern nint Open(int size);

    [DllImport("reader", EntryPoint = "reader_close")]
    [Releases("reader")]
    public static extern void Close(nint reader);

    [DllImport("reader", EntryPoint = "reader_read")]
    public static extern int Read([Borrowed] nint reader);

    [DllImport("writer", EntryPoint = "writer_close")]
    [Releases("writer")]
    public static extern void CloseWriter(nint writer);
}

internal static class Users
{
    public static void PairGood()
    {
        nint reader = Reader.Open(1);
        try
        {
            Io.PrintInt(Reader.Read(reader));
        }
        finally
        {
            Reader.Close(reader);
        }
    }

    public static void NeverClosedBad() // bad: LIFE003|LIFE004
    {
        nint reader = Reader.Open(1);
        Io.PrintInt(Reader.Read(reader));
    }

    public static void EarlyReturnBad(bool flag) // bad: LIFE004
    {
        nint reader = Reader.Open(1);
        if (flag)
        {
            return;
        }

        Reader.Close(reader);
    }

    public static void ClosedTwiceBad() // bad: LIFE006
    {
        nint reader = Reader.Open(1);
        Reader.Close(reader);
        Reader.Close(reader);
    }

    public static void ReadAfterCloseBad() // bad: LIFE007
    {
        nint reader = Reader.Open(1);
        Reader.Close(reader);
        Io.PrintInt(Reader.Read(reader));
    }

    public static void WrongCloseBad() // bad: LIFE008
    {
        nint reader = Reader.Open(1);
        Reader.CloseWriter(reader);
    }

    public static void FreedByHGlobalBad() // bad: LIFE008
    {
        nint reader = Reader.Open(1);
        Marshal.FreeHGlobal(reader);
    }
}
