#define FEATURE
using System.Runtime.InteropServices;
using static System.Runtime.InteropServices.Marshal;
using NM = System.Runtime.InteropServices.NativeMemory;

namespace Odd {

internal static class Odd1
{
    public static int A (int n)
    {   IntPtr p = AllocHGlobal (n);      // odd spacing
        #region reading
        int x = ReadInt32 (p) ;
        if ( x == 0 ) { return 0 ; }
        #endregion
        FreeHGlobal (p) ;
        return x ;
    }

    public static unsafe int B(int n)
    {
        int* p = (int*)NM.Alloc((nuint)n * sizeof(int));
#if FEATURE
        p[0] = 1;
        if (n > 3)
            return p[0];
#else
        p[0] = 2;
#endif
        NM.Free(p);
        return 0;
    }

    public static int C(bool b, string s)
        => b
            ? ReadByte(StringToHGlobalAnsi(s))   // first
            : 0;

    public static int D(string s)
    {
        // leading comment

        /* block */ var p = StringToHGlobalAnsi(s); // trailing

        // comment before use
        var r = ReadByte(p);

        // comment before return
        return r;
        // comment at the end
    }

    public static int E(string s) { if (s.Length == 0) { return 0; } var p = StringToHGlobalAnsi(s); var r = ReadByte(p); return r; }

    public static void F(string s)
    {
        var text = @"multi
line " + s;
        var p = StringToHGlobalUni(text);
        var t2 = $@"another
    {ReadByte(p)}
  end";
        var t3 = """
            raw
              string
            """;
        Console.WriteLine(t2 + t3);
    }

    public static int G(int n)
    {
        checked
        {
            var p = AllocHGlobal(n * 4);
            WriteInt32(p, n);
            if (n == 3) return ReadInt32(p) + 1;
            FreeHGlobal(p);
        }
        return 1;
    }

    public static int H(int n)
    {
        var p = AllocHGlobal(n);
        try { WriteByte(p, 1); }
        finally { Console.WriteLine("done"); }
        return ReadByte(p);
    }

    public static int I(int n)
    {
        var p = AllocHGlobal(n);
        try
        {
            WriteByte(p, 1);
            return 1;
        }
        catch (Exception e)
        {
            Console.WriteLine(e);
            return 2;
        }
        finally
        {
            Console.WriteLine("done");
        }
    }

    static int s_count;

    public static int Prop { get { var p = AllocHGlobal(4); s_count += ReadByte(p); return s_count; } }

    public static int Prop2 => ReadByte(AllocHGlobal(4));

    public static int Prop3
    {
        get => ReadByte(AllocHGlobal(8));
        set
        {
            var p = AllocHGlobal(value);
            if (value == 1) return;
            WriteByte(p, 1);
            FreeHGlobal(p);
        }
    }

    static Odd1()
    {
        var p = AllocHGlobal(10);
        s_count = ReadByte(p);
    }

    public static event Action? Changed;

    public static void Hook()
    {
        Changed += () =>
        {
            var q = AllocHGlobal(3);
            s_count = ReadByte(q);
        };
        Changed += delegate { s_count = ReadByte(AllocHGlobal(3)); };
        Changed?.Invoke();
    }

    public static int If(string s)
    {
        if (ReadByte(StringToHGlobalAnsi(s)) == 0)
            return 1;
        else if (ReadByte(StringToHGlobalAnsi(s + s)) == 1)
            return 2;
        return s.Length > 3 && ReadByte(StringToHGlobalUni(s)) > 3 ? 1 : 0;
    }

    public static int Switch(string s)
    {
        switch (ReadByte(StringToHGlobalAnsi(s)))
        {
            case 1: return 5;
            case 2: goto case 1;
            default: return 0;
        }
    }

    public static bool TryParse(string s, out int value) => int.TryParse(PtrToStringAnsi(StringToHGlobalAnsi(s)), out value);

    public static int OutVar(string s)
    {
        Read(StringToHGlobalAnsi(s), out var b);
        return b + 1;
    }

    static void Read(IntPtr p, out int b) => b = ReadByte(p);

    public static int Each(string s)
    {
        int n = 0;
        foreach (var c in PtrToStringAnsi(StringToHGlobalAnsi(s))!)
        {
            n += c;
        }
        return n;
    }

    public static IEnumerable<int> Iter(int n)
    {
        for (int i = 0; i < n; i++)
        {
            yield return ReadByte(AllocHGlobal(n));
        }
    }

    public static int Throwing(int n)
    {
        var p = AllocHGlobal(n);
        if (n == 2)
            throw new ArgumentException("bad", nameof(n));
        var r = ReadByte(p);
        FreeHGlobal(p);
        return r;
    }

    public static int Coalesce(string? a)
    {
        var p = StringToHGlobalAnsi(a ?? throw new ArgumentNullException(nameof(a)));
        return ReadByte(p);
    }
}
}
