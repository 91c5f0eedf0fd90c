using System.Buffers;
using System.Runtime.InteropServices;

/// <summary>A library's own allocator, and who hands out and takes back what it gives.</summary>
internal static class Marshaller
{
    [DllImport("glib-2.0")]
    private static extern nint g_malloc(nuint size);

    [DllImport("glib-2.0")]
    private static extern void g_free(nint block);

    public static nint Duplicate(string text)
    {
        var block = g_malloc((nuint)text.Length + 1);
        Marshal.WriteByte(block, text.Length, 0);
        return block;
    }

    public static void Free(nint block)
    {
        if (block == 0) return;
        g_free(block);
    }
}

internal static class Buffers
{
    public static byte[] Get(int size) => ArrayPool<byte>.Shared.Rent(size);

    public static void Put(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer);
}

internal static class OwnFunctions
{
    [DllImport("atk-1.0")]
    private static extern void atk_socket_embed(nint socket, nint plug);

    public static void Embed(nint socket, string plug)
    {
        atk_socket_embed(socket, Marshaller.Duplicate(plug));
    }

    public static byte Kept(string text)
    {
        var copy = Marshaller.Duplicate(text);
        return Marshal.ReadByte(copy);
    }

    public static int Rented(int size)
    {
        byte[] buffer = Buffers.Get(size);
        buffer[0] = 1;
        return buffer.Length;
    }
}
