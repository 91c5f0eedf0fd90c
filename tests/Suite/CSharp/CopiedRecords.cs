// weakness: CWE-401 missing release of memory after effective lifetime, CWE-415 double free
// construct: records that copy themselves by a constructor of their own, or by the compiler's

using System;
using System.Runtime.InteropServices;

namespace Suite.CopiedRecords
{
    public sealed record Label(string Name) : IDisposable
    {
        private IntPtr _text = Marshal.StringToHGlobalUni(Name);

        private Label(Label other)
        {
            Name = other.Name;
            _text = Marshal.StringToHGlobalUni(other.Name);
        }

        public int First => Marshal.ReadInt16(_text);

        public void Dispose()
        {
            Marshal.FreeHGlobal(_text);
            _text = IntPtr.Zero;
        }
    }

    public sealed record Shared(string Name) : IDisposable
    {
        private IntPtr _text = Marshal.StringToHGlobalUni(Name);

        public int First => Marshal.ReadInt16(_text);

        public void Dispose()
        {
            Marshal.FreeHGlobal(_text);
            _text = IntPtr.Zero;
        }
    }

    internal static class Labels
    {
        public static int Renamed(string name)
        {
            using var label = new Label(name);
            using var other = label with { Name = name + "2" };
            return label.First + other.First;
        }

        public static int RenamedAndLeft(string name) // bad: LIFE003
        {
            using var label = new Label(name);
            var other = label with { Name = name + "2" };
            return label.First + other.First;
        }

        public static int RenamedFirst(string name)
        {
            var label = new Label(name);
            Label other;
            try
            {
                other = label with { Name = "x" };
            }
            finally
            {
                label.Dispose();
            }

            using (other)
            {
                return other.First;
            }
        }

        public static int TheSameText(string name) // bad: LIFE006
        {
            using var shared = new Shared(name);
            using var other = shared with { Name = name + "2" };
            return shared.First + other.First;
        }
    }
}
