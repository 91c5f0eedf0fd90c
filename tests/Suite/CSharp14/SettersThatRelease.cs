// weakness: CWE-401, CWE-772
// construct: a property whose setter releases what its field held, with the keyword field
using System;
using System.Runtime.InteropServices;

namespace Cases.SettersThatRelease;

internal sealed class Slot : IDisposable
{
    private nint Block
    {
        get;
        set
        {
            Marshal.FreeHGlobal(field);
            field = value;
        }
    }

    public void Fill(int size) => Block = Marshal.AllocHGlobal(size);

    public int Read() => Marshal.ReadInt32(Block);

    public void Dispose() => Block = 0;
}
