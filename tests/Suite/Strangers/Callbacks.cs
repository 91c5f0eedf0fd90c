// weakness: mixed
// construct: lambdas that are handed on with what they release
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace Strangers.Callbacks;

internal sealed class Deferred(Action action) : IDisposable
{
    public void Dispose() => action();
}

internal sealed record Cleanup(string Name, Action Run);

internal sealed class Scope : IDisposable
{
    private readonly Stack<Action> _actions = new();

    public void Defer(Action action) => _actions.Push(action);

    public void Dispose()
    {
        while (_actions.TryPop(out Action? action))
        {
            action();
        }
    }
}

internal static class Callbacks
{
    private static void Around(Action action)
    {
        Console.WriteLine("before");
        try
        {
            action();
        }
        finally
        {
            Console.WriteLine("after");
        }
    }

    private static T Compute<T>(Func<T> function) => function();

    public static void RunByHelperGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        Around(() => Marshal.FreeHGlobal(block));
    }

    public static void RunByHelperBad() // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(4);
        Around(() => Marshal.WriteByte(block, 1));
    }

    public static void LocalFunctionByHelperGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        Around(Release);

        void Release() => Marshal.FreeHGlobal(block);
    }

    public static void DeferGood()
    {
        using var scope = new Scope();
        nint block = Marshal.AllocHGlobal(4);
        scope.Defer(() => Marshal.FreeHGlobal(block));
        Marshal.WriteByte(block, 1);
    }

    public static void DeferredObjectGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        using var deferred = new Deferred(() => Marshal.FreeHGlobal(block));
        Marshal.WriteByte(block, 1);
    }

    public static Cleanup RecordGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        return new Cleanup("block", () => Marshal.FreeHGlobal(block));
    }

    public static void ComputeGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        int value = Compute(() => Marshal.ReadInt32(block));
        Console.WriteLine(value);
        Marshal.FreeHGlobal(block);
    }

    public static async Task TaskRunGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        await Task.Run(() => Marshal.FreeHGlobal(block));
    }
}
