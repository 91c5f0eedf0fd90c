// weakness: CWE-401
// construct: an attributed out parameter of an imported function that says by a code whether it has given a block
using System;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.CodesOfAttributes;

internal enum Code
{
    Ok,
    Busy,
}

internal static class Native
{
    [DllImport("statements")]
    public static extern int statements_make(string text, [Allocates("made statement")] out IntPtr statement);

    [DllImport("statements")]
    public static extern int statements_drop([Releases("made statement")] IntPtr statement);

    [DllImport("statements")]
    public static extern int statements_run(IntPtr statement);

    [DllImport("statements")]
    public static extern int statements_text(IntPtr statement, [Allocates("made text")] out IntPtr text);

    [DllImport("statements")]
    public static extern void statements_forget([Releases("made text")] IntPtr text);

    [DllImport("statements")]
    public static extern Code statements_cursor(IntPtr statement, [Allocates("made cursor")] out IntPtr cursor);

    [DllImport("statements")]
    public static extern void statements_uncursor([Releases("made cursor")] IntPtr cursor);
}

internal sealed class StatementException : Exception
{
    public StatementException(string message)
        : base(message)
    {
    }
}

internal static class Users
{
    private static void Expect(int code)
    {
        if (code != 0)
        {
            throw new StatementException("code " + code);
        }
    }

    public static int ExpectedGood(string text)
    {
        Expect(Native.statements_make(text, out var statement));
        int result = Native.statements_run(statement);
        Native.statements_drop(statement);
        return result;
    }

    public static int ExpectedTwiceBad(string text) // bad: LIFE004
    {
        Expect(Native.statements_make(text, out var statement));
        if (Native.statements_run(statement) != 0)
        {
            return -1;
        }

        Native.statements_drop(statement);
        return 0;
    }

    private static void Check(int code)
    {
        if (code != 0)
        {
            throw new InvalidOperationException("code " + code);
        }
    }

    public static int TestedGood(string text)
    {
        if (Native.statements_make(text, out var statement) != 0)
        {
            return -1;
        }

        int result = Native.statements_run(statement);
        Native.statements_drop(statement);
        return result;
    }

    public static int KeptCodeGood(string text)
    {
        int code = Native.statements_make(text, out var statement);
        if (code != 0)
        {
            throw new InvalidOperationException("code " + code);
        }

        try
        {
            return Native.statements_run(statement);
        }
        finally
        {
            Native.statements_drop(statement);
        }
    }

    public static void CheckedGood(string text)
    {
        Check(Native.statements_make(text, out var statement));
        Native.statements_drop(statement);
    }

    // the text is there when something went wrong
    public static string? TextGood(IntPtr statement)
    {
        if (Native.statements_text(statement, out var text) == 0)
        {
            return null;
        }

        string? said = Marshal.PtrToStringUTF8(text);
        Native.statements_forget(text);
        return said;
    }

    public static int EnumGood(IntPtr statement)
    {
        if (Native.statements_cursor(statement, out var cursor) != Code.Ok)
        {
            return -1;
        }

        Native.statements_uncursor(cursor);
        return 1;
    }

    public static int LostBad(string text) // bad: LIFE003|LIFE004
    {
        if (Native.statements_make(text, out var statement) != 0)
        {
            return -1;
        }

        int result = Native.statements_run(statement);
        if (result != 0)
        {
            return result;
        }

        Native.statements_drop(statement);
        return 0;
    }

    public static string? TextBad(IntPtr statement) // bad: LIFE003|LIFE004
    {
        if (Native.statements_text(statement, out var text) == 0)
        {
            return null;
        }

        return Marshal.PtrToStringUTF8(text);
    }

    public static int EnumBad(IntPtr statement) // bad: LIFE003|LIFE004
    {
        if (Native.statements_cursor(statement, out var cursor) == Code.Ok)
        {
            Io.PrintInt(Native.statements_run(cursor));
        }

        return 1;
    }
}
