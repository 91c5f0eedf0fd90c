using System.Runtime.InteropServices;

namespace TakenOver;

internal sealed class Jobs(TextWriter log)
{
    private readonly Queue<nint> _waiting = new();
    private bool _isClosed;

    public void Post(nint payload)
    {
        if (_isClosed)
        {
            throw new ObjectDisposedException(nameof(Jobs));
        }

        lock (_waiting)
        {
            _waiting.Enqueue(payload);
        }
    }

    public void PostAndTell(nint payload)
    {
        _waiting.Enqueue(payload);
        log.WriteLine("posted");
    }

    public void PostAndCheck(nint payload)
    {
        _waiting.Enqueue(payload);
        if (_waiting.Count > 100)
        {
            throw new InvalidOperationException();
        }
    }

    public void Close()
    {
        _isClosed = true;
        while (_waiting.TryDequeue(out nint payload))
        {
            Marshal.FreeHGlobal(payload);
        }
    }
}

internal interface IBox
{
    void Put(nint payload);
}

internal static class Senders
{
    private static void Hand(IBox box, nint payload) => box.Put(payload);

    private static void Along(Jobs jobs, nint payload) => jobs.Post(payload);

    // The queue is closed before it has taken anything.
    public static void Posted(Jobs jobs, int size)
    {
        nint payload = Marshal.AllocHGlobal(size);
        Marshal.WriteByte(payload, 7);
        jobs.Post(payload);
    }

    public static void PostedAlong(Jobs jobs, int size)
    {
        nint payload = Marshal.AllocHGlobal(size);
        Along(jobs, payload);
    }

    // It throws with the block in it.
    public static void PostedAndTold(Jobs jobs, int size)
    {
        nint payload = Marshal.AllocHGlobal(size);
        jobs.PostAndTell(payload);
    }

    public static void PostedAndChecked(Jobs jobs, int size)
    {
        nint payload = Marshal.AllocHGlobal(size);
        jobs.PostAndCheck(payload);
    }

    public static void PutIntoBox(IBox box, int size)
    {
        nint payload = Marshal.AllocHGlobal(size); // not repaired: the box may have kept it before it throws
        Hand(box, payload);
    }
}
