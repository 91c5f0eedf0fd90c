// weakness: mixed
// construct: lambdas and delegates
using System;
using System.Runtime.InteropServices;
using System.Threading;
using Suite.Support;

namespace Cases.Lambdas;

internal static unsafe class Functions
{
    private delegate void Handler(nint block);

    public static void InsideBad() // bad: LIFE003|LIFE004
    {
        Action leak = () =>
        {
            nint block = Marshal.AllocHGlobal(4);
            Marshal.WriteByte(block, 1);
        };
        leak();
    }

    public static void InsideGood()
    {
        Action work = () =>
        {
            nint block = Marshal.AllocHGlobal(4);
            Marshal.WriteByte(block, 1);
            Marshal.FreeHGlobal(block);
        };
        work();
    }

    public static void FreedByCapturingLambdaGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        Action free = () => Marshal.FreeHGlobal(block);
        Marshal.WriteByte(block, 1);
        free();
    }

    public static void FreedTwiceByCapturingLambdaBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        Action free = () => Marshal.FreeHGlobal(block);
        free();
        Marshal.FreeHGlobal(block);
    }

    public static void UsedAfterLambdaFreedBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(4);
        Action free = () => Marshal.FreeHGlobal(block);
        free();
        Marshal.WriteByte(block, 1);
    }

    public static void LambdaNeverCalledBad() // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(4);
        Action free = () => Marshal.FreeHGlobal(block);
        Marshal.WriteByte(block, 1);
        Io.PrintLine(free.Method.Name);
    }

    public static void ParameterGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        Handler free = static one => Marshal.FreeHGlobal(one);
        free(block);
    }

    public static void ParameterTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        Handler free = static one => Marshal.FreeHGlobal(one);
        free(block);
        free(block);
    }

    public static void MethodGroupGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        Action<nint> free = Marshal.FreeHGlobal;
        free(block);
    }

    public static void InvokeGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        Action<nint> free = Marshal.FreeHGlobal;
        free.Invoke(block);
    }

    public static void FactoryDelegateBad() // bad: LIFE003|LIFE004
    {
        Func<nint> make = () => Marshal.AllocHGlobal(4);
        nint block = make();
        Marshal.WriteByte(block, 1);
    }

    public static void FactoryDelegateGood()
    {
        Func<nint> make = () => Marshal.AllocHGlobal(4);
        nint block = make();
        Marshal.WriteByte(block, 1);
        Marshal.FreeHGlobal(block);
    }

    public static Func<nint> ReturnedFactoryGood() => () => Marshal.AllocHGlobal(4);

    public static Action HandedOutInClosureGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        return () => Marshal.FreeHGlobal(block);
    }

    public static Func<byte> ReturnedAfterBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(4);
        Func<byte> read = () => Marshal.ReadByte(block);
        Marshal.FreeHGlobal(block);
        return read;
    }

    public static void BorrowingLambdaBad(Action<Action> run) // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(4);
        run(() => Marshal.WriteByte(block, 1));
    }

    public static void TimerOwnsGood(Timer timer)
    {
        nint block = Marshal.AllocHGlobal(4);
        ThreadPool.QueueUserWorkItem(_ =>
        {
            Marshal.WriteByte(block, 1);
            Marshal.FreeHGlobal(block);
        });
        timer.Change(0, 1);
    }

    public static void FunctionPointerGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        delegate*<nint, void> free = &Marshal.FreeHGlobal;
        free(block);
    }

    public static void ChosenDelegateGood(bool zero)
    {
        nint block = Marshal.AllocHGlobal(4);
        Action<nint> free = zero ? ZeroAndFree : Marshal.FreeHGlobal;
        free(block);
    }

    public static void AnonymousMethodBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        Handler free = delegate(nint one)
        {
            Marshal.FreeHGlobal(one);
        };
        free(block);
        Marshal.FreeHGlobal(block);
    }

    public static int SpanActionGood(int length) => string.Create(length, length, static (span, state) =>
    {
        byte* block = (byte*)NativeMemory.Alloc((nuint)state);
        *block = 65;
        span.Fill((char)*block);
        NativeMemory.Free(block);
    }).Length;

    private static void ZeroAndFree(nint block)
    {
        Marshal.WriteByte(block, 0);
        Marshal.FreeHGlobal(block);
    }
}
