// weakness: mixed
// construct: try, catch, filter, finally, rethrow
using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.TryFinally;

internal static unsafe class Blocks
{
    public static int FinallyGood(Func<nint, int> work)
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            return work(block);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int FinallyFromNullGood(Func<nint, int> work)
    {
        nint block = 0;
        try
        {
            block = Marshal.AllocHGlobal(8);
            return work(block);
        }
        finally
        {
            if (block != 0)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static int FinallyFromNullWithoutTestGood(Func<nint, int> work)
    {
        byte* block = null;
        try
        {
            block = (byte*)NativeMemory.Alloc(8);
            return work((nint)block);
        }
        finally
        {
            NativeMemory.Free(block);
        }
    }

    public static int FreeInTryAndFinallyBad(Func<nint, int> work) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            int result = work(block);
            Marshal.FreeHGlobal(block);
            return result;
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int FreeInTryClearedAndFinallyGood(Func<nint, int> work)
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            int result = work(block);
            Marshal.FreeHGlobal(block);
            block = 0;
            return result;
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int FreeInCatchAndAfterBad(Func<nint, int> work) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        int result = 0;
        try
        {
            result = work(block);
        }
        catch (InvalidOperationException)
        {
            Marshal.FreeHGlobal(block);
        }

        Marshal.FreeHGlobal(block);
        return result;
    }

    public static int FreeInCatchRethrowAndAfterGood(Func<nint, int> work)
    {
        nint block = Marshal.AllocHGlobal(8);
        int result;
        try
        {
            result = work(block);
        }
        catch
        {
            Marshal.FreeHGlobal(block);
            throw;
        }

        Marshal.FreeHGlobal(block);
        return result;
    }

    public static int FreeInCatchReturnAndAfterGood(Func<nint, int> work)
    {
        nint block = Marshal.AllocHGlobal(8);
        int result;
        try
        {
            result = work(block);
        }
        catch (Exception)
        {
            Marshal.FreeHGlobal(block);
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return result;
    }

    public static int ForgottenInCatchBad(Func<nint, int> work) // bad: LIFE004|LIFE005
    {
        nint block = Marshal.AllocHGlobal(8);
        int result;
        try
        {
            result = work(block);
        }
        catch (InvalidOperationException)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return result;
    }

    public static int CatchAllThenFreeGood(Func<nint, int> work)
    {
        nint block = Marshal.AllocHGlobal(8);
        int result = 0;
        try
        {
            result = work(block);
        }
        catch (Exception exception)
        {
            Io.PrintLine(exception.Message);
        }

        Marshal.FreeHGlobal(block);
        return result;
    }

    public static void FinallyOfAnotherVariableBad(Action work) // bad: LIFE003|LIFE004
    {
        nint first = Marshal.AllocHGlobal(8);
        nint second = Marshal.AllocHGlobal(8);
        try
        {
            Marshal.WriteByte(first, 1);
            work();
        }
        finally
        {
            Marshal.FreeHGlobal(second);
        }
    }

    public static void NestedFinallyGood(Action work)
    {
        nint first = Marshal.AllocHGlobal(8);
        try
        {
            nint second = Marshal.AllocHGlobal(8);
            try
            {
                work();
            }
            finally
            {
                Marshal.FreeHGlobal(second);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(first);
        }
    }

    public static void NestedFinallyTwiceBad(Action work) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            try
            {
                work();
            }
            finally
            {
                Marshal.FreeHGlobal(block);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void UseAfterInnerFinallyBad(Action work) // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        try
        {
            work();
        }
        finally
        {
            NativeMemory.Free(block);
        }

        Io.PrintByte(*block);
    }

    public static int ReturnReadsBeforeFinallyGood()
    {
        int* block = (int*)NativeMemory.Alloc(8);
        try
        {
            *block = 5;
            return *block;
        }
        finally
        {
            NativeMemory.Free(block);
        }
    }

    public static nint ReturnOfBlockFreedByFinallyBad() // bad: LIFE007|LIFE010
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            Marshal.WriteByte(block, 1);
            return block;
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static nint ReturnOnSuccessFreeOnFailureGood(Action<nint> fill)
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            fill(block);
            return block;
        }
        catch
        {
            Marshal.FreeHGlobal(block);
            throw;
        }
    }

    public static nint SuccessFlagGood(Action<nint> fill)
    {
        nint block = Marshal.AllocHGlobal(8);
        bool succeeded = false;
        try
        {
            fill(block);
            succeeded = true;
            return block;
        }
        finally
        {
            if (!succeeded)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static nint SuccessFlagNeverSetBad(Action<nint> fill) // bad: LIFE007|LIFE010
    {
        nint block = Marshal.AllocHGlobal(8);
        bool succeeded = false;
        try
        {
            fill(block);
            return block;
        }
        finally
        {
            if (!succeeded)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static nint HandedOverByNullingGood(Action<nint> fill)
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            fill(block);
            nint result = block;
            block = 0;
            return result;
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void FilterGood(Func<nint, int> work, int limit)
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            work(block);
        }
        catch (IOException exception) when (exception.HResult > limit)
        {
            Io.PrintLine("filtered");
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void FilterThatFreesGood(Func<nint, int> work)
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            work(block);
        }
        catch (Exception) when (Released(block))
        {
            return;
        }

        Marshal.FreeHGlobal(block);
    }

    public static void EveryCatchButOneBad(Func<nint, int> work) // bad: LIFE004|LIFE005
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            work(block);
            Marshal.FreeHGlobal(block);
        }
        catch (IOException)
        {
            Marshal.FreeHGlobal(block);
        }
        catch (TimeoutException)
        {
            Io.PrintLine("late");
        }
    }

    public static void FinallyWithLoopGood(Action work)
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            work();
        }
        finally
        {
            for (int i = 0; i < 8; i++)
            {
                Marshal.WriteByte(block, i, 0);
            }

            Marshal.FreeHGlobal(block);
        }
    }

    public static void ConditionalFinallyBad(Action work, bool keep) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            work();
        }
        finally
        {
            if (!keep)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static void BreakOutOfTryGood(Action[] works)
    {
        foreach (Action work in works)
        {
            nint block = Marshal.AllocHGlobal(8);
            try
            {
                if (work is null)
                {
                    break;
                }

                work();
            }
            finally
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static void ContinueOutOfTryGood(Action[] works)
    {
        foreach (Action work in works)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(8);
            try
            {
                if (work is null)
                {
                    continue;
                }

                work();
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    public static void TryInsideLoopFreedTwiceBad(Action[] works) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        int i = 0;
        do
        {
            try
            {
                works[i]();
            }
            finally
            {
                Marshal.FreeHGlobal(block);
            }

            i++;
        }
        while (i < works.Length);
    }

    private static bool Released(nint block)
    {
        Marshal.FreeHGlobal(block);
        return true;
    }
}
