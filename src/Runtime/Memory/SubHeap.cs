using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>
/// The part of a scope that one thread at a time allocates from, without locks. A scope has as many as threads worked for
/// it at the same time. Sub-heaps are never freed, only used again, so that a stale pointer to one can be read safely.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = TotalBytes)]
internal unsafe struct SubHeap
{
    private const int SlotsOffset = 128;
    private const int RemoteOffset = SlotsOffset + (ClassSlot.Bytes * 54);
    private const int HotOffset = TotalBytes - 64; // not at the start: blocks often start with a page, and processors take addresses that are 4096 bytes apart for one another
    private const int WatchedOffset = HotOffset - 64; // the same
    private const int TotalBytes = 2048; // a power of two: where a slot lies says where its sub-heap starts

    /// <summary><see cref="Holder"/>: nobody holds it, any thread of the scope may take it.</summary>
    public const nint Idle = 0;

    /// <summary><see cref="Holder"/>: it belongs to no scope.</summary>
    public const nint Pooled = 1;

    /// <summary><see cref="Holder"/>: it waits to be taken back (<see cref="CondemnedHeaps.Bury"/>), and for nothing else.</summary>
    public const nint Buried = 2;

    /// <summary>Owner of chunks that belong to no sub-heap.</summary>
    public static readonly SubHeap* Nobody = Create();

    private static nint s_all;

    /// <summary>Window of the thread that may use the paths without locks; <see cref="ThreadRecord.NoWindow"/> when there is none, or when every call must be seen.</summary>
    [FieldOffset(HotOffset)]
    public nuint Owner;

    /// <summary>Bytes charged. Includes blocks that other threads released and that have not been taken back (<see cref="RemoteBytes"/>).</summary>
    [FieldOffset(HotOffset + 8)]
    public ulong Used;

    /// <summary>Going beyond this takes the slow path. <see cref="Grant"/>, or 0 when every call must be seen.</summary>
    [FieldOffset(HotOffset + 16)]
    public ulong Trigger;

    /// <summary>Highest <see cref="Used"/> seen at a release since peaks were last gathered.</summary>
    [FieldOffset(HotOffset + 24)]
    public ulong Peak;

    /// <summary>Bytes that the scope allows this sub-heap.</summary>
    [FieldOffset(HotOffset + 32)]
    public ulong Grant;

    /// <summary>The scope it works for.</summary>
    [FieldOffset(HotOffset + 40)]
    public long ScopeId;

    /// <summary>Who really holds it: <see cref="Idle"/>, <see cref="Pooled"/>, <see cref="Buried"/>, or a <see cref="ThreadRecord"/>.</summary>
    [FieldOffset(HotOffset + 48)]
    public nint Holder;

    /// <summary>Not 0: its scope ended or was recycled; whoever holds it hands it in.</summary>
    [FieldOffset(HotOffset + 56)]
    public int Condemned;

    /// <summary>Held through the scope object; it is not handed in when the ambient scope changes. Changed under the scope's gate.</summary>
    [FieldOffset(HotOffset + 60)]
    public bool Explicit;

    /// <summary>Every call must be seen (debug, trace, statistics, faults).</summary>
    [FieldOffset(HotOffset + 61)]
    public bool Instrumented;

    /// <summary>Window of the thread that may use <see cref="WatchedPath"/>; <see cref="ThreadRecord.NoWindow"/> when there is none, or when each call must be told of.</summary>
    [FieldOffset(WatchedOffset)]
    public nuint Watcher;

    /// <summary>Blocks carry a header (<see cref="DebugBlocks"/>).</summary>
    [FieldOffset(WatchedOffset + 16)]
    public bool Debug;

    /// <summary>No more in the list of its scope, which ended or was recycled. Changed under the scope's gate.</summary>
    [FieldOffset(92)]
    public bool Detached;

    /// <summary>Calls are counted (<see cref="MemoryStatistics"/>).</summary>
    [FieldOffset(WatchedOffset + 17)]
    public bool Counts;

    /// <summary>Chunks may have free pages besides the newest.</summary>
    [FieldOffset(HotOffset + 62)]
    public bool HasHoles;

    /// <summary>Its memory is overwritten when it is handed in.</summary>
    [FieldOffset(HotOffset + 63)]
    public bool ScrubOnReturn;

    /// <summary>Weak handle to the scope.</summary>
    [FieldOffset(0)]
    public nint ScopeHandle;

    /// <summary>Chunks cut into runs, newest first.</summary>
    [FieldOffset(8)]
    public ChunkInfo* Chunks;

    /// <summary>Live huge blocks.</summary>
    [FieldOffset(16)]
    public HugeBlock* Huge;

    /// <summary>Huge blocks kept ready.</summary>
    [FieldOffset(24)]
    public HugeBlock* Spare;

    /// <summary>How many of <see cref="Spare"/>.</summary>
    [FieldOffset(32)]
    public int SpareCount;

    /// <summary>How many of <see cref="Chunks"/>.</summary>
    [FieldOffset(36)]
    public int ChunkCount;

    /// <summary>Bytes of all its chunks and huge blocks.</summary>
    [FieldOffset(40)]
    public long Real;

    /// <summary>One bit a size class: blocks were handed out.</summary>
    [FieldOffset(48)]
    public ulong Touched;

