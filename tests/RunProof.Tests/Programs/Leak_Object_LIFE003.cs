// mistake: grows
// output: 5
using System.Runtime.InteropServices;

public sealed unsafe class Picture : IDisposable
{
    private int* _pixels;

    public Picture(int size) => _pixels = (int*)NativeMemory.AllocZeroed((nuint)size);

    public int First
    {
        get => *_pixels;
        set => *_pixels = value;
    }

    public void Dispose()
    {
        NativeMemory.Free(_pixels);
        _pixels = null;
    }
}

public static class Program
{
    public static string Run()
    {
        var picture = new Picture(65536);
        picture.First = 5;
        return picture.First.ToString();
    }
}
