// weakness: CWE-416
// construct: what an 'out' parameter holds when the body returns

using System.Buffers;

namespace Suite.CSharp.LeftInOut;

public static class Results
{
    public static bool ReturnedButGivenBad(int size, out byte[] buffer) // bad: LIFE007
    {
        buffer = ArrayPool<byte>.Shared.Rent(size);
        if (size > 9)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return true;
        }

        return true;
    }

    public static bool ReturnedAndNotGivenGood(int size, out byte[] buffer)
    {
        buffer = ArrayPool<byte>.Shared.Rent(size);
        if (size > 9)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return false;
        }

        return true;
    }

    public static bool ClearedGood(int size, out byte[]? buffer)
    {
        buffer = ArrayPool<byte>.Shared.Rent(size);
        if (size > 9)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = null;
        }

        return true;
    }
}
