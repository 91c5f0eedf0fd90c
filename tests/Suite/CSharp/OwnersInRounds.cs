// weakness: CWE-401, CWE-415
// construct: owner objects that go from variable to variable and from round to round, offers of objects
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Cases.OwnersInRounds;

internal sealed class Native : IDisposable
{
    private nint _block;
    public Native(int size)
    {
        _block = Marshal.AllocHGlobal(size);
    }
    public int Size;
    public Native Next() => new(Size);
    public void Dispose()
    {
        if (_block == 0)
        {
            return;
        }

        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}
internal sealed class Service : IDisposable
{
    private bool _isStarted;
    private nint _name;

    public void Start()
    {
        if (!_isStarted)
        {
            _name = Marshal.StringToHGlobalUni("service");
            _isStarted = true;
        }
    }

    public void Dispose()
    {
        if (_name != 0)
        {
            Marshal.FreeHGlobal(_name);
        }

        _name = 0;
    }
}

internal static class OwnersInRounds
{
    public static void StartedGood(Service[] services)
    {
        foreach (Service service in services)
        {
            service.Start();
        }
    }

    public static Native? LastGood(int[] sizes)
    {
        Native? best = null;
        foreach (int size in sizes)
        {
            var next = new Native(size);
            best?.Dispose();
            best = next;
        }

        return best;
    }

    public static void PreviousGood(int n)
    {
        Native? previous = null;
        for (int i = 0; i < n; i++)
        {
            var current = new Native(i);
            if (previous is not null)
            {
                current.Size = previous.Size;
                previous.Dispose();
            }

            previous = current;
        }

        previous?.Dispose();
    }

    public static void SwappedGood(int n)
    {
        var a = new Native(1);
        var b = new Native(2);
        for (int i = 0; i < n; i++)
        {
            (a, b) = (b, a);
        }

        a.Dispose();
        b.Dispose();
    }

    public static void PerhapsGood(bool exchange)
    {
        var a = new Native(1);
        var b = new Native(2);
        if (exchange)
        {
            (a, b) = (b, a);
        }

        a.Dispose();
        b.Dispose();
    }

    public static void TwoGood(int n)
    {
        Native? a = null;
        Native? b = null;
        for (int i = 0; i < n; i++)
        {
            b?.Dispose();
            b = a;
            a = new Native(i);
        }

        a?.Dispose();
        b?.Dispose();
    }

    public static void WalkedGood(Native first, int n)
    {
        Native at = first;
        for (int i = 0; i < n; i++)
        {
            var next = at.Next();
            if (at != first)
            {
                at.Dispose();
            }

            at = next;
        }

        if (at != first)
        {
            at.Dispose();
        }
    }

    public static void KeptGood(Stack<int> sizes)
    {
        Native? kept = null;
        while (sizes.Count > 0)
        {
            var next = new Native(sizes.Pop());
            if (next.Size == 3 && kept == null)
            {
                kept = next;
            }
            else
            {
                next.Dispose();
            }
        }

        kept?.Dispose();
    }

    public static Native? LastBad(int[] sizes) // bad: LIFE004
    {
        Native? best = null;
        foreach (int size in sizes)
        {
            var next = new Native(size);
            best = next;
        }

        return best;
    }

    public static void EndBad(int[] sizes) // bad: LIFE004
    {
        Native? best = null;
        foreach (int size in sizes)
        {
            var next = new Native(size);
            best?.Dispose();
            best = next;
        }
    }

    public static void TwoBad(int n) // bad: LIFE004
    {
        Native? a = null;
        Native? b = null;
        for (int i = 0; i < n; i++)
        {
            b?.Dispose();
            b = a;
            a = new Native(i);
        }

        a?.Dispose();
    }

    public static bool OfferedGood(ChannelWriter<Native> writer)
    {
        var made = new Native(1);
        if (writer.TryWrite(made))
        {
            return true;
        }

        made.Dispose();
        return false;
    }

    public static bool RefusedGood(ChannelWriter<Native> writer)
    {
        var made = new Native(1);
        if (!writer.TryWrite(made))
        {
            made.Dispose();
            return false;
        }

        return true;
    }
}
