using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Hosting;
using Microsoft.Win32.SafeHandles;

namespace Acme.Web;

[ApiController]
[Route("api/[controller]")]
public class ThumbsController : ControllerBase
{
    [HttpGet("{id:int}")]
    public unsafe IActionResult Get(int id, [FromQuery] int size = 64)
    {
        byte* pixels = (byte*)NativeMemory.Alloc((nuint)size, 4);
        for (int i = 0; i < size * 4; i++)
            pixels[i] = (byte)(i * id);

        return Ok(pixels[0]);
    }

    [HttpPost]
    public async Task<ActionResult<int>> Post(IFormFile file, CancellationToken ct)
    {
        IntPtr scratch = Marshal.AllocHGlobal(1024);
        using var stream = file.OpenReadStream();
        var n = await stream.ReadAsync(new byte[16], ct);
        if (n == 0)
            return BadRequest();
        Marshal.WriteInt32(scratch, n);
        var result = Marshal.ReadInt32(scratch);
        Marshal.FreeHGlobal(scratch);
        return result;
    }

    [HttpDelete]
    public IActionResult Delete()
    {
        var owner = MemoryPool<byte>.Shared.Rent(100);
        owner.Memory.Span[0] = 1;
        return File(owner.Memory.Span[..1].ToArray(), "application/octet-stream");
    }

    [HttpPut]
    public unsafe int Put(int count)
    {
        long* values = (long*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(long));
        values = (long*)NativeMemory.Realloc(values, (nuint)(count * 2 * sizeof(long)));
        var r = (int)values[0];
        if (r == 7) return 7;
        NativeMemory.Free(values);
        return r;
    }
}

public static class Endpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/a", (int n) =>
        {
            nint p = Marshal.AllocHGlobal(n);
            Marshal.WriteByte(p, 1);
            return Marshal.ReadByte(p);
        });

        app.MapGet("/b", (int n) => Marshal.ReadByte(Marshal.AllocHGlobal(n)));

        app.MapPost("/c", async (HttpContext context) =>
        {
            var p = Marshal.AllocCoTaskMem(64);
            await context.Response.WriteAsync(Marshal.ReadByte(p).ToString());
            Marshal.FreeCoTaskMem(p);
        });

        app.Use(async (context, next) =>
        {
            var handle = GCHandle.Alloc(context);
            await next(context);
            handle.Free();
        });
    }
}

public class Pump : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var p = LifetimeAnalyzers.Heap.Emalloc(128);
            Marshal.WriteByte(p, 1);
            await Task.Delay(100, stoppingToken);
        }
    }
}
