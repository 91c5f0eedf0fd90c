// weakness: CWE-401 CWE-415 CWE-416
// construct: native trees, lists and parsers: functions that call themselves, members that one of several destroying functions forgets

using System;
using System.Runtime.InteropServices;

namespace Suite.NativeTrees;

public unsafe struct Node
{
    public int Key;
    public Node* Left;
    public Node* Right;
    public byte* Name;
    public Node** Arguments;
    public int Count;
}

public unsafe struct Doc
{
    public byte* Title;
    public byte* Body;
    public Doc* Parent;
    public Doc* First;
    public Doc* Sibling;
}

public unsafe struct Index
{
    public Node** Nodes;
    public int Count;
}

public static unsafe class Trees
{
    private static int s_live;

    private static void* Get(int size)
    {
        var memory = (void*)Marshal.AllocCoTaskMem(size);
        s_live++;
        return memory;
    }

    private static void Put(void* memory)
    {
        if (memory == null)
        {
            return;
        }

        Marshal.FreeCoTaskMem((nint)memory);
        s_live--;
    }

    public static Node* New(int key, Node* left, Node* right) // good
    {
        var node = (Node*)Get(sizeof(Node));
        *node = default;
        node->Key = key;
        node->Left = left;
        node->Right = right;
        return node;
    }

    public static void Free(Node* node) // good
    {
        if (node == null)
        {
            return;
        }

        Free(node->Left);
        Free(node->Right);
        for (var i = 0; i < node->Count; i++)
        {
            Free(node->Arguments[i]);
        }

        Put(node->Arguments);
        Put(node->Name);
        Put(node);
    }

    public static void Deep() // good: every level goes with the one above
    {
        Free(New(1, New(2, New(3, New(4, New(5, null, null), null), New(6, null, null)), New(7, null, null)), New(8, null, New(9, New(10, null, null), null))));
    }

    public static Node* Hoist(Node* root) // good: cut off before
    {
        var left = root->Left;
        root->Left = null;
        Free(root);
        return left;
    }

    public static Node* HoistBad(Node* root) // bad: LIFE007
    {
        var left = root->Left;
        Free(root);
        return left;
    }

    public static byte InitialBad(Node* node) // bad: LIFE007
    {
        var name = node->Name;
        Free(node);
        return name[0];
    }

    public static void BothBad(Node* root) // bad: LIFE006
    {
        var left = root->Left;
        Free(left);
        Free(root);
    }

    public static void Both(Node* root) // good
    {
        var left = root->Left;
        root->Left = null;
        Free(left);
        Free(root);
    }

    public static void SquareBad() // bad: LIFE006
    {
        var x = New(1, null, null);
        var square = New(2, x, x);
        Free(square);
    }

    public static void Square() // good
    {
        var square = New(2, New(1, null, null), New(1, null, null));
        Free(square);
    }

    public static void Replace(Node* parent, Node* fresh) // good
    {
        Free(parent->Left);
        parent->Left = fresh;
    }

    public static void FreeLeftBad(Node* node) // bad: LIFE004
    {
        if (node == null)
        {
            return;
        }

        FreeLeftBad(node->Left);
        for (var i = 0; i < node->Count; i++)
        {
            FreeLeftBad(node->Arguments[i]);
        }

        Put(node->Arguments);
        Put(node->Name);
        Put(node);
    }

    public static Node* Remove(Node* root, int key) // good
    {
        if (root == null)
        {
            return null;
        }

        if (key < root->Key)
        {
            root->Left = Remove(root->Left, key);
            return root;
        }

        if (key > root->Key)
        {
            root->Right = Remove(root->Right, key);
            return root;
        }

        var rest = root->Left == null ? root->Right : root->Left;
        if (root->Left == null)
        {
            root->Right = null;
        }
        else
        {
            root->Left = null;
        }

        Free(root);
        return rest;
    }
}

public static unsafe class Parsers
{
    private static Node* Leaf(int key) // good
    {
        var node = (Node*)NativeMemory.AllocZeroed((nuint)sizeof(Node));
        node->Key = key;
        return node;
    }

    private static Node* Named(ReadOnlySpan<byte> name) // good
    {
        var node = Leaf(2);
        node->Name = (byte*)NativeMemory.Alloc((nuint)name.Length + 1);
        name.CopyTo(new Span<byte>(node->Name, name.Length));
        return node;
    }

    private static Node* Pair(int key, Node* left, Node* right) // good
    {
        var node = Leaf(key);
        node->Left = left;
        node->Right = right;
        return node;
    }

