using System.Runtime.InteropServices;
using System.Text;

namespace Acme
{
    internal static class Interop
    {
        [DllImport("native")]
        private static extern int do_it(IntPtr buffer, int length);

        [DllImport("native")]
        private static extern int with_text(IntPtr text);

        [DllImport("native", CharSet = CharSet.Unicode)]
        private static extern void with_callback(IntPtr state, IntPtr fn);

        public static string Run(string input)
        {
            IntPtr text = Marshal.StringToHGlobalAnsi(input);
            IntPtr buffer = Marshal.AllocHGlobal(256);
            if (with_text(text) != 0)
                throw new InvalidOperationException("native failed: " + Marshal.GetLastWin32Error());

            int n = do_it(buffer, 256);
            var result = Marshal.PtrToStringAnsi(buffer, n);
            Marshal.FreeHGlobal(buffer);
            Marshal.FreeHGlobal(text);
            return result ?? string.Empty;
        }

        public static T ReadStruct<T>(byte[] data) where T : struct
        {
            var handle = GCHandle.Alloc(data, GCHandleType.Pinned);
            var result = Marshal.PtrToStructure<T>(handle.AddrOfPinnedObject());
            return result;
        }

        public static T ReadStruct2<T>(byte[] data) where T : struct
        {
            GCHandle handle = GCHandle.Alloc(data, GCHandleType.Pinned);
            T result = (T)Marshal.PtrToStructure(handle.AddrOfPinnedObject(), typeof(T))!;
            handle.Free();
            return result;
        }

        public static byte[] ToBytes<T>(T value) where T : unmanaged
        {
            int size = Marshal.SizeOf<T>();
            byte[] arr = new byte[size];
            IntPtr ptr = Marshal.AllocHGlobal(size);
            Marshal.StructureToPtr(value, ptr, true);
            Marshal.Copy(ptr, arr, 0, size);
            Marshal.FreeHGlobal(ptr);
            return arr;
        }

        public static void Strings(IEnumerable<string> items)
        {
            foreach (var item in items)
            {
                var p = Marshal.StringToCoTaskMemUTF8(item);
                if (string.IsNullOrEmpty(item))
                    continue;

                if (item == "stop")
                {
                    Marshal.FreeCoTaskMem(p);
                    break;
                }

                with_text(p);
                Marshal.FreeCoTaskMem(p);
            }
        }

        public static int Lambda(int[] sizes)
        {
            Func<int, int> f = size =>
            {
                var p = Marshal.AllocHGlobal(size);
                return do_it(p, size);
            };
            return sizes.Sum(f) + sizes.Sum(s => do_it(Marshal.AllocHGlobal(s), s));
        }

        public static int ExprBody(int size) => do_it(Marshal.AllocHGlobal(size), size);

        public static int Local(int a)
        {
            return Inner(a) + Inner2(a);

            static int Inner(int n)
            {
                IntPtr q = Marshal.AllocHGlobal(n);
                if (n > 10) return do_it(q, n);
                Marshal.FreeHGlobal(q);
                return 0;
            }

            int Inner2(int n) => do_it(Marshal.AllocCoTaskMem(n), n);
        }

        public static int Conditional(string? s)
        {
            var p = s is null ? IntPtr.Zero : Marshal.StringToHGlobalUni(s);
            return with_text(p);
        }

        public static int TwoInOne(int n)
        {
            IntPtr a = Marshal.AllocHGlobal(n), b = Marshal.AllocHGlobal(n);
            int r = do_it(a, n) + do_it(b, n);
            Marshal.FreeHGlobal(a);
            return r;
        }

        public static void Overwrite(int n)
        {
            var p = Marshal.AllocHGlobal(n);
            do_it(p, n);
            p = Marshal.AllocHGlobal(n * 2);   // the first one is lost
            do_it(p, n * 2);
            Marshal.FreeHGlobal(p);
        }

        public static void ReallocLost(int n)
        {
            var p = Marshal.AllocHGlobal(n);
            Marshal.ReAllocHGlobal(p, (IntPtr)(n * 2));
            Marshal.FreeHGlobal(p);
        }
    }
}
