// weakness: CWE-401
// construct: results that call one of two delegates, structs that are nothing but for one member
using System;
using System.Runtime.InteropServices;

namespace Cases.MatchedResults;

internal sealed class Text : IDisposable
{
    private nint _start;

    public Text(string text) => _start = Marshal.StringToHGlobalUni(text);

    public int Length => Marshal.PtrToStringUni(_start)!.Length;

    public void Dispose()
    {
        Marshal.FreeHGlobal(_start);
        _start = 0;
    }
}

internal readonly struct Result<T>
{
    public T? Value { get; init; }

    public string? Error { get; init; }

    public bool IsGood => Error is null;

    public static Result<T> Of(T value) => new() { Value = value };

    public static Result<T> Fail(string error) => new() { Error = error };

    public R Match<R>(Func<T, R> good, Func<string, R> bad) => IsGood ? good(Value!) : bad(Error!);

    public R When<R>(bool isWanted, Func<T, R> good, R other) => isWanted ? good(Value!) : other;
}

internal static class Parser
{
    private static Result<Text> Parse(string text) => text.Length == 0 ? Result<Text>.Fail("empty") : Result<Text>.Of(new Text(text));

    public static int MatchGood(string text) => Parse(text).Match(
        found =>
        {
            using (found)
            {
                return found.Length;
            }
        },
        _ => -1);

    public static int MatchLaterGood(string text)
    {
        var result = Parse(text);
        return result.Match(
            found =>
            {
                found.Dispose();
                return 1;
            },
            _ => -1);
    }

    public static int WhenBad(string text, bool isWanted) // bad: LIFE003|LIFE004
    {
        var result = Result<Text>.Of(new Text(text));
        return result.When(
            isWanted,
            found =>
            {
                found.Dispose();
                return 1;
            },
            -1);
    }
}

internal struct Halves
{
    public nint Left;
    public nint Right;
}

internal static class With
{
    public static void OtherGood()
    {
        Halves halves = default;
        halves.Left = Marshal.AllocHGlobal(8);
        var both = halves with { Right = Marshal.AllocHGlobal(8) };
        Marshal.FreeHGlobal(both.Left);
        Marshal.FreeHGlobal(both.Right);
    }

    public static void OtherBad() // bad: LIFE003
    {
        Halves halves = default;
        halves.Left = Marshal.AllocHGlobal(8);
        var both = halves with { Right = Marshal.AllocHGlobal(8) };
        Marshal.FreeHGlobal(both.Left);
        Marshal.FreeHGlobal(halves.Right);
    }
}
