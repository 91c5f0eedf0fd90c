// weakness: CWE-401
// construct: objects that own memory and go into a new object on one way only
#nullable enable
using System;
using System.Runtime.InteropServices;

namespace Cases.OwnersInNewObjects;

internal sealed class Load : IDisposable
{
    private nint _memory;

    public Load(int size) => _memory = Marshal.AllocHGlobal(size);

    public int Kind => Marshal.ReadInt32(_memory);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_memory);
        _memory = 0;
    }
}

internal abstract class Work : IDisposable
{
    private readonly Load _load;

    protected Work(Load load) => _load = load;

    public void Dispose() => _load.Dispose();
}

internal sealed class Copying : Work
{
    public Copying(Load load)
        : base(load)
    {
    }
}

internal sealed class Hashing : Work
{
    public Hashing(Load load)
        : base(load)
    {
    }
}

internal static class Factory
{
    public static Work? ByExpressionBad(int size) // bad: LIFE004
    {
        var load = new Load(size);
        return load.Kind switch
        {
            1 => new Copying(load),
            2 => new Hashing(load),
            _ => null,
        };
    }

    public static Work? ByConditionBad(int size) // bad: LIFE004
    {
        var load = new Load(size);
        return load.Kind == 1 ? new Copying(load) : null;
    }

    public static Work? ByVariableBad(int size) // bad: LIFE004
    {
        var load = new Load(size);
        Work? work = null;
        if (load.Kind == 1)
        {
            work = new Hashing(load);
        }

        return work;
    }

    public static Work? ByConditionGood(int size)
    {
        var load = new Load(size);
        var work = load.Kind == 1 ? new Copying(load) : null;
        if (work is null)
        {
            load.Dispose();
        }

        return work;
    }

    public static Work ByExpressionGood(int size)
    {
        var load = new Load(size);
        return load.Kind switch
        {
            1 => new Copying(load),
            _ => new Hashing(load),
        };
    }

    public static int UsedHereGood(int size)
    {
        var load = new Load(size);
        Work? work = null;
        try
        {
            if (load.Kind == 1)
            {
                work = new Copying(load);
            }

            return load.Kind;
        }
        finally
        {
            if (work is not null)
            {
                work.Dispose();
            }
            else
            {
                load.Dispose();
            }
        }
    }
}
