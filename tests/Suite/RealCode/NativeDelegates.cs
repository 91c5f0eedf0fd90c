// weakness: CWE-772
// construct: delegates for native functions between an allocation and its release
using System;
using System.Runtime.InteropServices;

namespace Cases.RealCode.NativeDelegates;

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
internal delegate int Submit(nint block, int length);

/// <summary>Not marked: what it stands for is told by what it is made of.</summary>
internal delegate int Plain(nint block, int length);

internal struct Header
{
    public int Length;
    public int Kind;
}

internal sealed class Library
{
    private static readonly Plain s_plain = Marshal.GetDelegateForFunctionPointer<Plain>(NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "submit"));
    private readonly Submit _submit;

    public Library(nint submit) => _submit = Marshal.GetDelegateForFunctionPointer<Submit>(submit);

    public int OfMarkedType(int length)
    {
        nint block = Marshal.AllocHGlobal(length);
        int result = _submit(block, length);
        Marshal.FreeHGlobal(block);
        return result;
    }

    public static int MadeOfAddress(int length)
    {
        nint block = Marshal.AllocHGlobal(length);
        int result = s_plain(block, length);
        Marshal.FreeHGlobal(block);
        return result;
    }

    public static int MadeOfAddressHere(nint address, int length)
    {
        var submit = Marshal.GetDelegateForFunctionPointer<Plain>(address);
        nint block = Marshal.AllocHGlobal(length);
        int result = submit(block, length);
        Marshal.FreeHGlobal(block);
        return result;
    }

    public int Throughout(Header header)
    {
        nint block = Marshal.AllocHGlobal(Marshal.SizeOf<Header>());
        Marshal.StructureToPtr(header, block, false);
        int result = _submit(block, header.Length);
        header = Marshal.PtrToStructure<Header>(block);
        Marshal.FreeHGlobal(block);
        return result + header.Kind;
    }

    public static int Managed(Plain submit, int length) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(length);
        int result = submit(block, length);
        Marshal.FreeHGlobal(block);
        return result;
    }
}
