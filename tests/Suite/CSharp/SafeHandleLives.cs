// weakness: CWE-416
// construct: SafeHandle: the number of a handle, and the handle itself, after the handle has been closed
using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Suite.Support;

namespace Cases.SafeHandleLives;

internal sealed class DatabaseHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public DatabaseHandle()
        : base(true)
    {
    }

    protected override bool ReleaseHandle()
    {
        Native.close(handle);
        return true;
    }
}

internal sealed class PageHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public PageHandle(int size)
        : base(true) => SetHandle(Marshal.AllocHGlobal(size));

    public nint Address => handle;

    protected override bool ReleaseHandle()
    {
        Marshal.FreeHGlobal(handle);
        return true;
    }
}

internal static class Native
{
    [DllImport("db")]
    public static extern DatabaseHandle open(string name);

    [DllImport("db")]
    public static extern int execute(DatabaseHandle database, string text);

    [DllImport("db")]
    public static extern int execute_raw(nint database, string text);

    [DllImport("db")]
    public static extern int read(PageHandle page);

    [DllImport("db")]
    public static extern void close(nint database);
}

internal static class Users
{
    public static int NumberAfterCloseBad() // bad: LIFE007
    {
        var page = new PageHandle(16);
        nint raw = page.DangerousGetHandle();
        page.Dispose();
        return Native.execute_raw(raw, "x");
    }

    public static int NumberOfNativeHandleBad(string name) // bad: LIFE007
    {
        nint text = Marshal.StringToHGlobalAnsi(name);
        DatabaseHandle database = Native.open(name);
        nint raw = database.DangerousGetHandle();
        database.Dispose();
        int result = Native.execute_raw(raw, "x");
        Marshal.FreeHGlobal(text);
        return result;
    }

    public static int NumberBeforeCloseGood(string name)
    {
        DatabaseHandle database = Native.open(name);
        nint raw = database.DangerousGetHandle();
        int result = Native.execute_raw(raw, "x");
        database.Dispose();
        return result;
    }

    public static nint NumberHandedOutBad() // bad: LIFE007
    {
        using var page = new PageHandle(16);
        return page.DangerousGetHandle();
    }

    public static int CountedGood(string name)
    {
        DatabaseHandle database = Native.open(name);
        bool isCounted = false;
        database.DangerousAddRef(ref isCounted);
        nint raw = database.DangerousGetHandle();
        database.Dispose();
        int result = Native.execute_raw(raw, "x");
        database.DangerousRelease();
        return result;
    }

    public static int HandleAfterCloseBad() // bad: LIFE007
    {
        var page = new PageHandle(16);
        page.Close();
        return Native.read(page);
    }

    public static bool AskedAfterCloseGood(string name)
    {
        DatabaseHandle database = Native.open(name);
        database.Close();
        database.Dispose();
        return database.IsClosed || database.IsInvalid;
    }

    public static DatabaseHandle OpenedGood(string name)
    {
        DatabaseHandle database = Native.open(name);
        if (database.IsInvalid)
        {
            database.Dispose();
            throw new InvalidOperationException(name);
        }

        return database;
    }

    public static int OpenedAgainGood(string name)
    {
        DatabaseHandle database = Native.open(name);
        for (int i = 0; i < 3; i++)
        {
            if (Native.execute(database, "x") == 0)
            {
                database.Dispose();
                database = Native.open(name);
            }
        }

        int result = Native.execute(database, "y");
        database.Dispose();
        return result;
    }

    public static int AddressAfterCloseBad() // bad: LIFE007
    {
        var page = new PageHandle(16);
        nint address = page.Address;
        page.Dispose();
        return Marshal.ReadInt32(address);
    }

    public static void InvalidatedBad() // bad: LIFE003
    {
        var page = new PageHandle(16);
        Marshal.WriteInt32(page.Address, 1);
        page.SetHandleAsInvalid();
        page.Dispose();
    }

    public static void InvalidatedGood()
    {
        var page = new PageHandle(16);
        Marshal.FreeHGlobal(page.DangerousGetHandle());
        page.SetHandleAsInvalid();
        page.Dispose();
    }

    public static nint TakenOutGood()
    {
        using var page = new PageHandle(16);
        nint address = page.DangerousGetHandle();
        page.SetHandleAsInvalid();
        return address;
    }
}
