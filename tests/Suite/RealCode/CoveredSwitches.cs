// weakness: CWE-401
// construct: switch statements that have a case for each value of an enumeration, and some that do not
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.RealCode.CoveredSwitches;

internal enum Mode
{
    Open,
    Save,
    Folder,
}

[Flags]
internal enum Parts
{
    Head = 1,
    Body = 2,
}

internal static class Dialogs
{
    public static void EachGood(Mode mode)
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (mode)
        {
            case Mode.Open:
                Io.PrintLine("open");
                Marshal.FreeHGlobal(block);
                break;
            case Mode.Save:
            case Mode.Folder:
                Marshal.FreeHGlobal(block);
                break;
        }
    }

    public static void OneLeftOutBad(Mode mode) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (mode)
        {
            case Mode.Open:
                Marshal.FreeHGlobal(block);
                break;
            case Mode.Folder:
                Marshal.FreeHGlobal(block);
                break;
        }
    }

    public static void DefaultBad(Mode mode) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (mode)
        {
            case Mode.Open:
            case Mode.Save:
            case Mode.Folder:
                Marshal.FreeHGlobal(block);
                break;
            default:
                Io.PrintLine("unknown");
                break;
        }
    }

    public static void OneForgetsBad(Mode mode) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (mode)
        {
            case Mode.Open:
                Marshal.FreeHGlobal(block);
                break;
            case Mode.Save:
                Marshal.FreeHGlobal(block);
                break;
            case Mode.Folder:
                break;
        }
    }

    // both at once, or none, are values too
    public static void FlagsBad(Parts parts) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (parts)
        {
            case Parts.Head:
                Marshal.FreeHGlobal(block);
                break;
            case Parts.Body:
                Marshal.FreeHGlobal(block);
                break;
        }
    }
}
