// weakness: double free
// construct: elements of a table whose address goes to a function that releases what lies there
using System.Runtime.InteropServices;

namespace Cases.RealCode.ElementsByAddress;

internal unsafe struct Job
{
    public int Number;
    public void* Lock;
    public nint Result;
}

internal static unsafe class Jobs
{
    private static void Init(void** at) => *at = (void*)(nint)GCHandle.Alloc(new object());

    private static void Free(void** at) => GCHandle.FromIntPtr((nint)(*at)).Free();

    private static void FreeResult(nint* at) => NativeMemory.Free((void*)*at);

    private static void FreeResult(ref nint at) => NativeMemory.Free((void*)at);

    public static Job* Make(int count)
    {
        var jobs = (Job*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(Job));
        for (int i = 0; i < count; i++)
        {
            Init(&jobs[i].Lock);
        }

        return jobs;
    }

    private static Job* Reserve(int count) => s_reserve is null ? null : s_reserve(count);

    private static delegate*<int, Job*> s_reserve;

    public static Job* MakeInForeignMemory(int count)
    {
        Job* jobs = Reserve(count);
        if (jobs == null)
        {
            return null;
        }

        for (int i = 0; i < count; i++)
        {
            Init(&jobs[i].Lock);
        }

        return jobs;
    }

    public static void FreeLocks(Job* jobs, int count)
    {
        if (jobs == null)
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            Free(&jobs[i].Lock);
        }

        NativeMemory.Free(jobs);
    }

    public static void FreeResults(Job* jobs, uint count)
    {
        for (uint i = 0; i < count; i++)
        {
            FreeResult(&jobs[i].Result);
        }

        NativeMemory.Free(jobs);
    }

    public static void FreePointers(void** locks, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Free(&locks[i]);
        }

        NativeMemory.Free(locks);
    }

    public static void FreeByReference(Job[] jobs)
    {
        for (int i = 0; i < jobs.Length; i++)
        {
            FreeResult(ref jobs[i].Result);
        }
    }

    public static void FreeBackwards(Job* end, int count)
    {
        while (count-- > 0)
        {
            end--;
            FreeResult(&end->Result);
        }
    }

    public static void OneTwiceBad(Job* job) // bad: LIFE006
    {
        NativeMemory.Free(job->Lock);
        NativeMemory.Free(job->Lock);
    }

    public static void TableInTheLoopBad(Job* jobs, int count) // bad: LIFE007
    {
        for (int i = 0; i < count; i++)
        {
            FreeResult(&jobs[i].Result);
            NativeMemory.Free(jobs);
        }
    }
}
