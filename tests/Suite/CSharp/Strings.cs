// weakness: mixed
// construct: marshalled strings, CoTaskMem, BSTR
using System;
using System.Runtime.InteropServices;
using System.Security;
using Suite.Support;

namespace Cases.Strings;

internal static unsafe class Text
{
    public static void HGlobalUniGood(string text)
    {
        nint native = Marshal.StringToHGlobalUni(text);
        try
        {
            Show(native);
        }
        finally
        {
            Marshal.FreeHGlobal(native);
        }
    }

    public static void HGlobalAnsiBad(string text) // bad: LIFE003|LIFE004
    {
        nint native = Marshal.StringToHGlobalAnsi(text);
        Show(native);
    }

    public static void HGlobalAutoBad(string text) // bad: LIFE003|LIFE004
    {
        Show(Marshal.StringToHGlobalAuto(text));
    }

    public static void CoTaskMemUniGood(string text)
    {
        nint native = Marshal.StringToCoTaskMemUni(text);
        Marshal.ZeroFreeCoTaskMemUnicode(native);
    }

    public static void CoTaskMemUtf8Good(string text)
    {
        nint native = Marshal.StringToCoTaskMemUTF8(text);
        Marshal.ZeroFreeCoTaskMemUTF8(native);
    }

    public static void CoTaskMemAnsiMismatchBad(string text) // bad: LIFE008
    {
        nint native = Marshal.StringToCoTaskMemAnsi(text);
        Marshal.FreeHGlobal(native);
    }

    public static void HGlobalZeroFreedWrongBad(string text) // bad: LIFE008
    {
        nint native = Marshal.StringToHGlobalUni(text);
        Marshal.ZeroFreeCoTaskMemUnicode(native);
    }

    public static void BstrGood(string text)
    {
        nint native = Marshal.StringToBSTR(text);
        Io.PrintLine(Marshal.PtrToStringBSTR(native));
        Marshal.FreeBSTR(native);
    }

    public static void BstrZeroFreedGood(SecureString secret)
    {
        nint native = Marshal.SecureStringToBSTR(secret);
        try
        {
            Show(native);
        }
        finally
        {
            Marshal.ZeroFreeBSTR(native);
        }
    }

    public static void SecretBad(SecureString secret) // bad: LIFE003|LIFE004
    {
        nint native = Marshal.SecureStringToGlobalAllocUnicode(secret);
        Io.PrintLine(Marshal.PtrToStringUni(native)!);
    }

    public static void SecretGood(SecureString secret)
    {
        nint native = Marshal.SecureStringToGlobalAllocUnicode(secret);
        string text = Marshal.PtrToStringUni(native)!;
        Marshal.ZeroFreeGlobalAllocUnicode(native);
        Io.PrintLine(text);
    }

    public static void BstrFreedAsCoTaskMemBad(string text) // bad: LIFE008
    {
        nint native = Marshal.StringToBSTR(text);
        Marshal.FreeCoTaskMem(native);
    }

    public static void CoTaskMemFreedAsBstrBad() // bad: LIFE008
    {
        nint native = Marshal.AllocCoTaskMem(16);
        Marshal.FreeBSTR(native);
    }

    public static void TwoStringsBad(string first, string second) // bad: LIFE003|LIFE004
    {
        nint left = Marshal.StringToCoTaskMemUni(first);
        nint right = Marshal.StringToCoTaskMemUni(second);
        Show(left);
        Show(right);
        Marshal.FreeCoTaskMem(left);
    }

    public static void NullableTextGood(string? text)
    {
        nint native = text is null ? 0 : Marshal.StringToCoTaskMemUni(text);
        Show(native);
        if (native != 0)
        {
            Marshal.FreeCoTaskMem(native);
        }
    }

    public static void ComOutStringGood(IProvider provider)
    {
        provider.GetName(out nint name);
        string? text = Marshal.PtrToStringUni(name);
        Marshal.FreeCoTaskMem(name);
        Io.PrintLine(text ?? "");
    }

    public static string? FreedBeforeReadBad(string text) // bad: LIFE007
    {
        nint native = Marshal.StringToCoTaskMemUni(text);
        Marshal.FreeCoTaskMem(native);
        return Marshal.PtrToStringUni(native);
    }

    public static void FreedTwiceBad(string text) // bad: LIFE006
    {
        nint native = Marshal.StringToCoTaskMemUTF8(text);
        Marshal.ZeroFreeCoTaskMemUTF8(native);
        Marshal.FreeCoTaskMem(native);
    }

    public static void ArgvGood(string[] arguments)
    {
        byte** argv = (byte**)NativeMemory.AllocZeroed((nuint)arguments.Length + 1, (nuint)sizeof(byte*));
        try
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                argv[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
            }

            Show((nint)argv);
        }
        finally
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                Marshal.FreeCoTaskMem((nint)argv[i]);
            }

            NativeMemory.Free(argv);
        }
    }

    public static void StructureGood(int value)
    {
        nint native = Marshal.AllocHGlobal(Marshal.SizeOf<int>());
        Marshal.StructureToPtr(value, native, fDeleteOld: false);
        Io.PrintInt(Marshal.PtrToStructure<int>(native));
        Marshal.FreeHGlobal(native);
    }

    private static void Show(nint native) => Io.PrintInt(native == 0 ? 0 : 1);

    internal interface IProvider
    {
        void GetName(out nint name);
    }
}
