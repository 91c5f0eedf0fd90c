using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Acme.Locals;

internal interface ISink
{
    void Accept(nint data);
}

internal sealed class PrintingSink : ISink
{
    public void Accept(nint data)
    {
        Console.WriteLine(Marshal.ReadByte(data));
        Marshal.FreeHGlobal(data);
    }
}

// Blocks in collections of a method, and what happens to some of them.
internal static unsafe class LocalTables
{
    public static int Summed(string[] names)
    {
        var blocks = new Dictionary<string, nint>();
        foreach (string name in names)
        {
            blocks[name] = Marshal.StringToHGlobalAnsi(name);
        }

        int sum = 0;
        foreach (var pair in blocks)
        {
            sum += Marshal.ReadByte(pair.Value);
        }

        return sum;
    }

    public static int Counted(int count)
    {
        var blocks = new List<IntPtr>();
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        return blocks.Count;
    }

    public static int Listed()
    {
        nint[] blocks = [Marshal.AllocHGlobal(1), Marshal.AllocHGlobal(2)];
        return blocks.Length;
    }

    public static void Renewed()
    {
        nint block = Marshal.AllocHGlobal(8);
        Make(out block);
        Marshal.FreeHGlobal(block);
    }

    private static void Make(out nint block) => block = Marshal.AllocHGlobal(16);

    public static void Virtual(bool last)
    {
        ISink sink = new PrintingSink();
        nint data = Marshal.AllocHGlobal(4);
        sink.Accept(data);
    }

    public static int Small(int length)
    {
        byte* stack = stackalloc byte[64];
        byte* buffer = length > 64 ? (byte*)NativeMemory.AllocZeroed((nuint)length) : stack;
        int first = buffer[0];
        NativeMemory.Free(buffer);
        return first;
    }

    public static void Sometimes(List<nint> kept, int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        if (size < 100)
        {
            kept.Add(block);
        }
    }

    public static void Refused(ChannelWriter<nint> writer)
    {
        nint block = Marshal.AllocHGlobal(64);
        if (!writer.TryWrite(block))
        {
            Console.WriteLine("refused");
        }
    }
}
