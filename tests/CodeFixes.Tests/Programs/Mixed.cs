using System.Buffers;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mixed;

public delegate int Handler(nint p);

public static class Endpoints
{
    public static void Map(IEndpointRouteBuilder2 app, WebApplication web)
    {
        web.MapGet("/hash/{text}", static (string text) =>
        {
            unsafe
            {
                byte* copy = (byte*)NativeMemory.Alloc((nuint)text.Length);
                try
                {
                    for (var i = 0; i < text.Length; i++) copy[i] = (byte)text[i];
                    if (text.Length > 100) return Results.BadRequest();
                }
                catch (IndexOutOfRangeException)
                {
                    return Results.StatusCode(500);
                }

                int hash = 17;
                for (int i = 0; i < text.Length; i++) hash = hash * 31 + copy[i];
                NativeMemory.Free(copy);
                return Results.Ok(hash);
            }
        });

        web.MapPost("/upload", UploadAsync);
        web.MapGet("/temp", (HttpContext http, int n) =>
        {
            IMemoryOwner<byte> temp = MemoryPool<byte>.Shared.Rent(n);
            temp.Memory.Span.Clear();
            return Results.Bytes(temp.Memory.ToArray());
        });
    }

    private static async Task<IResult> UploadAsync(HttpRequest request, CancellationToken cancel)
    {
        nint target = Marshal.AllocHGlobal(4096);
        nint scratch = Marshal.AllocHGlobal(128);
        var chunk = new byte[128];
        int total = 0, read;
        while ((read = await request.Body.ReadAsync(chunk, cancel)) > 0)
        {
            Marshal.Copy(chunk, 0, scratch, read);
            if (total + read > 4096)
                return Results.StatusCode(413);
            total += read;
            Marshal.WriteInt32(target, total);
        }

        Marshal.FreeHGlobal(scratch);
        var result = Marshal.ReadInt32(target);
        Marshal.FreeHGlobal(target);
        return Results.Ok(result);
    }
}

public interface IEndpointRouteBuilder2 { }

public class Service
{
    private readonly object _lock = new();
    private nint _cache;

    public int Cached(int n)
    {
        lock (_lock)
        {
            if (_cache == 0)
                _cache = Marshal.AllocHGlobal(64);
            Marshal.WriteInt32(_cache, n);
            return Marshal.ReadInt32(_cache);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            Marshal.FreeHGlobal(_cache);
            _cache = 0;
        }
    }

    [RequestHandler]
    public unsafe int Work(int n, Handler handler)
    {
        nint a = Marshal.AllocHGlobal(n), b = Marshal.AllocHGlobal(n * 2);
        int r = handler(a) + handler(b);
        if (r == 0)
            throw new InvalidOperationException();
        Marshal.FreeHGlobal(a);
        Marshal.FreeHGlobal(b);
        return r;
    }

    [RequestHandler]
    public int Nested(string[] names)
    {
        return names.Where(name =>
        {
            var p = Marshal.StringToHGlobalUni(name);
            return Marshal.ReadInt16(p) == 'a';
        }).Count();
    }

    [RequestHandler]
    public static async IAsyncEnumerable<int> Stream(int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        for (int i = 0; i < n; i++)
        {
            await Task.Yield();
            yield return Marshal.ReadByte(p, i);
        }
    }

    [RequestHandler]
    public static int Scoped(int n)
    {
        using (var inner = RequestScope.Begin())
        {
            nint p = inner.Emalloc(n);
            Marshal.WriteByte(p, 1);
        }

        nint q = Heap.Malloc(n);
        q = Heap.Realloc(q, n * 2);
        Marshal.WriteByte(q, 2);
        return Marshal.ReadByte(q);
    }

    [RequestHandler]
    public static unsafe long Typed(int count)
    {
        long* values = Heap.Malloc<long>(count);
        long* zeroed = Heap.Calloc<long>(count);
        nint raw = Heap.SafeMalloc(count, 8, 16);
        values[0] = zeroed[0] + Marshal.ReadByte(raw);
        var result = values[0];
        Heap.Free(raw);
        return result;
    }

    [RequestHandler]
    public static int Persistent(int n, bool keep)
    {
        nint p = Heap.Pemalloc(n, true);
        Marshal.WriteByte(p, 3);
        return Marshal.ReadByte(p);
    }
}
