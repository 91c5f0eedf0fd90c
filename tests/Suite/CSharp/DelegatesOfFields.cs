// weakness: CWE-401
// construct: delegates in fields and tables whose targets the source shows
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.DelegatesOfFields;

internal static class DelegatesOfFields
{
    private static readonly Action<nint> s_group = Marshal.FreeHGlobal;
    private static readonly Action<nint> s_own = Give;
    private static readonly Action<byte[]> s_returned = b => ArrayPool<byte>.Shared.Return(b);
    private static readonly Action<nint> s_reads = p => Marshal.WriteByte(p, 1);
    private static readonly Action<nint>[] s_readers = { p => Marshal.WriteByte(p, 1), p => Marshal.WriteByte(p, 2) };
    private static readonly Dictionary<string, Action<nint>> s_table = new() { ["one"] = Marshal.FreeHGlobal, ["two"] = Give };
    private static readonly (string Name, Action<nint> Run)[] s_steps = { ("use", p => Marshal.WriteByte(p, 1)), ("end", Give) };
    private static readonly Lazy<Action<nint>> s_lazy = new(() => Marshal.FreeHGlobal);
    private static Action<nint> s_kept = Keep;
    private static nint s_last;
    private static void Give(nint p) => Marshal.FreeHGlobal(p);
    private static void Keep(nint p) => s_last = p;
    private static Action<nint> Pick(bool own) => own ? Give : Marshal.FreeHGlobal;
    public static void GroupGood()
    {
        nint p = Marshal.AllocHGlobal(1);
        s_group(p);
    }

    public static void OwnGood()
    {
        nint p = Marshal.AllocHGlobal(1);
        s_own(p);
    }

    public static void ReturnedGood()
    {
        byte[] b = ArrayPool<byte>.Shared.Rent(1);
        s_returned(b);
    }

    public static void TableGood()
    {
        nint p = Marshal.AllocHGlobal(1);
        s_table["one"](p);
    }

    public static void StepsGood()
    {
        nint p = Marshal.AllocHGlobal(1);
        foreach (var (name, run) in s_steps)
        {
            run(p);
        }
    }

    public static void StepGood()
    {
        nint p = Marshal.AllocHGlobal(1);
        s_steps[1].Run(p);
    }

    public static void LazyGood()
    {
        nint p = Marshal.AllocHGlobal(1);
        s_lazy.Value(p);
    }

    public static void KeptGood()
    {
        nint p = Marshal.AllocHGlobal(1);
        s_kept(p);
    }

    public static void PickedGood(bool own)
    {
        nint p = Marshal.AllocHGlobal(1);
        Pick(own)(p);
    }

    public static void CombinedGood()
    {
        nint p = Marshal.AllocHGlobal(1);
        Action<nint> all = q => Marshal.WriteByte(q, 1);
        all += Give;
        all(p);
    }

    public static void NamedGood(Action<nint> free)
    {
        nint p = Marshal.AllocHGlobal(1);
        free(p);
    }

    public static void CallbackBad(Action<nint> use) // bad: LIFE003
    {
        nint p = Marshal.AllocHGlobal(1);
        use(p);
    }

    public static void ReadsBad() // bad: LIFE003
    {
        nint p = Marshal.AllocHGlobal(1);
        s_reads(p);
    }

    public static void ReadersBad(int i) // bad: LIFE003
    {
        nint p = Marshal.AllocHGlobal(1);
        s_readers[i](p);
    }
}
internal sealed class OwnerGood : IDisposable
{
    private readonly Action<nint> _free = Marshal.FreeHGlobal;
    private readonly nint _block = Marshal.AllocHGlobal(8);
    public void Dispose() => _free(_block);
}
