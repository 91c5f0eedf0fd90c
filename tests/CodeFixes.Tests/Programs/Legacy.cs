using System;
using System.Runtime.InteropServices;

namespace Legacy.Code
{
	/*
	 * Written for C# 5, with tabs.
	 */
	public class Printer
	{
		[StructLayout(LayoutKind.Sequential, CharSet = CharSet.Ansi)]
		struct DOCINFO
		{
			public string name;
			public int pages;
		}

		[DllImport("winspool")]
		static extern bool StartDoc(IntPtr printer, int level, IntPtr info);

		[DllImport("winspool")]
		static extern bool WritePrinter(IntPtr printer, IntPtr bytes, int count, out int written);

		public static bool SendBytes(IntPtr printer, byte[] bytes)
		{
			Int32 written = 0;
			bool ok = false;
			IntPtr unmanaged = new IntPtr(0);
			unmanaged = Marshal.AllocCoTaskMem(bytes.Length);
			Marshal.Copy(bytes, 0, unmanaged, bytes.Length);
			ok = WritePrinter(printer, unmanaged, bytes.Length, out written);
			if (!ok)
				return false;

			Marshal.FreeCoTaskMem(unmanaged);
			return written == bytes.Length;
		}

		public static bool Start(IntPtr printer, string name)
		{
			DOCINFO info = new DOCINFO();
			info.name = name;
			IntPtr p = Marshal.AllocHGlobal(Marshal.SizeOf(info));
			try
			{
				Marshal.StructureToPtr(info, p, false);
				if (!StartDoc(printer, 1, p))
				{
					return false;
				}
			}
			catch (Exception ex)
			{
				Console.WriteLine(ex.Message);
			}

			Marshal.DestroyStructure(p, typeof(DOCINFO));
			Marshal.FreeHGlobal(p);
			return true;
		}

		public static string Hex(byte[] data)
		{
			GCHandle h = GCHandle.Alloc(data, GCHandleType.Pinned);
			IntPtr p = h.AddrOfPinnedObject();
			string s = "";
			for (int i = 0; i < data.Length; i++)
				s += Marshal.ReadByte(p, i).ToString("X2");
			return s;
		}

		~Printer()
		{
			IntPtr p = Marshal.AllocHGlobal(1);
			Console.WriteLine(p);
		}

		public string this[int i]
		{
			get
			{
				IntPtr p = Marshal.StringToHGlobalAnsi(i.ToString());
				return Marshal.PtrToStringAnsi(p);
			}
		}

		public static int Copy(byte[] a)
		{
			IntPtr p = Marshal.AllocHGlobal(a.Length); IntPtr q = IntPtr.Zero;
			Marshal.Copy(a, 0, p, a.Length);
			if (a.Length > 10) { q = Marshal.AllocHGlobal(10); Marshal.WriteByte(q, 1); }
			int r = Marshal.ReadByte(p) + (q != IntPtr.Zero ? Marshal.ReadByte(q) : 0);
			Marshal.FreeHGlobal(p);
			return r;
		}
	}
}
