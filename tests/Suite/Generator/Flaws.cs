namespace LifetimeAnalyzers.Suite.Generator;

/// <summary>The mistakes: every weakness with the kinds of block that it can be made with.</summary>
internal static class Flaws
{
    private const string Nothing = "Io.PrintLine(\"nothing to do\");";

    public static IEnumerable<IReadOnlyList<Flaw>> All => [Leaks, DoubleFrees, UsesAfterFree, NotOnHeap, NotAtStart, WrongRoutine];

    private static IReadOnlyList<Flaw> Leaks =>
    [
        .. new[]
        {
            Block.NativeMemory, Block.HGlobal, Block.Handle, Block.Aligned, Block.CoTaskMem, Block.Malloc, Block.Libc,
            Block.Bstr, Block.Array, Block.Zeroed, Block.HGlobalString, Block.Owner, Block.CoTaskMemString,
        }.Select(block => Of(401, block, block.IsPooled ? "LIFE016|LIFE003|LIFE004" : "LIFE003|LIFE004") with
        {
            BadSource = block.Allocate + "\n" + block.Fill + "\n" + block.Use,
            BadSink = "// the block is not released\n" + Nothing,
            GoodSink = block.Free,
            GoodSource = "@ = " + block.Static + ";\n" + block.Use,
            GoodSourceSink = Nothing,
        }),
    ];

    private static IReadOnlyList<Flaw> DoubleFrees =>
    [
        .. new[]
        {
            Block.HGlobal, Block.NativeMemory, Block.Array, Block.CoTaskMem, Block.Handle, Block.Emalloc, Block.Aligned,
            Block.Bstr, Block.Libc, Block.Malloc, Block.CoTaskMemString,
        }.Select(block => Of(415, block, "LIFE006") with
        {
            BadSource = block.Allocate + "\n" + block.Fill,
            Between = block.Free,
            BadSink = block.Free,
            GoodSink = "// released already\n" + Nothing,
            GoodSource = block.Allocate + "\n" + block.Fill,
            GoodSourceSink = block.Free,
        }),
    ];

    private static IReadOnlyList<Flaw> UsesAfterFree =>
    [
        .. new[]
        {
            Block.Zeroed, Block.CoTaskMem, Block.Array, Block.Libc, Block.Handle, Block.HGlobal, Block.Malloc, Block.Owner,
            Block.NativeMemory, Block.Emalloc, Block.HGlobalString,
        }.Select(block => Of(416, block, "LIFE007") with
        {
            BadSource = block.Allocate + "\n" + block.Fill,
            Between = block.Free,
            BadSink = block.Use,
            GoodSink = "// not used any more\n" + Nothing,
            GoodSource = block.Allocate + "\n" + block.Fill,
            GoodSourceSink = block.Use + "\n" + block.Free,
        }),
    ];

    private static IReadOnlyList<Flaw> NotOnHeap =>
    [
        NotAllocated(Block.NativeMemory, "Stackalloc", "byte* buffer = stackalloc byte[100];\n@ = buffer;"),
        NotAllocated(Block.HGlobal, "LocalAddress", "long local = 0;\n@ = (nint)(&local);"),
        NotAllocated(Block.Array, "NewArray", "@ = new byte[100];"),
        NotAllocated(Block.Libc, "LocalAddress", "int local = 5;\n@ = (byte*)&local;"),
        NotAllocated(Block.CoTaskMem, "Stackalloc", "int* numbers = stackalloc int[25];\n@ = (nint)numbers;"),
        NotAllocated(Block.Aligned, "PinnedArray", "@ = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);"),
        NotAllocated(Block.Malloc, "Stackalloc", "byte* buffer = stackalloc byte[100];\n@ = (nint)buffer;"),
    ];

    private static IReadOnlyList<Flaw> NotAtStart =>
    [
        .. new[] { Block.NativeMemory, Block.HGlobal, Block.Libc, Block.Malloc, Block.CoTaskMem, Block.Zeroed, Block.Emalloc }
            .Select(block => Of(761, block, "LIFE009") with
            {
                BadSource = block.Allocate + "\n" + block.Fill,
                BadSink = Search(block, "@") + "\n" + block.Free,
                GoodSink = block.Type + " cursor = @;\n" + Search(block, "cursor") + "\n" + block.Free,
            }),
    ];

    private static IReadOnlyList<Flaw> WrongRoutine =>
    [
        Mismatch(Block.NativeMemory, Block.Aligned),
        Mismatch(Block.HGlobal, Block.CoTaskMem),
        Mismatch(Block.Malloc, Block.Emalloc),
        Mismatch(Block.Aligned, Block.NativeMemory),
        Mismatch(Block.Bstr, Block.CoTaskMem),
        Mismatch(Block.Emalloc, Block.Malloc),
        Mismatch(Block.CoTaskMem, Block.HGlobal),
        Mismatch(Block.Zeroed, Block.Aligned),
        Mismatch(Block.HGlobalString, Block.Bstr),
        Mismatch(Block.CoTaskMemString, Block.Bstr),
        Mismatch(Block.Malloc, Block.HGlobal),
    ];

    private static Flaw Of(int weakness, Block block, string ids) =>
        new(weakness, block.Name, ids, block.Type, block.Null, block.Element, "", "", "", "", null, "") { Block = block };

    private static Flaw NotAllocated(Block block, string name, string source) => Of(590, block, "LIFE009") with
    {
        Name = name + block.Name,
        BadSource = source + "\n" + block.Fill,
        ReturnableSource = (block == Block.Array ? source
            : $"@ = ({block.Type})Marshal.UnsafeAddrOfPinnedArrayElement(GC.AllocateArray<byte>(100, pinned: true), 0);") + "\n" + block.Fill,
        BadSink = block.Free,
        GoodSink = block.Use,
        GoodSource = block.Allocate + "\n" + block.Fill,
        GoodSourceSink = block.Free,
    };

    private static Flaw Mismatch(Block from, Block to) => Of(762, from, "LIFE008") with
    {
        Name = from.Name + "To" + to.Name,
        BadSource = from.Allocate + "\n" + from.Fill,
        BadSink = to.Free,
        GoodSink = from.Free,
        GoodSource = to.Allocate + "\n" + to.Fill,
        GoodSourceSink = to.Free,
    };

    private static string Search(Block block, string variable)
    {
        string read = block.IsPointer ? $"*{variable}" : $"Marshal.ReadByte({variable})";
        string step = block.IsPointer ? $"{variable}++" : $"{variable} += 1";
        return $"for (; {read} != 0; {step})\n{{\n    if ({read} == (byte)'S')\n    {{\n        Io.PrintLine(\"found\");\n        break;\n    }}\n}}";
    }
}
