// weakness: CWE-401
// construct: handles that are there when their number is greater than zero
using System;
using System.Runtime.InteropServices;

namespace Cases.RealCode.TestsForNoHandle;

internal static class Services
{
    [DllImport("advapi32.dll")]
    private static extern nint OpenSCManager(string? machine, string? database, uint rights);

    [DllImport("advapi32.dll")]
    private static extern bool CloseServiceHandle(nint handle);

    public static void ThrowsGood(Action<nint> use)
    {
        IntPtr manager = OpenSCManager(null, null, 1);
        if (manager.ToInt64() <= 0)
        {
            throw new InvalidOperationException("no manager");
        }

        try
        {
            use(manager);
        }
        finally
        {
            CloseServiceHandle(manager);
        }
    }

    public static bool ReturnsGood()
    {
        nint manager = OpenSCManager(null, null, 1);
        if ((long)manager < 1)
        {
            return false;
        }

        CloseServiceHandle(manager);
        return true;
    }

    public static bool NegativeGood()
    {
        nint manager = OpenSCManager(null, null, 1);
        if (manager >= 0)
        {
            CloseServiceHandle(manager);
            return true;
        }

        return false;
    }

    public static bool WrongWayRoundBad() // bad: LIFE004|LIFE003
    {
        nint manager = OpenSCManager(null, null, 1);
        if (manager > 0)
        {
            return true;
        }

        CloseServiceHandle(manager);
        return false;
    }
}
