// weakness: CWE-762
// construct: memory of one of two systems, taken and given back in two functions that ask on which they run

using System;
using System.Runtime.InteropServices;

namespace Suite.ReleasesOfTwoSystems;

internal readonly struct Region(nint address, long length)
{
    public readonly nint Address = address;
    public readonly long Length = length;
}

internal static class Pages
{
    [DllImport("libc", SetLastError = true)]
    private static extern nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", SetLastError = true)]
    private static extern int munmap(nint address, nuint length);

    [DllImport("kernel32", SetLastError = true)]
    private static extern nint VirtualAlloc(nint address, nuint size, uint type, uint protection);

    [DllImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool VirtualFree(nint address, nuint size, uint type);

    public static Region Take(long size)
    {
        nint address = OperatingSystem.IsWindows() ? VirtualAlloc(0, (nuint)size, 0x3000, 4) : mmap(0, (nuint)size, 3, 0x22, -1, 0);
        return address is 0 or -1 ? throw new OutOfMemoryException() : new Region(address, size);
    }

    public static void Give(in Region region)
    {
        if (region.Address == 0)
        {
            return;
        }

        bool isFreed = OperatingSystem.IsWindows() ? VirtualFree(region.Address, 0, 0x8000) : munmap(region.Address, (nuint)region.Length) == 0;
        if (!isFreed)
        {
            Console.WriteLine("not freed");
        }
    }

    public static void GiveTheWrongWay(in Region region)
    {
        bool isFreed = OperatingSystem.IsWindows() ? munmap(region.Address, (nuint)region.Length) == 0 : VirtualFree(region.Address, 0, 0x8000);
        if (!isFreed)
        {
            Console.WriteLine("not freed");
        }
    }

    public static void Uses(long size)
    {
        Region region = Take(size);
        Give(region);
    }

    public static void UsesInTry(long size)
    {
        Region region = Take(size);
        try
        {
            Console.WriteLine(region.Length);
        }
        finally
        {
            Give(region);
        }
    }

    public static void MixesThem(long size) // bad: LIFE008
    {
        Region region = Take(size);
        GiveTheWrongWay(region);
    }
}
