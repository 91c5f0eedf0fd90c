// weakness: CWE-762 CWE-401
// construct: pointers of native structures: filled by one family and freed by another, given a new block over the one they hold

using System;
using System.Runtime.InteropServices;

namespace Suite.StructureMembers;

public enum Tag
{
    Global,
    Plain,
}

public unsafe struct Val
{
    public Tag Tag;
    public byte* Text;
    public int Length;
}

public unsafe struct Buf
{
    public byte* Data;
    public int Length;
    public int Capacity;
}

public unsafe struct Picture
{
    public uint* Palette;
    public byte* Pixels;
    public bool Owns;
    public int Width;
}

public unsafe struct Node
{
    public Node* Next;
    public int Value;
}

public unsafe struct Chain
{
    public Node* Head;
    public int Count;
}

/// <summary>Two families in one member, told apart by a tag.</summary>
public static unsafe class Values
{
    public static void SetGlobal(Val* value, int length)
    {
        value->Tag = Tag.Global;
        value->Text = (byte*)Marshal.AllocHGlobal(length);
        value->Length = length;
    }

    public static void SetPlain(Val* value, int length)
    {
        value->Tag = Tag.Plain;
        value->Text = (byte*)NativeMemory.Alloc((nuint)length);
        value->Length = length;
    }

    public static void Clear(Val* value)
    {
        if (value->Tag == Tag.Global)
        {
            Marshal.FreeHGlobal((nint)value->Text);
        }
        else
        {
            NativeMemory.Free(value->Text);
        }

        *value = default;
    }
}

public static unsafe class Buffers
{
    public static void Make(Buf* buffer, int capacity)
    {
        buffer->Data = (byte*)NativeMemory.Alloc((nuint)capacity);
        buffer->Length = 0;
        buffer->Capacity = capacity;
    }

    public static void Drop(Buf* buffer)
    {
        NativeMemory.Free(buffer->Data);
        buffer->Data = null;
    }

    public static void DropBad(Buf* buffer) // bad: LIFE008
    {
        Marshal.FreeHGlobal((nint)buffer->Data);
        *buffer = default;
    }

    public static byte* Take(Buf* buffer)
    {
        byte* data = buffer->Data;
        buffer->Data = null;
        return data;
    }

    public static void Refill(Buf* buffer)
    {
        if (buffer->Capacity == 0)
        {
            buffer->Capacity = 16;
        }

        buffer->Data = (byte*)NativeMemory.Alloc((nuint)buffer->Capacity);
    }

    /// <summary>What the structure had has been taken out before it gets another.</summary>
    public static void Renew(Buf* buffer)
    {
        byte* data = Take(buffer);
        NativeMemory.Free(data);
        Refill(buffer);
    }

    public static void GrowBad(Buf* buffer) // bad: LIFE013
    {
        byte* larger = (byte*)NativeMemory.Alloc((nuint)(buffer->Capacity * 2));
        Buffer.MemoryCopy(buffer->Data, larger, buffer->Length, buffer->Length);
        buffer->Data = larger;
        buffer->Capacity *= 2;
    }

    public static void Grow(Buf* buffer)
    {
        byte* larger = (byte*)NativeMemory.Alloc((nuint)(buffer->Capacity * 2));
        Buffer.MemoryCopy(buffer->Data, larger, buffer->Length, buffer->Length);
        NativeMemory.Free(buffer->Data);
        buffer->Data = larger;
        buffer->Capacity *= 2;
    }

    public static void GrowKept(Buf* buffer)
    {
        byte* old = buffer->Data;
        byte* larger = (byte*)NativeMemory.Alloc((nuint)(buffer->Capacity * 2));
        Buffer.MemoryCopy(old, larger, buffer->Length, buffer->Length);
        buffer->Data = larger;
        NativeMemory.Free(old);
    }

    public static void Lazily(Buf* buffer)
    {
        if (buffer->Data == null)
        {
            buffer->Data = (byte*)NativeMemory.Alloc((nuint)buffer->Capacity);
        }
    }
}

/// <summary>A flag says whose the palette is.</summary>
public static unsafe class Pictures
{
    private static readonly uint* s_grey = (uint*)NativeMemory.Alloc(256, sizeof(uint));

    public static void Grey(Picture* picture)
    {
        picture->Palette = s_grey;
        picture->Owns = false;
    }

    public static void Own(Picture* picture)
    {
        int width = picture->Width;
        picture->Palette = (uint*)NativeMemory.Alloc(256, sizeof(uint));
        picture->Owns = true;
        picture->Width = width;
    }

    public static void Drop(Picture* picture)
    {
        if (picture->Owns)
        {
            NativeMemory.Free(picture->Palette);
        }

        NativeMemory.Free(picture->Pixels);
    }
}

public static unsafe class Chains
{
    public static void Push(Chain* chain, int value)
    {
        Node* node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
        node->Value = value;
        node->Next = chain->Head;
        chain->Head = node;
        chain->Count++;
    }

    public static void Clear(Chain* chain)
    {
        while (chain->Head != null)
        {
            Node* node = chain->Head;
            chain->Head = node->Next;
            NativeMemory.Free(node);
        }
    }

    public static void ClearBad(Chain* chain) // bad: LIFE008
    {
        while (chain->Head != null)
        {
            Node* node = chain->Head;
            chain->Head = node->Next;
            Marshal.FreeHGlobal((nint)node);
        }
    }
}
