// weakness: CWE-401
// construct: objects whose Dispose is the library's, and calls their own
using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;

namespace Cases.DisposedByTheLibrary;

internal abstract class Source : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => 3;

    public override long Position { get; set; }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => 0;

    public override long Seek(long offset, SeekOrigin origin) => 0;

    public override void SetLength(long value)
    {
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
    }
}

internal sealed class NativeSource : Source
{
    private readonly nint _block = Marshal.AllocHGlobal(3);

    protected override void Dispose(bool disposing) => Marshal.FreeHGlobal(_block);
}

internal sealed class PinnedSource : Source
{
    private MemoryHandle _pin;
    private bool _isDisposed;

    public PinnedSource(byte[] bytes) => _pin = new Memory<byte>(bytes).Pin();

    protected override void Dispose(bool disposing)
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _pin.Dispose();
            base.Dispose(disposing);
        }
    }
}

internal sealed class ForgetfulBad : Source // bad: LIFE013
{
    private readonly nint _block = Marshal.AllocHGlobal(3);

    protected override void Dispose(bool disposing) => base.Dispose(disposing);
}

internal static class DisposedByTheLibrary
{
    public static int DeclaredGood()
    {
        using var source = new NativeSource();
        return source.Name().Length;
    }

    public static int PinnedGood(byte[] bytes)
    {
        using (var source = new PinnedSource(bytes))
        {
            source.Position = 2;
            return source.Name().Length;
        }
    }

    public static int FinallyGood()
    {
        var source = new NativeSource();
        try
        {
            return source.Name().Length;
        }
        finally
        {
            source.Dispose();
        }
    }

    private static string Name(this Stream stream) => File.ReadAllText(stream.Length.ToString());
}
