// weakness: CWE-762
// construct: implementations of one interface or abstract class that allocate and release; fields of a base class that each derived type fills and releases

using System;
using System.Runtime.InteropServices;

namespace Suite.PairedMembers;

public interface IAllocator
{
    nint Allocate(int size);

    void Free(nint block);
}

public sealed class GlobalMemory : IAllocator
{
    public nint Allocate(int size) => Marshal.AllocHGlobal(size);

    public void Free(nint block) => Marshal.FreeHGlobal(block); // good
}

public sealed class MixedMemory : IAllocator
{
    public nint Allocate(int size) => Marshal.AllocCoTaskMem(size);

    public void Free(nint block) => Marshal.FreeHGlobal(block); // bad: LIFE008
}

public sealed class EitherMemory : IAllocator
{
    public nint Allocate(int size) => size > 100 ? Marshal.AllocCoTaskMem(size) : Marshal.AllocHGlobal(size);

    public void Free(nint block) => Marshal.FreeHGlobal(block); // good
}

public interface IInterop
{
    nint Allocate(int size);

    nint ToText(string text);

    void Free(nint block);

    void FreeText(nint text);
}

public sealed class Interop : IInterop
{
    public nint Allocate(int size) => Marshal.AllocHGlobal(size);

    public nint ToText(string text) => Marshal.StringToCoTaskMemUni(text);

    public void Free(nint block) => Marshal.FreeHGlobal(block); // good

    public void FreeText(nint text) => Marshal.FreeCoTaskMem(text); // good
}

public interface INativeStrings
{
    nint Allocate(int size);

    void Free(nint block);

    void FreeOfLibrary(nint text);
}

public sealed class NativeStrings : INativeStrings
{
    public nint Allocate(int size) => Marshal.AllocHGlobal(size);

    public void Free(nint block) => Marshal.FreeHGlobal(block); // good

    public void FreeOfLibrary(nint text) => Marshal.FreeCoTaskMem(text); // good
}

public abstract unsafe class Heap
{
    public abstract void* Allocate(int size);

    public abstract void* Resize(void* block, int size);

    public abstract void Free(void* block);
}

public sealed unsafe class AlignedHeap : Heap
{
    public override void* Allocate(int size) => NativeMemory.AlignedAlloc((nuint)size, 64);

    public override void* Resize(void* block, int size) // bad: LIFE008
    {
        return block == null ? Allocate(size) : NativeMemory.Realloc(block, (nuint)size);
    }

    public override void Free(void* block) => NativeMemory.AlignedFree(block); // good
}

public sealed unsafe class PlainHeap : Heap
{
    public override void* Allocate(int size) => NativeMemory.Alloc((nuint)size);

    public override void* Resize(void* block, int size) // good
    {
        return block == null ? Allocate(size) : NativeMemory.Realloc(block, (nuint)size);
    }

    public override void Free(void* block) => NativeMemory.Free(block); // good
}

public abstract unsafe class Surface : IDisposable
{
    protected byte* _pixels;

    public byte* Start => _pixels;

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    protected abstract void Free();
}

public sealed unsafe class AlignedSurface : Surface
{
    public AlignedSurface(int size) => _pixels = (byte*)NativeMemory.AlignedAlloc((nuint)size, 64);

    protected override void Free() // good
    {
        NativeMemory.AlignedFree(_pixels);
        _pixels = null;
    }
}

public sealed unsafe class ScratchSurface : Surface
{
    public ScratchSurface(int size) => _pixels = (byte*)NativeMemory.AlignedAlloc((nuint)size, 32);

    protected override void Free() // bad: LIFE008
    {
        NativeMemory.Free(_pixels);
        _pixels = null;
    }
}

public sealed unsafe class ForeignSurface : Surface
{
    public ForeignSurface(byte* pixels) => _pixels = pixels;

    protected override void Free() // good
    {
        NativeMemory.Free(_pixels);
        _pixels = null;
    }
}

public sealed unsafe class EitherSurface : Surface
{
    private readonly bool _isAligned;

    public EitherSurface(int size, bool isAligned)
    {
        _isAligned = isAligned;
        _pixels = isAligned ? (byte*)NativeMemory.AlignedAlloc((nuint)size, 64) : (byte*)NativeMemory.Alloc((nuint)size);
    }

    protected override void Free() // good
    {
        if (_isAligned)
        {
            NativeMemory.AlignedFree(_pixels);
        }
        else
        {
            NativeMemory.Free(_pixels);
        }

        _pixels = null;
    }
}
