// weakness: CWE-401
// construct: a property whose setter allocates, and that only object initializers set
using System;
using System.Runtime.InteropServices;

namespace Cases.RealCode.SetByInitializers;

internal sealed class Bag
{
    public int Length(string name)
    {
        var entry = new Entry { Kind = 1, Name = name };
        int length = entry.Name.Length;
        entry.Dispose();
        return length;
    }

    private static void Rename(ref Renamed entry, string name) => entry.Name = name;

    private struct Entry : IDisposable
    {
        public int Kind;
        private nint _name;

        public string Name
        {
            readonly get => Marshal.PtrToStringUni(_name)!;
            set => _name = Marshal.StringToCoTaskMemUni(value);
        }

        public void Dispose()
        {
            Marshal.FreeCoTaskMem(_name);
            _name = 0;
        }
    }

    private struct Renamed : IDisposable
    {
        private nint _name;

        public string Name // bad: LIFE013
        {
            readonly get => Marshal.PtrToStringUni(_name)!;
            set => _name = Marshal.StringToCoTaskMemUni(value);
        }

        public void Dispose()
        {
            Marshal.FreeCoTaskMem(_name);
            _name = 0;
        }
    }
}
