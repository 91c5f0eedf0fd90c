// weakness: CWE-401 missing release of memory after effective lifetime
// construct: memory of a library's allocator that goes into an object of the library; a getter beside the release of what its object has

using System;
using System.Runtime.InteropServices;

namespace Suite.NativeBuffersGivenAway
{
    public unsafe struct StreamContext
    {
        public byte* Buffer;
    }

    internal static unsafe class Media
    {
        [DllImport("media")]
        public static extern void* av_malloc(ulong size);

        [DllImport("media")]
        public static extern void av_free(void* block);

        [DllImport("media")]
        public static extern StreamContext* stream_alloc_context(byte* buffer, int size, int write);

        [DllImport("media")]
        public static extern void stream_context_free(StreamContext** context);

        [DllImport("media")]
        public static extern int av_opt_get(void* obj, string name, byte** out_val);

        [DllImport("media")]
        public static extern void av_opt_free(void* obj);
    }

    internal sealed unsafe class MediaStream : IDisposable
    {
        private StreamContext* _context;

        public MediaStream(StreamContext* context) => _context = context;

        public void Dispose()
        {
            var context = _context;
            Media.stream_context_free(&context);
            _context = null;
        }
    }

    internal ref struct MediaText
    {
        private IntPtr _text;

        public unsafe MediaText(byte* text) => _text = (IntPtr)text;

        public unsafe void Dispose()
        {
            Media.av_free((void*)_text);
            _text = IntPtr.Zero;
        }
    }

    internal static unsafe class Streams
    {
        public static MediaStream GoodOpen(int size)
        {
            byte* buffer = (byte*)Media.av_malloc((ulong)size);
            if (buffer == null)
            {
                throw new OutOfMemoryException();
            }

            StreamContext* context = Media.stream_alloc_context(buffer, size, 0);
            return new MediaStream(context);
        }

        // bad: LIFE003
        public static int BadMeasure(int size)
        {
            byte* buffer = (byte*)Media.av_malloc((ulong)size);
            buffer[0] = 1;
            return buffer[0];
        }

        // bad: LIFE004
        public static MediaStream BadOpen(int size)
        {
            byte* buffer = (byte*)Media.av_malloc((ulong)size);
            if (size > 100)
            {
                return null;
            }

            StreamContext* context = Media.stream_alloc_context(buffer, size, 0);
            return new MediaStream(context);
        }

        public static MediaText GoodGet(void* options, string name)
        {
            byte* text;
            Media.av_opt_get(options, name, &text);
            return new MediaText(text);
        }

        public static int GoodLength(void* options, string name)
        {
            using MediaText text = GoodGet(options, name);
            return name.Length;
        }
    }
}
