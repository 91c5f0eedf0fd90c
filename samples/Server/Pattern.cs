namespace Samples.Server;

/// <summary>The work of every end point: write a pattern over the whole block, so that its pages are really used, and sum it up.</summary>
internal static class Pattern
{
    public const int BlockSize = 2 * 1024 * 1024;

    public static unsafe string FillAndSum(nint block, int seed)
    {
        Span<byte> bytes = new((void*)block, BlockSize);
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(i + seed);
        }

        long sum = 0;
        foreach (byte value in bytes)
        {
            sum += value;
        }

        return $"seed {seed}: {BlockSize} bytes, sum {sum}";
    }
}
