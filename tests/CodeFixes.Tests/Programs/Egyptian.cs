using System.Runtime.InteropServices;

namespace Fabrikam {
	public static class Codec {
		public static int Encode(byte[] input, bool fast) {
			var p = Marshal.AllocHGlobal(input.Length);
			Marshal.Copy(input, 0, p, input.Length);
			if (fast) {
				return Sum(p, input.Length);
			}
			else {
				var r = Sum(p, input.Length) * 2;
				Marshal.FreeHGlobal(p);
				return r;
			}
		}

		static int Sum(System.IntPtr p, int n) {
			int s = 0;
			for (int i = 0; i < n; i++) {
				s += Marshal.ReadByte(p, i);
			}
			return s;
		}

		public static int Once(int n) => Sum(Marshal.AllocHGlobal(n), n);

		public static void Work(System.Action<System.IntPtr> action) {
			System.IntPtr p = Marshal.AllocCoTaskMem(12);
			action(p);
		}

		public static int Try(int n) {
			var p = Marshal.AllocHGlobal(n);
			try {
				return Sum(p, n);
			} catch (System.AccessViolationException) {
				return -1;
			}
		}

		public static int Try2(int n) {
			var p = Marshal.AllocHGlobal(n); var q = Marshal.AllocHGlobal(n);
			try {
				Sum(q, n);
			} finally {
				Marshal.FreeHGlobal(q);
			}
			Marshal.FreeHGlobal(p);
			return 1;
		}
	}

	public class Box {
		System.IntPtr p;
		public Box(int n) { p = Marshal.AllocHGlobal(n); }
		public byte Read() { return Marshal.ReadByte(p); }
	}

	public class Box2 : System.IDisposable {
		System.IntPtr p, q;
		public Box2(int n) { p = Marshal.AllocHGlobal(n); q = Marshal.AllocHGlobal(n); }
		public byte Read() { return (byte)(Marshal.ReadByte(p) + Marshal.ReadByte(q)); }
		public void Dispose() { Marshal.FreeHGlobal(p); }
	}
}