    private static void Free(Node* node) // good
    {
        if (node == null)
        {
            return;
        }

        Free(node->Left);
        Free(node->Right);
        for (var i = 0; i < node->Count; i++)
        {
            Free(node->Arguments[i]);
        }

        NativeMemory.Free(node->Arguments);
        NativeMemory.Free(node->Name);
        NativeMemory.Free(node);
    }

    private static Node* Sum(ref ReadOnlySpan<byte> text) // good
    {
        var left = Primary(ref text);
        while (left != null && text.Length > 0 && text[0] == '+')
        {
            text = text[1..];
            var right = Primary(ref text);
            if (right == null)
            {
                Free(left);
                return null;
            }

            left = Pair('+', left, right);
        }

        return left;
    }

    private static Node* Primary(ref ReadOnlySpan<byte> text) // good
    {
        if (text.Length == 0)
        {
            return null;
        }

        var c = text[0];
        if (c >= '0' && c <= '9')
        {
            var number = Leaf(c);
            while (text.Length > 0 && text[0] >= '0' && text[0] <= '9')
            {
                number->Key = (number->Key * 10) + text[0];
                text = text[1..];
            }

            return number;
        }

        if (c >= 'a' && c <= 'z')
        {
            var name = text[..1];
            text = text[1..];
            return text.Length > 0 && text[0] == '(' ? Call(ref text, name) : Named(name);
        }

        if (c == '(')
        {
            text = text[1..];
            var inner = Sum(ref text);
            if (text.Length == 0 || text[0] != ')')
            {
                Free(inner);
                return null;
            }

            text = text[1..];
            return inner;
        }

        return null;
    }

    private static Node* Call(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) // good
    {
        var call = Named(name);
        text = text[1..];
        while (text.Length > 0 && text[0] != ')')
        {
            var argument = Sum(ref text);
            if (argument == null)
            {
                Free(call);
                return null;
            }

            call->Arguments = (Node**)NativeMemory.Realloc(call->Arguments, (nuint)(call->Count + 1) * (nuint)sizeof(Node*));
            call->Arguments[call->Count++] = argument;
        }

        return call;
    }

    public static Node* ChainBad(ref ReadOnlySpan<byte> text) // bad: LIFE004
    {
        var left = Primary(ref text);
        if (left == null || text.Length == 0 || text[0] != ';')
        {
            return left;
        }

        text = text[1..];
        var right = ChainBad(ref text);
        if (right == null)
        {
            return null;
        }

        return Pair(';', left, right);
    }

    public static Node* BracketBad(ref ReadOnlySpan<byte> text) // bad: LIFE004
    {
        text = text[1..];
        var inner = Sum(ref text);
        if (inner == null)
        {
            return null;
        }

        if (text[0] != ']')
        {
            return null;
        }

        return inner;
    }

    public static Node* AllBad(ReadOnlySpan<byte> text) // bad: LIFE004
    {
        var root = Sum(ref text);
        return text.Length == 0 ? root : null;
    }

    public static Node* All(ReadOnlySpan<byte> text) // good
    {
        var root = Sum(ref text);
        if (text.Length == 0)
        {
            return root;
        }

        Free(root);
        return null;
    }

    private static Node* Build(ReadOnlySpan<byte> keys) // good
    {
        var nodes = stackalloc Node*[256];
        var n = 0;
        foreach (var key in keys)
        {
            if (n < 256)
            {
                nodes[n++] = Leaf(key);
            }
        }

        if (n == 0)
        {
            return null;
        }

        while (n > 1)
        {
            var a = nodes[--n];
            var b = nodes[--n];
            nodes[n++] = Pair(0, a, b);
        }

        return nodes[0];
    }

    public static int DepthBad(ReadOnlySpan<byte> keys) // bad: LIFE007
    {
        var root = Build(keys);
        if (root == null)
        {
            return 0;
        }

        Free(root);
        var depth = 0;
        for (var node = root; node->Left != null; node = node->Left)
        {
            depth++;
        }

        return depth;
    }

    public static int Depth(ReadOnlySpan<byte> keys) // good
    {
        var root = Build(keys);
        if (root == null)
        {
            return 0;
        }

        var depth = 0;
        for (var node = root; node->Left != null; node = node->Left)
        {
            depth++;
        }

        Free(root);
        return depth;
    }
}

public static unsafe class Docs
{
    public static void Free(Doc* doc) // good
    {
        if (doc == null)
        {
            return;
        }

        Free(doc->First);
        Free(doc->Sibling);
        NativeMemory.Free(doc->Title);
        NativeMemory.Free(doc->Body);
        NativeMemory.Free(doc);
    }

