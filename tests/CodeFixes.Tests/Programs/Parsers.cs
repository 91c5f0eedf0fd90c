using System.Buffers;
using System.Runtime.InteropServices;

namespace Contoso.Parsing
{
    public enum TokenKind { None, Number, Word }

    public readonly ref struct Token
    {
        public readonly TokenKind Kind;
        public readonly ReadOnlySpan<char> Text;
        public Token(TokenKind kind, ReadOnlySpan<char> text) { Kind = kind; Text = text; }
    }

    public unsafe struct Vec { public float X, Y; public Vec* Next; }

    internal static unsafe class Parser<TState> where TState : class, new()
    {
        static readonly object Gate = new();

        /* Parses what it can and gives up at the first surprise. */
        public static int Parse(string text, out int errors)
        {
            errors = 0;
            char* copy = (char*)Marshal.StringToHGlobalUni(text);   // our own copy
            int depth = 0;
            for (var i = 0; i < text.Length; ++i)
                switch (copy[i])
                {
                    case '(': depth++; break;
                    case ')':
                        if (--depth < 0)
                        {
                            errors++;
                            return i;
                        }
                        break;
                    case '#': goto done;
                }

        done:
            Marshal.FreeHGlobal((IntPtr)copy);
            return depth;
        }

        public static bool Balanced(ReadOnlySpan<char> s)
        {
            lock (Gate)
            {
                Vec* stack = (Vec*)NativeMemory.Alloc((nuint)s.Length, (nuint)sizeof(Vec));
                int top = 0;
                foreach (char c in s)
                {
                    if (c == '(') stack[top++] = new Vec { X = top };
                    else if (c == ')' && --top < 0) return false;
                }
                NativeMemory.Free(stack);
                return top == 0;
            }
        }

        public static string Upper(string s)
        {
            char[]? rented = null;
            Span<char> buffer = s.Length <= 64 ? stackalloc char[64] : (rented = ArrayPool<char>.Shared.Rent(s.Length));
            if (s.AsSpan().IsWhiteSpace())
                return "";
            int n = s.AsSpan().ToUpperInvariant(buffer);
            var result = buffer[..n].ToString();
            if (rented is not null)
                ArrayPool<char>.Shared.Return(rented);
            return result;
        }

        public static int TryMany(IReadOnlyList<int> sizes)
        {
            var total = 0;
            foreach (var size in sizes)
            {
                if (size < 0) continue;
                IntPtr block = IntPtr.Zero;
                try
                {
                    block = Marshal.AllocHGlobal(size);
                    total += Fill(block, size);
                }
                catch (OutOfMemoryException)
                {
                    total = -1;
                    break;
                }
                if (total > 1000)
                    return total;
                Marshal.FreeHGlobal(block);
            }
            return total;
        }

        static int Fill(IntPtr p, int n) { for (int i = 0; i < n; i++) Marshal.WriteByte(p, i, 1); return n; }

        public static float Walk(int n)
        {
            Vec* head = null;
            for (int i = 0; i < n; i++)
            {
                var v = (Vec*)NativeMemory.Alloc((nuint)sizeof(Vec));
                v->X = i;
                v->Next = head;
                head = v;
            }
            float sum = 0;
            for (var v = head; v != null; v = v->Next) sum += v->X;
            return sum;
        }

        public static void Swap(ref int a, ref int b)
        {
            var tmp = (int*)NativeMemory.Alloc(sizeof(int));
            *tmp = a; a = b; b = *tmp;
        }

        public static string Switch(int k) => k switch
        {
            0 => "zero",
            1 => Text(Marshal.StringToHGlobalAnsi("one")),
            _ => "many",
        };

        static string Text(IntPtr p) => Marshal.PtrToStringAnsi(p)!;

        public static int Nested(int n)
        {
            using var ms = new MemoryStream();
            using (var w = new StreamWriter(ms))
            {
                var p = Marshal.AllocHGlobal(n);
                w.Write(Marshal.ReadByte(p));
                if (n == 3)
                    return 3;
                Marshal.FreeHGlobal(p);
            }
            return (int)ms.Length;
        }

        public static void Do(int n)
        {
            do
            {
                var p = NativeMemory.Alloc(8);
                if (n-- == 5) break;
                *(long*)p = n;
                NativeMemory.Free(p);
            } while (n > 0);
        }

        public static int Out(out IntPtr result)
        {
            var p = Marshal.AllocHGlobal(8);
            var q = Marshal.AllocHGlobal(16);
            if (Fill(q, 16) < 16)
            {
                result = IntPtr.Zero;
                return -1;
            }
            result = p;
            Marshal.FreeHGlobal(q);
            return 0;
        }
    }
}
