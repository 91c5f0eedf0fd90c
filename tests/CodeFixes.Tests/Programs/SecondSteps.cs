using System.Runtime.InteropServices;

/// <summary>Mistakes of which one repair is not enough, or which another one hides.</summary>
internal static class SecondSteps
{
    /// <summary>Released before the next attempt, and in a finally around all of them.</summary>
    public static int Retry(Func<int, bool> attempt)
    {
        nint buffer = 0;
        for (int i = 1; i < 4; i++)
        {
            buffer = Marshal.AllocHGlobal(20 * i);
            Marshal.WriteInt32(buffer, i);
            if (attempt(i))
            {
                break;
            }
        }

        int result = Marshal.ReadInt32(buffer);
        Marshal.FreeHGlobal(buffer);
        return result;
    }

    /// <summary>Released in its own turn.</summary>
    [LifetimeAnalyzers.RequestHandler]
    public static int Lines(string[] lines)
    {
        var sum = 0;
        foreach (var line in lines)
        {
            var block = LifetimeAnalyzers.Heap.Malloc(16);
            sum += Marshal.ReadByte(block) + line.Length;
        }

        return sum;
    }

    public static int Caught(Action act)
    {
        try
        {
            act();
            return 0;
        }
        catch (InvalidOperationException)
        {
            var block = Marshal.AllocHGlobal(16);
            Marshal.WriteInt32(block, 3);
            Marshal.FreeHGlobal(block);
            return Marshal.ReadInt32(block);
        }
    }
}

internal unsafe struct Cell<T>
    where T : unmanaged
{
    public T Value;
    public Cell<T>* Next;
}

internal sealed unsafe class Stack<T>
    where T : unmanaged
{
    private Cell<T>* _head;

    /// <summary>Whatever lies in the cell can be read out of it before it goes.</summary>
    public T Pop()
    {
        var cell = _head;
        _head = cell->Next;
        NativeMemory.Free(cell);
        return cell->Value;
    }
}

/// <summary>The base gets something to release: then the override has to call it.</summary>
internal class Session : IDisposable
{
    private nint _scratch;

    public Session() => _scratch = Marshal.AllocHGlobal(16);

    public nint Scratch => _scratch;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Console.WriteLine("ended");
        }
    }
}

internal sealed class NamedSession : Session
{
    private nint _name;

    public NamedSession(string name) => _name = Marshal.StringToHGlobalUni(name);

    public string? Name => Marshal.PtrToStringUni(_name);

    protected override void Dispose(bool disposing)
    {
        Marshal.FreeHGlobal(_name);
        _name = 0;
    }
}

/// <summary>Every object has a block from the beginning: what Load puts in its place would be all that a Dispose sees.</summary>
internal sealed class Palette
{
    private nint _colors;

    public Palette() => _colors = Marshal.AllocHGlobal(16);

    public byte First => Marshal.ReadByte(_colors);

    public void Load(byte[] colors)
    {
        _colors = Marshal.AllocHGlobal(colors.Length);
        Marshal.Copy(colors, 0, _colors, colors.Length);
    }
}

internal unsafe struct Node
{
    public int Value;
    public Node* Next;
}

/// <summary>A pipe that can be opened again.</summary>
internal sealed class Pipe : IDisposable
{
    private nint _pipe = Marshal.AllocHGlobal(16);

    public byte First => Marshal.ReadByte(_pipe);

    public void Reopen()
    {
        _pipe = Marshal.AllocHGlobal(16);
    }

    public void Dispose()
    {
        if (_pipe != 0)
        {
            Marshal.FreeHGlobal(_pipe);
            _pipe = 0;
        }
    }
}

internal static unsafe class Many
{
    public static int List(int n)
    {
        Node* head = null;
        for (int i = 0; i < n; i++)
        {
            var node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
            node->Value = i;
            node->Next = head;
            head = node;
        }

        int sum = 0;
        for (var node = head; node != null; node = node->Next)
        {
            sum += node->Value;
        }

        return sum;
    }

    public static void OneOfAll(int n)
    {
        var queue = new Queue<nint>();
        for (int i = 0; i < n; i++)
        {
            queue.Enqueue(Marshal.AllocHGlobal(8));
        }

        if (queue.Count > 0)
        {
            Marshal.FreeHGlobal(queue.Dequeue());
        }
    }

    public static int UntilSmall(int n)
    {
        nint p;
        while (Marshal.ReadByte(p = Marshal.AllocHGlobal(n)) > 3)
        {
            n++;
        }

        Marshal.FreeHGlobal(p);
        return n;
    }

    public static void AllWrong(int n)
    {
        var blocks = new nint[n];
        for (int i = 0; i < n; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(8);
        }

        ReleaseAll(blocks);
    }

    public static int Reopened()
    {
        using var pipe = new Pipe();
        pipe.Reopen();
        return pipe.First;
    }

    private static void ReleaseAll(nint[] blocks)
    {
        foreach (var block in blocks)
        {
            Marshal.FreeCoTaskMem(block);
        }
    }
}
