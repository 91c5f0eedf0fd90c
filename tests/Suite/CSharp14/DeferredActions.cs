// weakness: CWE-772
// construct: primary constructors that are handed a block with the function that releases it
using System;
using System.Buffers;
using System.Runtime.InteropServices;

namespace Cases.CSharp14.DeferredActions;

/// <summary>Carries out an action at the end of the scope: <c>using var _ = new Deferred&lt;T&gt;(action, argument)</c>.</summary>
internal struct Deferred<T>(Action<T> action, T argument) : IDisposable
{
    public void Dispose() => action(argument);
}

internal sealed class DeferredObject<T>(Action<T> action, T argument) : IDisposable
{
    public void Dispose() => action(argument);
}

internal static class DeferredActions
{
    public static int Count(int length)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(length);
        using var _ = new Deferred<int[]>(static array => ArrayPool<int>.Shared.Return(array, clearArray: true), rented);
        return rented[0];
    }

    public static byte Read(string name)
    {
        nint text = Marshal.StringToHGlobalAnsi(name);
        using var _ = new Deferred<nint>(Marshal.FreeHGlobal, text);
        return Marshal.ReadByte(text);
    }

    public static byte ReadByObject(string name)
    {
        nint text = Marshal.StringToHGlobalAnsi(name);
        using var _ = new DeferredObject<nint>(Marshal.FreeHGlobal, text);
        return Marshal.ReadByte(text);
    }

    public static int CountAndPrint(int length) // bad: LIFE003
    {
        int[] rented = ArrayPool<int>.Shared.Rent(length);
        using var _ = new Deferred<int[]>(static array => Console.WriteLine(array[1]), rented);
        return rented[0];
    }
}
