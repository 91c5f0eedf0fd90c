// weakness: CWE-415
// construct: members that end their object by calling its own disposal, and members that release by the helper that the disposal calls

using System;
using System.Runtime.InteropServices;

namespace Suite.EndedByMembers;

public sealed class EndedByDispose : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(4);

    public void Stop() // good
    {
        Dispose();
    }

    public void Abort() => Dispose(); // good

    public void Close() => Dispose(); // good

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
    }
}

public sealed class EndedByHelper : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(4);

    public void Reset() // bad: LIFE006
    {
        Free();
    }

    public void Renew() // good
    {
        Free();
        _block = Marshal.AllocHGlobal(8);
    }

    private void Free()
    {
        Marshal.FreeHGlobal(_block);
    }

    public void Dispose() // good
    {
        Free();
    }
}
