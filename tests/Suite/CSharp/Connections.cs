// weakness: CWE-772
// construct: imported functions that connect and disconnect

using System;
using System.Runtime.InteropServices;

namespace Suite.Connections;

internal static class Native
{
    [DllImport("connections")]
    public static extern int line_connect(string address, out nint line);

    [DllImport("connections")]
    public static extern void line_disconnect(nint line);

    [DllImport("connections")]
    public static extern int line_version(nint line);

    [DllImport("connections")]
    public static extern int bus_connect(nint bus, string address);

    [DllImport("connections")]
    public static extern int bus_disconnect(nint bus, string address);

    [DllImport("connections")]
    public static extern nint bus_create();

    [DllImport("connections")]
    public static extern void bus_destroy(nint bus);
}

public sealed class Line : IDisposable
{
    private nint _line;

    public Line(string address) // good
    {
        if (Native.line_connect(address, out _line) != 0)
        {
            throw new InvalidOperationException(address);
        }
    }

    private Line(nint line) => _line = line;

    public static Line Checked(string address, int least) // bad: LIFE005
    {
        if (Native.line_connect(address, out var line) != 0)
        {
            throw new InvalidOperationException(address);
        }

        if (Native.line_version(line) < least)
        {
            throw new NotSupportedException(address);
        }

        return new Line(line);
    }

    public static Line CheckedAndLeft(string address, int least) // good
    {
        if (Native.line_connect(address, out var line) != 0)
        {
            throw new InvalidOperationException(address);
        }

        if (Native.line_version(line) < least)
        {
            Native.line_disconnect(line);
            throw new NotSupportedException(address);
        }

        return new Line(line);
    }

    public static bool Answers(string address) => Native.line_connect(address, out var line) == 0 && Native.line_version(line) > 0; // bad: LIFE003

    public static void Joined(string first, string second) // good
    {
        var bus = Native.bus_create();
        Native.bus_connect(bus, first);
        Native.bus_connect(bus, second);
        Native.bus_destroy(bus);
    }

    public void Dispose()
    {
        Native.line_disconnect(_line);
        _line = 0;
    }
}
