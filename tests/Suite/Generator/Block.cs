namespace LifetimeAnalyzers.Suite.Generator;

/// <summary>A kind of block in C# terms. In the templates <c>@</c> stands for the variable that holds it.</summary>
/// <param name="Name">The name that goes into file names.</param>
/// <param name="Type">The C# type of the variable.</param>
/// <param name="Null">The value of an empty variable.</param>
/// <param name="Allocate">The statements that allocate into the variable.</param>
/// <param name="Fill">A statement that writes to the block.</param>
/// <param name="Use">A statement that reads from the block.</param>
/// <param name="Free">The statement that releases it.</param>
/// <param name="Static">An expression of the same type that nobody has to release.</param>
internal sealed record Block(
    string Name, string Type, string Null, string Allocate, string Fill, string Use, string Free, string Static)
{
    private const string PointerFill = "@[0] = (byte)'A';";
    private const string PointerUse = "Io.PrintByte(@[0]);";
    private const string AddressFill = "Marshal.WriteByte(@, (byte)'A');";
    private const string AddressUse = "Io.PrintByte(Marshal.ReadByte(@));";

    public static readonly Block NativeMemory = Pointer("NativeMemory", "(byte*)NativeMemory.Alloc(100)", "NativeMemory.Free(@);");
    public static readonly Block Aligned = Pointer("NativeMemoryAligned", "(byte*)NativeMemory.AlignedAlloc(128, 64)", "NativeMemory.AlignedFree(@);");
    public static readonly Block Zeroed = Pointer("NativeMemoryZeroed", "(byte*)NativeMemory.AllocZeroed(10, 10)", "NativeMemory.Free(@);");
    public static readonly Block Libc = Pointer("Libc", "(byte*)Libc.Malloc(100)", "Libc.Free(@);") with
    {
        Allocate = "@ = (byte*)Libc.Malloc(100);\nif (@ == null)\n{\n    Environment.FailFast(\"out of memory\");\n}",
    };

    public static readonly Block HGlobal = Address("HGlobal", "Marshal.AllocHGlobal(100)", "Marshal.FreeHGlobal(@);");
    public static readonly Block CoTaskMem = Address("CoTaskMem", "Marshal.AllocCoTaskMem(100)", "Marshal.FreeCoTaskMem(@);");
    public static readonly Block Bstr = Address("Bstr", "Marshal.StringToBSTR(\"Search\")", "Marshal.FreeBSTR(@);");
    public static readonly Block HGlobalString = Address("HGlobalString", "Marshal.StringToHGlobalUni(\"Search\")", "Marshal.FreeHGlobal(@);");
    public static readonly Block CoTaskMemString = Address("CoTaskMemString", "Marshal.StringToCoTaskMemUTF8(\"Search\")", "Marshal.FreeCoTaskMem(@);");
    public static readonly Block Malloc = Address("HeapMalloc", "Heap.Malloc(100)", "Heap.Free(@);");
    public static readonly Block Emalloc = Address("HeapEmalloc", "Heap.Emalloc(100)", "Heap.Efree(@);");

    public static readonly Block Handle = new(
        "GCHandle", "GCHandle", "default",
        "@ = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);",
        AddressFill.Replace("@", "@.AddrOfPinnedObject()"),
        AddressUse.Replace("@", "@.AddrOfPinnedObject()"),
        "@.Free();", "Io.StaticHandle");

    public static readonly Block Array = new(
        "ArrayPool", "byte[]", "null!", "@ = ArrayPool<byte>.Shared.Rent(100);", PointerFill, PointerUse,
        "ArrayPool<byte>.Shared.Return(@);", "new byte[100]");

    public static readonly Block Owner = new(
        "MemoryOwner", "IMemoryOwner<byte>", "null!", "@ = MemoryPool<byte>.Shared.Rent(100);",
        "@.Memory.Span[0] = (byte)'A';", "Io.PrintByte(@.Memory.Span[0]);", "@.Dispose();", "Io.StaticOwner");

    public bool IsPointer => Type.EndsWith('*');

    /// <summary>The type under which the block is kept in generic collections.</summary>
    public string Element => IsPointer ? "nint" : Type;

    /// <summary>The collector takes back what is not released: leaks are information.</summary>
    public bool IsPooled => this == Array || this == Owner;

    private static Block Pointer(string name, string allocate, string free) =>
        new(name, "byte*", "null", "@ = " + allocate + ";", PointerFill, PointerUse, free, "Io.StaticBuffer");

    private static Block Address(string name, string allocate, string free) =>
        new(name, "nint", "0", "@ = " + allocate + ";", AddressFill, AddressUse, free, "Io.StaticAddress");
}
