using System.Buffers;
using System.Runtime.InteropServices;

namespace N5;

internal struct Cursor
{
    public nint Base;
    public int Length;
}

internal unsafe struct Node
{
    public Node* Next;
    public int Value;
}

internal sealed class Lease
{
    public byte[] Bytes = [];
    public GCHandle Pin;
}

internal sealed class Leases
{
    public Lease RentLease(int size)
    {
        var lease = new Lease { Bytes = new byte[size] };
        lease.Pin = GCHandle.Alloc(lease.Bytes, GCHandleType.Pinned);
        return lease;
    }

    public void ReturnLease(Lease lease) => lease.Pin.Free();
}

internal sealed class Message : IDisposable
{
    private nint _body;

    public Message(int size) => _body = Marshal.AllocHGlobal(size);

    private Message(nint body) => _body = body;

    public nint Body => _body;

    public Message TakeOver()
    {
        nint body = _body;
        _body = 0;
        return new Message(body);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_body);
        _body = 0;
    }
}

internal static unsafe class Wrong
{
    public static int FreedUsedFreed(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        Marshal.FreeHGlobal(block);
        int value = Marshal.ReadInt32(block);
        Marshal.FreeHGlobal(block);
        return value;
    }

    public static void OnOneBranch(bool early)
    {
        int* block = (int*)NativeMemory.Alloc(8);
        if (early)
        {
            NativeMemory.Free(block);
        }

        *block = 1;
        if (!early)
        {
            NativeMemory.Free(block);
        }
    }

    public static nint CaughtAndWentOn(Stream stream)
    {
        nint block = Marshal.AllocHGlobal(64); // not repaired: other exceptions pass the catch
        try
        {
            Marshal.WriteInt32(block, stream.ReadByte());
        }
        catch (IOException)
        {
            Marshal.FreeHGlobal(block);
        }

        Marshal.WriteInt32(block, 1);
        return block;
    }

    public static void WrongThenRight(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        GCHandle.FromIntPtr(block).Free();
        Marshal.FreeHGlobal(block);
    }

    public static void PinnedAddress(byte[] bytes)
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        nint address = handle.AddrOfPinnedObject();
        GCHandle.FromIntPtr(address).Free();
    }

    public static int MovedMember(int n)
    {
        Cursor cursor = default;
        cursor.Base = Marshal.AllocHGlobal(n);
        cursor.Length = n;
        cursor.Base += 4;
        int value = Marshal.ReadInt32(cursor.Base);
        Marshal.FreeHGlobal(cursor.Base);
        return value;
    }

    public static void Stepped()
    {
        byte* cursor = (byte*)NativeMemory.Alloc(8);
        cursor++;
        NativeMemory.Free(cursor++);
    }

    public static void SteppedAndUsed()
    {
        byte* cursor = (byte*)NativeMemory.Alloc(8);
        cursor++;
        NativeMemory.Free(cursor++); // not repaired: where the variable points afterwards is asked for
        Console.WriteLine((nint)cursor);
    }

    public static void View()
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        var tail = new Span<byte>(block + 4, 4);
        NativeMemory.Free(System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(tail)));
    }

    public static void Walked(int count)
    {
        Node* head = null;
        for (int i = 0; i < count; i++)
        {
            Node* node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
            node->Next = head;
            head = node;
        }

        while (head != null)
        {
            NativeMemory.Free(head);
            head = head->Next;
        }
    }

    public static byte LostResult(nuint wanted)
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        NativeMemory.Realloc(block, wanted);
        return block[0];
    }

    public static int Leased(Leases leases, int size)
    {
        var lease = leases.RentLease(size);
        return lease.Bytes.Length;
    }

    public static void TakenOver(int size)
    {
        using var message = new Message(size);
        Message moved = message.TakeOver();
        Console.WriteLine(moved.Body);
    }
}
