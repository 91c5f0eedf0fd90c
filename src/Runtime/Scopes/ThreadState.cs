using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

/// <summary>
/// What the calling thread works for. Mirrors the ambient scope, which travels with the execution context, into
/// thread-local storage, where reading it costs a fraction.
/// </summary>
internal static unsafe class ThreadState
{
    /// <summary>The sub-heap that the thread holds for the ambient scope; null until it allocates something.</summary>
    [ThreadStatic]
    public static SubHeap* Heap;

    /// <summary>The ambient scope; may have ended.</summary>
    [ThreadStatic]
    public static RequestScope? Scope;

    [ThreadStatic]
    private static ThreadRecord* s_record;

    [ThreadStatic]
    private static ThreadEnd? s_end;

    /// <summary>The thread's record.</summary>
    public static ThreadRecord* Record
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ThreadRecord* record = s_record;
            return record != null ? record : FindRecord();
        }
    }

    private static ThreadRecord* FindRecord()
    {
        s_record = ThreadRecord.ForCallingThread(out long life);
        s_end = new ThreadEnd(s_record, life);
        return s_record;
    }

    /// <summary>Becomes unreachable when its thread ends.</summary>
    private sealed class ThreadEnd(ThreadRecord* record, long life)
    {
        ~ThreadEnd() => ThreadRecord.ThreadDied(record, life);
    }
}
