using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Mvc;

namespace Samples.Server;

/// <summary>The same pair on the framework's own allocators: forgotten, and given back.</summary>
[ApiController]
public sealed class NativeController : ControllerBase
{
    [HttpGet("/native/forgotten")]
    public unsafe string NativeForgotten(int seed)
    {
        void* block = NativeMemory.Alloc(Pattern.BlockSize);
        return Pattern.FillAndSum((nint)block, seed);
    }

    [HttpGet("/native/freed")]
    public unsafe string NativeFreed(int seed)
    {
        void* block = NativeMemory.Alloc(Pattern.BlockSize);
        try
        {
            return Pattern.FillAndSum((nint)block, seed);
        }
        finally
        {
            NativeMemory.Free(block);
        }
    }

    [HttpGet("/hglobal/forgotten")]
    public string HGlobalForgotten(int seed)
    {
        nint block = Marshal.AllocHGlobal(Pattern.BlockSize);
        return Pattern.FillAndSum(block, seed);
    }

    [HttpGet("/hglobal/freed")]
    public string HGlobalFreed(int seed)
    {
        nint block = Marshal.AllocHGlobal(Pattern.BlockSize);
        try
        {
            return Pattern.FillAndSum(block, seed);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }
}
