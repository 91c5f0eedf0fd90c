using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace LifetimeAnalyzers;

public static unsafe partial class Heap
{
    /// <summary>Allocates request-lifetime memory for <paramref name="count"/> values, uninitialised.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    [Allocates("Emalloc")]
    public static T* Emalloc<T>(long count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : unmanaged => (T*)Emalloc(AllocationSize.Of(count, sizeof(T), 0), file, line);

    /// <inheritdoc cref="Emalloc{T}(long, string, int)"/>
    [Allocates("Emalloc")]
    public static T* Emalloc<T>(ulong count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : unmanaged => (T*)Emalloc(AllocationSize.Of(count, (ulong)sizeof(T), 0), file, line);

    /// <summary>Allocates request-lifetime memory for <paramref name="count"/> values, all zero.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    [Allocates("Emalloc")]
    public static T* Ecalloc<T>(long count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : unmanaged => (T*)Ecalloc(count, sizeof(T), file, line);

    /// <inheritdoc cref="Ecalloc{T}(long, string, int)"/>
    [Allocates("Emalloc")]
    public static T* Ecalloc<T>(ulong count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : unmanaged => (T*)Ecalloc(count, (ulong)sizeof(T), file, line);

    /// <summary>Allocates request-lifetime memory as a span of zeros. It dies with the scope: the span must not be kept longer.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    public static Span<T> EmallocSpan<T>(int count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new Span<T>((void*)Ecalloc(count, sizeof(T), file, line), count);
    }

    /// <summary>
    /// Allocates request-lifetime memory, all zero, in the form that asynchronous I/O takes. Released when the scope
    /// ends; its <see cref="Memory{T}.Span"/> then throws <see cref="RequestScopeEndedException"/>. Costs one small object.
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    public static Memory<T> EmallocMemory<T>(int count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : unmanaged => new RequestMemory<T>(RequestScope.Required, count, file, line).Memory;

    /// <summary>Allocates request-lifetime memory, all zero, that is released when the owner is disposed, or when the scope ends.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    [return: Owned]
    public static IMemoryOwner<byte> RentRequestMemory(int bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new RequestMemory<byte>(RequestScope.Required, bytes, file, line);

    /// <summary>
    /// Allocates request-lifetime memory, uninitialised, as a value that knows its length and its scope: for asynchronous code
    /// without <c>unsafe</c>. Costs nothing beyond the block.
    /// </summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    public static RequestBlock EmallocBlock(int bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(RequestScope.Required, bytes, file, line);

    /// <summary>Copies text into request-lifetime memory as UTF-8, with a zero byte after it (PHP's <c>estrdup</c>).</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <inheritdoc cref="Emalloc(long, string, int)" path="/exception"/>
    [Allocates("Emalloc")]
    public static nint EmallocUtf8(ReadOnlySpan<char> text, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        nint block = Emalloc((ulong)length + 1, file, line);
        if (ScopeInstruments.AnyWatchesProcessCalls)
        {
            RequestScope.Current?.CountText();
        }

        Encoding.UTF8.GetBytes(text, new Span<byte>((void*)block, length));
        ((byte*)block)[length] = 0;
        return block;
    }
}
