// weakness: CWE-401
// construct: new objects of one of several types, that are asked which one they are
using System;
using System.Runtime.InteropServices;

namespace Cases.TestedForTheirType;

internal sealed class Payload : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(8);

    public int Kind => Marshal.ReadByte(_p);

    public void Dispose()
    {
        IntPtr p = _p;
        _p = IntPtr.Zero;
        if (p != IntPtr.Zero)
        {
            Marshal.FreeHGlobal(p);
        }
    }
}

internal abstract class Job : IDisposable
{
    protected Job(Payload payload) => Payload = payload;

    public Payload Payload { get; }

    public abstract int Run();

    public void Dispose() => Payload.Dispose();
}

internal sealed class CopyJob : Job
{
    public CopyJob(Payload payload)
        : base(payload)
    {
    }

    public override int Run() => Payload.Kind;
}

internal sealed class HashJob : Job
{
    public HashJob(Payload payload)
        : base(payload)
    {
    }

    public override int Run() => -Payload.Kind;
}

internal sealed class Box<T> : IDisposable
{
    private readonly Payload _payload = new();

    public int Kind => _payload.Kind;

    public void Dispose() => _payload.Dispose();
}

internal sealed class ReplacedBad : IDisposable
{
    private Job? _job;

    public void Take() => _job = new CopyJob(new Payload()); // bad: LIFE013

    public void Dispose()
    {
        _job?.Dispose();
        _job = null;
    }
}

internal sealed class ReplacedGood : IDisposable
{
    private Job? _job;

    public void Take()
    {
        _job?.Dispose();
        _job = new CopyJob(new Payload());
    }

    public void Dispose()
    {
        _job?.Dispose();
        _job = null;
    }
}

internal sealed class Viewer
{
    private readonly Payload _payload;

    public Viewer(Payload payload) => _payload = payload;

    public int Kind => _payload.Kind;
}

internal sealed class ViewedGood : IDisposable
{
    private Payload? _payload;
    private Viewer? _viewer;

    public int Kind => _viewer?.Kind ?? 0;

    public void Take()
    {
        _payload?.Dispose();
        _payload = new Payload();
        _viewer = new Viewer(_payload);
    }

    public void Dispose() => _payload?.Dispose();
}

internal static class Users
{
    private static Job Make(int n) => n > 5 ? new CopyJob(new Payload()) : new HashJob(new Payload());

    public static int OtherLost(int n) // bad: LIFE003
    {
        Job job = Make(n);
        if (job is not CopyJob)
        {
            return 0;
        }

        int result = job.Run();
        job.Dispose();
        return result;
    }

    public static int CastLost(int n) // bad: LIFE003
    {
        Job job = Make(n);
        var copy = job as CopyJob;
        if (copy == null)
        {
            return 0;
        }

        int result = copy.Run();
        copy.Dispose();
        return result;
    }

    public static int OtherGood(int n)
    {
        Job job = Make(n);
        if (job is not CopyJob)
        {
            job.Dispose();
            return 0;
        }

        int result = job.Run();
        job.Dispose();
        return result;
    }

    public static int CastGood(int n)
    {
        Job job = Make(n);
        using var copy = job as CopyJob;
        if (copy == null)
        {
            job.Dispose();
            return 0;
        }

        return copy.Run();
    }

    public static int OneGood()
    {
        Job job = new HashJob(new Payload());
        switch (job)
        {
            case CopyJob:
                return 0;
            case HashJob hash:
                int result = hash.Run();
                hash.Dispose();
                return result;
            default:
                return 1;
        }
    }

    public static void InterfaceGood()
    {
        object job = new CopyJob(new Payload());
        if (job is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }

    public static int GenericGood<T>()
    {
        object box = new Box<T>();
        if (box is Box<int> numbers)
        {
            int kind = numbers.Kind;
            numbers.Dispose();
            return kind;
        }

        ((Box<T>)box).Dispose();
        return 0;
    }
}