    public static void FreeOne(Doc* doc) // good: the others are others
    {
        NativeMemory.Free(doc->Title);
        NativeMemory.Free(doc->Body);
        NativeMemory.Free(doc);
    }

    public static void FreeTitles(Doc* doc) // bad: LIFE004
    {
        if (doc == null)
        {
            return;
        }

        FreeTitles(doc->First);
        FreeTitles(doc->Sibling);
        NativeMemory.Free(doc->Title);
        NativeMemory.Free(doc);
    }

    public static void FreeDown(Doc* doc) // good: documents without siblings
    {
        if (doc == null)
        {
            return;
        }

        FreeDown(doc->First);
        NativeMemory.Free(doc->Title);
        NativeMemory.Free(doc->Body);
        NativeMemory.Free(doc);
    }

    public static void FreeShell(Doc* doc) // good: says so
    {
        NativeMemory.Free(doc->Title);
        NativeMemory.Free(doc);
    }
}

public static unsafe class Indexes
{
    public static void Destroy(Index* index) // good
    {
        NativeMemory.Free(index->Nodes);
        NativeMemory.Free(index);
    }

    public static void Shutdown(Index* index) // bad: LIFE004
    {
        for (var i = 0; i < index->Count; i++)
        {
            NativeMemory.Free(index->Nodes[i]);
        }

        NativeMemory.Free(index);
    }
}

public unsafe struct Value
{
    public int Kind;
    public byte* Text;
    public int* Items;
    public byte* Note;
}

public static unsafe class Values
{
    private static void FreeText(Value* value) // good
    {
        NativeMemory.Free(value->Text);
        NativeMemory.Free(value->Note);
        NativeMemory.Free(value);
    }

    private static void FreeItems(Value* value) // good
    {
        NativeMemory.Free(value->Items);
        NativeMemory.Free(value->Note);
        NativeMemory.Free(value);
    }

    public static void Free(Value* value) // good: the kind tells which
    {
        if (value->Kind == 0)
        {
            FreeText(value);
        }
        else
        {
            FreeItems(value);
        }
    }
}

public unsafe struct Page
{
    public byte* Buffer;
    public byte* Path;
}

public static unsafe class Pages
{
    public static Page* Open(int length) // good
    {
        var page = (Page*)NativeMemory.AllocZeroed((nuint)sizeof(Page));
        page->Buffer = (byte*)NativeMemory.Alloc(64);
        page->Path = (byte*)NativeMemory.Alloc((nuint)length);
        return page;
    }

    public static Page* OpenAt(byte* path) // good: the path stays the caller's
    {
        var page = (Page*)NativeMemory.AllocZeroed((nuint)sizeof(Page));
        page->Buffer = (byte*)NativeMemory.Alloc(64);
        page->Path = path;
        return page;
    }

    public static void Close(Page* page) // good
    {
        NativeMemory.Free(page->Buffer);
        NativeMemory.Free(page->Path);
        NativeMemory.Free(page);
    }

    public static void CloseAt(Page* page) // good
    {
        NativeMemory.Free(page->Buffer);
        NativeMemory.Free(page);
    }
}

public unsafe struct View
{
    public byte* Data;
    public byte* Name;
    public bool Owns;
}

public static unsafe class Views
{
    public static void Close(View* view) // good
    {
        if (view->Owns)
        {
            NativeMemory.Free(view->Data);
        }

        NativeMemory.Free(view->Name);
        NativeMemory.Free(view);
    }

    public static void CloseBorrowed(View* view) // good: a flag says whose the data is
    {
        NativeMemory.Free(view->Name);
        NativeMemory.Free(view);
    }
}

public static unsafe class Entries
{
    public static byte* TakeBody(Doc* doc) // good
    {
        var body = doc->Body;
        doc->Body = null;
        return body;
    }

    private static void Drop(Doc* doc) // good: who calls it has taken the body
    {
        NativeMemory.Free(doc->Title);
        NativeMemory.Free(doc);
    }

    public static void Destroy(Doc* doc) // good
    {
        NativeMemory.Free(doc->Title);
        NativeMemory.Free(doc->Body);
        NativeMemory.Free(doc);
    }

    public static byte* Pop(Doc** head) // good
    {
        var doc = *head;
        *head = doc->Sibling;
        var body = TakeBody(doc);
        Drop(doc);
        return body;
    }
}
