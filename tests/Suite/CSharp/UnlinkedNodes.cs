// weakness: CWE-401
// construct: lists with nodes in native memory: a node that is taken out and forgotten, rings that go round, cursors, nodes that are put aside

using System;
using System.Runtime.InteropServices;

namespace Suite.UnlinkedNodes;

internal unsafe struct Node
{
    public Node* Next;
    public long Value;
}

public sealed unsafe class Chain : IDisposable
{
    private Node* _head;

    public void Push(long value) // good
    {
        var node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
        node->Value = value;
        node->Next = _head;
        _head = node;
    }

    public bool TryPop(out long value) // good
    {
        value = 0;
        if (_head == null)
        {
            return false;
        }

        var node = _head;
        value = node->Value;
        _head = node->Next;
        NativeMemory.Free(node);
        return true;
    }

    public long Skip(int count)
    {
        long sum = 0;
        while (count-- > 0 && _head != null)
        {
            sum += _head->Value;
            _head = _head->Next; // bad: LIFE013
        }

        return sum;
    }

    public void SkipOne()
    {
        if (_head != null)
        {
            _head = _head->Next; // bad: LIFE013
        }
    }

    public void DropOne() // good
    {
        if (_head != null)
        {
            var next = _head->Next;
            NativeMemory.Free(_head);
            _head = next;
        }
    }

    public void Dispose() // good
    {
        while (TryPop(out _))
        {
        }
    }
}

public sealed unsafe class Ring : IDisposable
{
    private Node* _current;

    public void Push(long value) // good
    {
        var node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
        node->Value = value;
        if (_current == null)
        {
            node->Next = node;
        }
        else
        {
            node->Next = _current->Next;
            _current->Next = node;
        }

        _current = node;
    }

    public long Rotate() // good
    {
        if (_current == null)
        {
            return 0;
        }

        _current = _current->Next;
        return _current->Value;
    }

    public void Dispose() // good
    {
        if (_current == null)
        {
            return;
        }

        var node = _current->Next;
        while (node != _current)
        {
            var next = node->Next;
            NativeMemory.Free(node);
            node = next;
        }

        NativeMemory.Free(_current);
        _current = null;
    }
}

public sealed unsafe class Recycler : IDisposable
{
    private Node* _head;
    private Node* _free;

    public void Push(long value) // good
    {
        var node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
        node->Value = value;
        node->Next = _head;
        _head = node;
    }

    public void PutAside() // good
    {
        if (_head != null)
        {
            var node = _head;
            _head = _head->Next;
            node->Next = _free;
            _free = node;
        }
    }

    private static void Free(Node* node)
    {
        while (node != null)
        {
            var next = node->Next;
            NativeMemory.Free(node);
            node = next;
        }
    }

    public void Dispose() // good
    {
        Free(_head);
        Free(_free);
        _head = _free = null;
    }
}

public sealed unsafe class Walker : IDisposable
{
    private Node* _first;
    private Node* _at;

    public void Push(long value) // good
    {
        var node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
        node->Value = value;
        node->Next = _first;
        _first = node;
        _at = node;
    }

    public bool TryPop() // good
    {
        if (_first == null)
        {
            return false;
        }

        var node = _first;
        _first = node->Next;
        _at = _first;
        NativeMemory.Free(node);
        return true;
    }

    public bool Move() // good
    {
        if (_at == null)
        {
            return false;
        }

        _at = _at->Next;
        return _at != null;
    }

    public void Dispose() // good
    {
        while (TryPop())
        {
        }
    }
}
