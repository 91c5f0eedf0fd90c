// weakness: CWE-401 Missing Release of Memory after Effective Lifetime
// construct: one condition that is asked in two forms, and a result by which the caller tells whether a block came with it
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace Cases.TwoFormsOfOneQuestion;

public static class Questions
{
    public static int CountOverALoop(List<int> numbers)
    {
        IntPtr block = numbers.Count != 0 ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        int sum = 0;
        for (int i = 0; i < numbers.Count; i++)
        {
            sum += numbers[i];
        }

        if (numbers.Count != 0)
        {
            Marshal.FreeHGlobal(block);
        }

        return sum;
    }

    public static int CountOfAnother(List<int> numbers, List<int> others) // bad: LIFE004
    {
        IntPtr block = numbers.Count != 0 ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        int sum = 0;
        for (int i = 0; i < numbers.Count; i++)
        {
            sum += numbers[i];
        }

        if (others.Count != 0)
        {
            Marshal.FreeHGlobal(block);
        }

        return sum;
    }

    public static int EmptySpan(ReadOnlySpan<byte> bytes)
    {
        IntPtr block = bytes.Length > 0 ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        foreach (byte one in bytes)
        {
            Marshal.WriteByte(block, one);
        }

        if (!bytes.IsEmpty)
        {
            Marshal.FreeHGlobal(block);
        }

        return bytes.Length;
    }

    public static int EmptySpanTurnedRound(ReadOnlySpan<byte> bytes) // bad: LIFE003
    {
        IntPtr block = bytes.Length > 0 ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        foreach (byte one in bytes)
        {
            Marshal.WriteByte(block, one);
        }

        if (bytes.IsEmpty)
        {
            Marshal.FreeHGlobal(block);
        }

        return bytes.Length;
    }

    public static void EmptyText(string text)
    {
        IntPtr block = text.Length > 0 ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        if (!string.IsNullOrEmpty(text))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void EmptyTextTurnedRound(string text) // bad: LIFE003
    {
        IntPtr block = text.Length > 0 ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        if (string.IsNullOrEmpty(text))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void Flag(FileAccess access)
    {
        IntPtr block = (access & FileAccess.Read) != 0 ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        if ((access & FileAccess.Read) == FileAccess.Read)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void OtherFlag(FileAccess access) // bad: LIFE004
    {
        IntPtr block = (access & FileAccess.Read) != 0 ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        if ((access & FileAccess.Write) == FileAccess.Write)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void BothFlags(FileAccess access) // bad: LIFE004
    {
        IntPtr block = (access & FileAccess.ReadWrite) != 0 ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        if ((access & FileAccess.ReadWrite) == FileAccess.ReadWrite)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int CastAndTest(object given)
    {
        string? text = given as string;
        IntPtr block = text != null ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        if (given is string)
        {
            Marshal.FreeHGlobal(block);
        }

        return text?.Length ?? 0;
    }

    public static int CastAndOtherTest(object given) // bad: LIFE004
    {
        string? text = given as string;
        IntPtr block = text != null ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        if (given is IFormattable)
        {
            Marshal.FreeHGlobal(block);
        }

        return text?.Length ?? 0;
    }

    public static void Lifted(int? count)
    {
        IntPtr block = count > 3 ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        if (count.HasValue && count.Value > 3)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void LiftedAndMore(int? count) // bad: LIFE004
    {
        IntPtr block = count > 3 ? Marshal.AllocHGlobal(8) : IntPtr.Zero;
        if (count.HasValue && count.Value > 4)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}

public static class Results
{
    public static int AtMost(int count)
    {
        int got = AtMost(count, out IntPtr block);
        if (got < 0)
        {
            return got;
        }

        Marshal.FreeHGlobal(block);
        return got;
    }

    public static int AtMostTooFew(int count) // bad: LIFE004
    {
        int got = AtMost(count, out IntPtr block);
        if (got < 2)
        {
            return got;
        }

        Marshal.FreeHGlobal(block);
        return got;
    }

    private static int AtMost(int count, out IntPtr block)
    {
        block = IntPtr.Zero;
        if (count <= 0)
        {
            return -1;
        }

        block = Marshal.AllocHGlobal(count);
        return Math.Min(count, 100);
    }

    public static int Within(int count)
    {
        int got = Within(count, out IntPtr block);
        if (got == 0)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return got;
    }

    private static int Within(int count, out IntPtr block)
    {
        block = IntPtr.Zero;
        if (count <= 0)
        {
            return 0;
        }

        block = Marshal.AllocHGlobal(count);
        return Math.Clamp(count, 1, 10);
    }

    public static int LengthOf(string text)
    {
        int length = LengthOf(text, out IntPtr block);
        if (length == 0)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return length;
    }

    private static int LengthOf(string text, out IntPtr block)
    {
        block = IntPtr.Zero;
        if (text.Length == 0)
        {
            return 0;
        }

        block = Marshal.StringToHGlobalUni(text);
        return text.Length;
    }

    public static int WithTerminator(string text)
    {
        int length = WithTerminator(text, out IntPtr block);
        if (length == 0)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return length;
    }

    public static int WithTerminatorTooShort(string text) // bad: LIFE004
    {
        int length = WithTerminator(text, out IntPtr block);
        if (length <= 1)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return length;
    }

    private static int WithTerminator(string text, out IntPtr block)
    {
        block = IntPtr.Zero;
        if (text == "")
        {
            return 0;
        }

        block = Marshal.StringToHGlobalUni(text);
        return text.Length + 1;
    }

    public static long SizeOf(Stream stream)
    {
        long size = SizeOf(stream, out IntPtr block);
        if (size == 0)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return size;
    }

    private static long SizeOf(Stream stream, out IntPtr block)
    {
        block = IntPtr.Zero;
        long size = stream.Length;
        if (size == 0)
        {
            return 0;
        }

        block = Marshal.AllocHGlobal((IntPtr)size);
        return size;
    }

    public static int Line(TextReader reader)
    {
        string? line = Line(reader, out IntPtr block);
        if (line == null)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return line.Length;
    }

    public static int LineTurnedRound(TextReader reader) // bad: LIFE003
    {
        string? line = Line(reader, out IntPtr block);
        if (line != null)
        {
            return line.Length;
        }

        Marshal.FreeHGlobal(block);
        return 0;
    }

    private static string? Line(TextReader reader, out IntPtr block)
    {
        block = IntPtr.Zero;
        string? line = reader.ReadLine();
        if (line == null)
        {
            return null;
        }

        block = Marshal.AllocHGlobal(line.Length + 1);
        return line;
    }

    public static int Number(int size)
    {
        int id = Number(size, out IntPtr block);
        if (id == 0)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return id;
    }

    private static int s_next = 1;

    private static int Number(int size, out IntPtr block)
    {
        block = IntPtr.Zero;
        if (size < 0)
        {
            return 0;
        }

        block = Marshal.AllocHGlobal(size);
        return s_next++ | 1;
    }
}
