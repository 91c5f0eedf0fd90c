// weakness: CWE-762
// construct: pools behind helpers, and collections that are only asked
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace Cases.PoolsThroughHelpers;

internal static class OwnPool
{
    private static readonly ArrayPool<byte> s_pool = ArrayPool<byte>.Create(1 << 20, 16);

    static byte[] Get(int n) => s_pool.Rent(n);

    static void Put(byte[] b) => s_pool.Return(b);

    static void PutShared(byte[] b) => ArrayPool<byte>.Shared.Return(b);

    public static void BadSharedIntoOwn(int n) // bad: LIFE008
    {
        var b = ArrayPool<byte>.Shared.Rent(n);
        Put(b);
    }

    public static void BadOwnIntoShared(int n) // bad: LIFE008
    {
        var b = Get(n);
        PutShared(b);
    }

    public static void GoodOwn(int n)
    {
        var b = Get(n);
        Put(b);
    }

    public static void GoodShared(int n)
    {
        var b = ArrayPool<byte>.Shared.Rent(n);
        PutShared(b);
    }

    public static void GoodDirectly(int n)
    {
        var b = s_pool.Rent(n);
        Put(b);
    }
}

internal sealed class Buffers
{
    private readonly ArrayPool<byte> _pool;

    public Buffers(ArrayPool<byte> pool)
    {
        _pool = pool;
    }

    public byte[] Take(int n) => _pool.Rent(n);

    public void Give(byte[] b) => _pool.Return(b);
}

internal static class PoolUsers
{
    public static void GoodGiven(Buffers x)
    {
        var b = x.Take(3);
        x.Give(b);
    }

    public static void GoodMade()
    {
        var x = new Buffers(ArrayPool<byte>.Shared);
        var b = x.Take(3);
        x.Give(b);
    }

    public static void GoodMadeShared()
    {
        var x = new Buffers(ArrayPool<byte>.Shared);
        var b = ArrayPool<byte>.Shared.Rent(3);
        x.Give(b);
    }

    public static void GoodHanded(ArrayPool<byte> pool)
    {
        var b = pool.Rent(3);
        Return(pool, b);
    }

    static void Return(ArrayPool<byte> pool, byte[] b)
    {
        pool.Return(b);
    }

    public static void GoodHandedEither(ArrayPool<byte> one, ArrayPool<byte> other)
    {
        var b = one.Rent(3);
        Return(one, b);
        var c = other.Rent(3);
        Return(other, c);
    }
}

internal sealed class Session : IDisposable
{
    private readonly IntPtr _state = Marshal.AllocHGlobal(256);

    public int Ping() => Marshal.ReadInt32(_state);

    public void Dispose() => Marshal.FreeHGlobal(_state);
}

internal static class Asked
{
    public static int BadSum(int n) // bad: LIFE003|LIFE004
    {
        var list = new List<Session>();
        for (int i = 0; i < n; i++)
        {
            list.Add(new Session());
        }

        return list.Sum(x => x.Ping());
    }

    public static int GoodSum(int n)
    {
        var list = new List<Session>();
        try
        {
            for (int i = 0; i < n; i++)
            {
                list.Add(new Session());
            }

            return list.Sum(x => x.Ping());
        }
        finally
        {
            foreach (var s in list)
            {
                s.Dispose();
            }
        }
    }

    public static bool GoodAny(int n)
    {
        var list = new List<Session>();
        for (int i = 0; i < n; i++)
        {
            list.Add(new Session());
        }

        return list.All(x =>
        {
            x.Dispose(); return true;
        }

        );
    }

    public static Session GoodFirst(int n)
    {
        var list = new List<Session> { new Session() };
        return list.First();
    }

    public static int GoodKept(int n, List<Session> all)
    {
        var list = new List<Session>();
        for (int i = 0; i < n; i++)
        {
            list.Add(new Session());
        }

        return list.Count(x =>
        {
            all.Add(x); return true;
        }

        );
    }
}

internal static class Handed
{
    public static bool GoodHandedIn(int n, Func<Session, bool> each)
    {
        var list = new List<Session>();
        for (int i = 0; i < n; i++)
        {
            list.Add(new Session());
        }

        return list.All(each);
    }
}
