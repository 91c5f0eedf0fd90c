using System.Buffers;
using System.Runtime.InteropServices;

namespace Acme.Wrong;

unsafe class W
{
    static void Use(void* p) { if (p == null) throw new ArgumentNullException(nameof(p)); }
    static void Use(byte[] b) { if (b.Length == 0) throw new ArgumentException("empty"); }

    static void Double(int n)
    {
        var p = NativeMemory.Alloc((nuint)n);
        try
        {
            Use(p);
            NativeMemory.Free(p); // done with it
        }
        finally
        {
            NativeMemory.Free(p);
        }
    }

    static void DoubleBranch(bool flag)
    {
        void* p = NativeMemory.Alloc(10);
        if (flag)
        {
            Console.WriteLine("flag");
            NativeMemory.Free(p);
        }

        // ...
        NativeMemory.Free(p);
    }

    static int DoubleReturn(int n)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(n);
        int sum = 0;
        foreach (var b in rented) sum += b;
        ArrayPool<byte>.Shared.Return(rented);
        if (sum > 10)
        {
            Console.WriteLine(sum);
        }
        ArrayPool<byte>.Shared.Return(rented);
        return sum;
    }

    static int UseAfter()
    {
        int* p = (int*)NativeMemory.Alloc(4);
        *p = 5;
        NativeMemory.Free(p);
        return *p;
    }

    static void UseAfterReturn(Stream s)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(10);
        buffer[0] = 1;
        ArrayPool<byte>.Shared.Return(buffer);
        s.Write(buffer, 0, 10);
    }

    struct Node { public Node* Next; public int Value; }

    static void FreeList(Node* head)
    {
        while (head != null)
        {
            NativeMemory.Free(head);
            head = head->Next;
        }
    }

    static void FreeList2(Node* head)
    {
        for (Node* n = head; n != null; n = n->Next)
        {
            NativeMemory.Free(n);
        }
    }

    static void WrongFamily(int n)
    {
        IntPtr p = Marshal.AllocHGlobal(n);
        Marshal.WriteByte(p, 1);
        Marshal.FreeCoTaskMem(p);
        void* q = NativeMemory.AlignedAlloc(64, 32);
        NativeMemory.Free(q);
        var s = Marshal.StringToBSTR("x");
        Marshal.FreeHGlobal(s);
        var t = (IntPtr)NativeMemory.Alloc(4);
        Marshal.FreeHGlobal(t);
        var u = (byte*)Marshal.AllocCoTaskMem(4);
        NativeMemory.Free(u);
    }

    static void Interior(int n)
    {
        byte* p = (byte*)NativeMemory.Alloc((nuint)n);
        byte* end = p + n;
        while (p < end) *p++ = 0;
        NativeMemory.Free(p);
    }

    static void Interior2(int n)
    {
        var p = (byte*)NativeMemory.Alloc((nuint)n);
        *p = 3;
        NativeMemory.Free(p + 1);
    }

    static void StackFree()
    {
        byte* p = stackalloc byte[16];
        p[0] = 1;
        NativeMemory.Free(p);
    }

    static void NotRented()
    {
        var b = new byte[10];
        b[0] = 1;
        ArrayPool<byte>.Shared.Return(b);
    }
}
