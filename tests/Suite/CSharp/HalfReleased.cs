// weakness: CWE-401
// construct: a function that releases a native struct, and what hangs in it only in part

using System.Runtime.InteropServices;

namespace Suite.CSharp.HalfReleased;

public unsafe struct Link
{
    public byte* Input;
    public byte* Output;
    public int Number;
}

public static unsafe class Links
{
    private static Link* Open(int number)
    {
        var link = (Link*)NativeMemory.AllocZeroed((nuint)sizeof(Link));
        link->Input = (byte*)NativeMemory.Alloc(64);
        link->Output = (byte*)NativeMemory.Alloc(64);
        link->Number = number;
        return link;
    }

    private static void CloseHalf(Link* link)
    {
        if (link == null)
        {
            return;
        }

        NativeMemory.Free(link->Input);
        NativeMemory.Free(link);
    }

    private static void Close(Link* link)
    {
        NativeMemory.Free(link->Input);
        NativeMemory.Free(link->Output);
        NativeMemory.Free(link);
    }

    private static void CloseByHelper(Link* link)
    {
        var own = link;
        Empty(own);
        NativeMemory.Free(link);
    }

    private static void Empty(Link* link)
    {
        NativeMemory.Free(link->Input);
        NativeMemory.Free(link->Output);
    }

    public static int HalfBad(int number) // bad: LIFE003
    {
        var link = Open(number);
        var read = link->Number;
        CloseHalf(link);
        return read;
    }

    public static int WholeGood(int number)
    {
        var link = Open(number);
        var read = link->Number;
        Close(link);
        return read;
    }

    public static int ByHelperGood(int number)
    {
        var link = Open(number);
        var read = link->Number;
        CloseByHelper(link);
        return read;
    }

    public static int TakenOutGood(int number)
    {
        var link = Open(number);
        var output = link->Output;
        CloseHalf(link);
        NativeMemory.Free(output);
        return number;
    }

    private static Link* Append(Link* first, int number)
    {
        if (first == null)
        {
            return Open(number);
        }

        first->Number += number;
        return first;
    }

    public static int InRoundsGood(int[] numbers)
    {
        Link* first = null;
        foreach (var number in numbers)
        {
            first = Append(first, number);
        }

        if (first == null)
        {
            return 0;
        }

        var sum = first->Number;
        Close(first);
        return sum;
    }

    public static int InRoundsBad(int[] numbers) // bad: LIFE004
    {
        Link* first = null;
        foreach (var number in numbers)
        {
            first = Open(number);
        }

        if (first == null)
        {
            return 0;
        }

        var sum = first->Number;
        Close(first);
        return sum;
    }
}
