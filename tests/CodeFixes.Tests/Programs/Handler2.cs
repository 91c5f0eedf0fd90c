using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.SignalR;

namespace Shop.Pages
{
    public sealed class IndexModel : PageModel
    {
        public int Value { get; private set; }

        public void OnGet(int n)
        {
            unsafe
            {
                var items = (double*)NativeMemory.Alloc((nuint)n * sizeof(double));
                items[0] = 1.5;
                Value = (int)items[0];
            }
        }

        public async Task<IActionResult> OnPostAsync(CancellationToken ct)
        {
            var p = Marshal.StringToHGlobalUni("x");
            await Task.Delay(1, ct);
            Value = Marshal.ReadInt16(p);
            return Page();
        }

        public IActionResult OnPut(string[] names)
        {
            foreach (var name in names)
            {
                IntPtr p = Marshal.StringToCoTaskMemUTF8(name);
                Value += Marshal.ReadByte(p);
            }
            return RedirectToPage();
        }
    }

    public class Chat : Hub
    {
        public async Task Send(byte[] data)
        {
            var pin = GCHandle.Alloc(data, GCHandleType.Pinned);
            await Clients.All.SendAsync("x", pin.AddrOfPinnedObject().ToInt64());
        }

        public unsafe long Sum(int n)
        {
            long* a = (long*)NativeMemory.AlignedAlloc((nuint)(n * 8), 8);
            long* b = (long*)NativeMemory.AlignedAlloc((nuint)(n * 8), 64);
            long s = 0;
            for (int i = 0; i < n; i++) { a[i] = i; b[i] = i; s += a[i] + b[i]; }
            return s;
        }
    }

    public class Middleware(RequestDelegate next)
    {
        public async Task InvokeAsync(HttpContext context)
        {
            nint block = Marshal.AllocHGlobal(100);
            try
            {
                await next(context);
            }
            catch (InvalidOperationException)
            {
                context.Response.StatusCode = 500;
                return;
            }
            Marshal.FreeHGlobal(block);
        }
    }

    [ApiController]
    public class C2 : ControllerBase
    {
        nint Helper(int n)
        {
            var p = Marshal.AllocHGlobal(n);
            Marshal.WriteByte(p, 7);
            return p;
        }

        [HttpGet]
        public int Get(int n)
        {
            nint p = Helper(n);
            return Marshal.ReadByte(p);
        }

        [HttpPost]
        public unsafe ActionResult<int> Post(int n)
        {
            void* raw = NativeMemory.Alloc((nuint)n);
            byte* bytes = (byte*)raw;
            bytes[0] = 1;
            if (n == 5)
                return NotFound();
            return Ok(bytes[0]);
        }

        [HttpPatch]
        public unsafe int Patch(int n)
        {
            int* p = (int*)NativeMemory.Alloc((nuint)n, sizeof(int));
            int used = 0;
            for (int i = 0; i < n * 2; i++)
            {
                if (i == n)
                    p = (int*)NativeMemory.Realloc(p, (nuint)(n * 2) * sizeof(int));
                p[used++] = i;
            }
            return p[0] + used;
        }
    }
}
