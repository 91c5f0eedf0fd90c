using System.Runtime.InteropServices;

namespace MoreThanReleases;

/// <summary>Releases in functions of the project that do more than release: what else they do is not lost.</summary>
public static unsafe class Jobs
{
    private static int s_finished;

    private static void Finish(nint block)
    {
        s_finished++;
        Marshal.FreeHGlobal(block);
    }

    private static void Finish(nint block, string why)
    {
        Console.WriteLine(why);
        Marshal.FreeHGlobal(block);
    }

    private static void Work(nint block)
    {
        if (s_finished > 10)
        {
            throw new InvalidOperationException();
        }

        Marshal.WriteByte(block, 1);
    }

    public static void OnOneWay(bool early)
    {
        nint block = Marshal.AllocHGlobal(8);
        if (early)
        {
            Finish(block);
            return;
        }

        Work(block);
        Marshal.FreeHGlobal(block);
    }

    public static void AtTheEnd(bool early)
    {
        nint block = Marshal.AllocHGlobal(8);
        if (early)
        {
            Marshal.FreeHGlobal(block);
            return;
        }

        Work(block);
        Finish(block);
    }

    public static void WithTwoReasons(bool early)
    {
        nint block = Marshal.AllocHGlobal(8); // not repaired: both ways end with a word of their own, and one of them throws itself
        if (early)
        {
            Finish(block, "early");
            return;
        }

        Work(block);
        Finish(block, "late");
    }

    public static void TheSameTwice(bool early)
    {
        nint block = Marshal.AllocHGlobal(8);
        if (early)
        {
            Finish(block);
            return;
        }

        Work(block);
        Finish(block);
    }

    public static int OnlyOnOneWay(int x)
    {
        nint block = Marshal.AllocHGlobal(8);
        if (x > 3)
        {
            Finish(block);
            return 1;
        }

        return 2;
    }

    public static int Inner(int x)
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        byte* p = block + 1;
        Work((nint)p);
        NativeMemory.Free(p);
        return x;
    }

    public static int InnerOfOwner(int x)
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        Work((nint)block);
        NativeMemory.Free(block + 4);
        return x;
    }

    public static int InnerMoved(int x)
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        while (x-- > 0)
        {
            Work((nint)block);
            block++;
        }

        NativeMemory.Free(block);
        return x;
    }

    public static int InnerOfUnknownPlace(int x)
    {
        byte* block = (byte*)NativeMemory.Alloc(8); // not repaired: first the wrong release has to be mended, which another rule does later
        byte* p = block;
        while (x-- > 0)
        {
            Work((nint)p);
            p++;
        }

        if (p > block)
        {
            NativeMemory.Free(p);
            return 0;
        }

        Work((nint)block);
        NativeMemory.Free(block);
        return x;
    }
}