    /// <summary>The next sub-heap of the scope, of a pool or of the graveyard.</summary>
    [FieldOffset(56)]
    public SubHeap* Next;

    /// <summary>The next of <see cref="All"/>.</summary>
    [FieldOffset(64)]
    public SubHeap* AllNext;

    /// <summary>Counters and sites of an instrumented sub-heap; kept for its next use.</summary>
    [FieldOffset(WatchedOffset + 8)]
    public SiteCounters* Counters;

    /// <summary>When it was pooled, in trim ticks; while it is left to its thread, since when (<see cref="Grace.Now"/>).</summary>
    [FieldOffset(80)]
    public long PooledAt;

    /// <summary><see cref="RemoteBytes"/> when peaks were last gathered.</summary>
    [FieldOffset(72)]
    public long RemoteSeen;

    /// <summary>Look for free pages by a collection when that many chunks are held.</summary>
    [FieldOffset(88)]
    public int CollectAt;

    /// <summary>Blocks that other threads released (addresses linked through their first word).</summary>
    [FieldOffset(RemoteOffset)]
    public nint Remote;

    /// <summary>Bytes of <see cref="Remote"/>.</summary>
    [FieldOffset(RemoteOffset + 8)]
    public long RemoteBytes;

    /// <summary>Not 0 while a thread puts something on <see cref="Remote"/>; the sub-heap does not change its scope meanwhile.</summary>
    [FieldOffset(RemoteOffset + 16)]
    public int RemoteGate;

    /// <summary>All sub-heaps there are; the list only grows.</summary>
    public static SubHeap* All => (SubHeap*)Volatile.Read(ref s_all);

    /// <summary>What is kept for a size class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ClassSlot* Slot(SubHeap* heap, nint sizeClass) => (ClassSlot*)((byte*)heap + (sizeClass * ClassSlot.Bytes) + (SlotsOffset + ClassSlot.Bytes));

    /// <summary>What is kept for the class of a small size; <paramref name="bytes"/> is not looked at again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ClassSlot* SlotForSmall(SubHeap* heap, ulong bytes) => (ClassSlot*)((byte*)heap
        + ((nint)Unsafe.Add(ref Unsafe.AsRef(in SizeClasses.SmallSlotOf[0]), (nint)((bytes + 15) >> 4)) * 8) + (SlotsOffset + ClassSlot.Bytes));

    /// <summary>The same, by what <see cref="PageTable"/> says; there are some for pages where no block starts, too.</summary>
    public static ClassSlot* SlotOfPage(SubHeap* heap, nint mapped) => (ClassSlot*)((byte*)heap + (mapped * ClassSlot.Bytes) + SlotsOffset);

    /// <summary>The inverse of <see cref="SlotOfPage"/>.</summary>
    public static int PlaceOf(ClassSlot* slot) => (int)(((nint)slot & (TotalBytes - 1)) - SlotsOffset) / ClassSlot.Bytes;

    /// <summary>The sub-heap that a slot is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SubHeap* Of(ClassSlot* slot) => (SubHeap*)((nint)slot & -TotalBytes);

    /// <summary>Bytes in use, without those that other threads have released.</summary>
    public readonly long LiveBytes => (long)Volatile.Read(in Used) - Volatile.Read(in RemoteBytes);

    /// <summary>The most bytes in use since peaks were last gathered.</summary>
    public readonly long HighBytes => Math.Max(LiveBytes, (long)Math.Max(Peak, Used) - RemoteSeen);

    /// <summary>The scope; null when it is gone.</summary>
    public readonly RequestScope? Scope
    {
        get => ScopeHandle == 0 ? null : GCHandle.FromIntPtr(ScopeHandle).Target as RequestScope;
        set
        {
            var handle = GCHandle.FromIntPtr(ScopeHandle);
            handle.Target = value;
        }
    }

    /// <summary>Makes one that belongs to no scope.</summary>
    public static SubHeap* Make()
    {
        // Before any code that uses it is optimised: it would look each time whether this has been done.
        RuntimeHelpers.RunClassConstructor(typeof(FastPath).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(CallSites).TypeHandle);
        RuntimeMetrics.EnsureCreated();
        SubHeap* heap = Create();
        heap->ScopeHandle = GCHandle.ToIntPtr(GCHandle.Alloc(null, GCHandleType.Weak));
        nint head;
        do
        {
            head = Volatile.Read(ref s_all);
            heap->AllNext = (SubHeap*)head;
        }
        while (Interlocked.CompareExchange(ref s_all, (nint)heap, head) != head);
        return heap;
    }

    private static SubHeap* Create()
    {
        var heap = (SubHeap*)NativeMemory.AlignedAlloc(TotalBytes, TotalBytes);
        NativeMemory.Clear(heap, TotalBytes);
        heap->Owner = heap->Watcher = ThreadRecord.NoWindow;
        heap->Holder = Pooled;
        for (int sizeClass = 0; sizeClass < SizeClasses.Count; sizeClass++)
        {
            Slot(heap, sizeClass)->Size = (ulong)SizeClasses.SizeOf[sizeClass];
            Slot(heap, sizeClass)->NoRun();
            Slot(heap, sizeClass)->Reciprocal = SizeClasses.Reciprocal[sizeClass];
        }

        return heap;
    }
}
