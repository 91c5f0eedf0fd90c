// weakness: CWE-401, CWE-772
// construct: a primary constructor that hands what it is given to the constructor of an abstract base
using System;
using System.Runtime.InteropServices;

namespace Cases.PrimaryOverBase;

internal sealed class Payload : IDisposable
{
    private nint _start;

    public Payload(int size) => _start = Marshal.AllocHGlobal(size);

    public int First => Marshal.ReadByte(_start);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_start);
        _start = 0;
    }
}

internal abstract class Job : IDisposable
{
    protected Job(Payload payload) => Payload = payload;

    public Payload Payload { get; }

    public abstract int Run();

    public void Dispose() => Payload.Dispose();
}

internal sealed class CopyJob(Payload payload, int count) : Job(payload)
{
    public override int Run() => Payload.First + count;
}

internal sealed class HashJob(Payload payload) : Job(payload)
{
    public override int Run() => Payload.First;
}

internal static class Jobs
{
    public static Job Make(int size)
    {
        var payload = new Payload(size);
        return new CopyJob(payload, size);
    }

    public static HashJob MakeHash(int size)
    {
        var payload = new Payload(size);
        return new HashJob(payload);
    }

    public static int RunBad(int size) // bad: LIFE003
    {
        var job = Make(size);
        return job.Run();
    }

    public static int RunGood(int size)
    {
        using var job = Make(size);
        return job.Run();
    }

    public static int HashBad(int size) // bad: LIFE003
    {
        var job = MakeHash(size);
        return job.Run();
    }

    public static int HashEarlyBad(int size) // bad: LIFE004
    {
        var job = MakeHash(size);
        if (size == 3)
        {
            return 0;
        }

        var hash = job.Run();
        job.Dispose();
        return hash;
    }

    public static int HashGood(int size)
    {
        var job = MakeHash(size);
        try
        {
            return size == 3 ? 0 : job.Run();
        }
        finally
        {
            job.Dispose();
        }
    }
}
