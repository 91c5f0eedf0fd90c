// weakness: none
// construct: objects that others can find
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Suite.RealCode
{
    /// <summary>Objects and structs that own memory, filled piece by piece and found by others in the meantime.</summary>
    public static unsafe partial class CorrectObjects
    {
        private static readonly List<Session> s_sessions = new();

        public static PathList NestedFieldGood(string[] paths)
        {
            var list = new PathList();
            list.Native.Items = Marshal.AllocHGlobal(checked(IntPtr.Size * paths.Length));
            list.Native.Count = new UIntPtr((uint)paths.Length);
            return list;
        }

        public static void NestedFieldBad(string[] paths) // bad: LIFE003
        {
            var list = new PathList();
            list.Native.Items = Marshal.AllocHGlobal(checked(IntPtr.Size * paths.Length));
            list.Native.Count = new UIntPtr((uint)paths.Length);
            Console.WriteLine(list.Native.Count);
        }

        public static void FilledAfterItIsListedGood(int size)
        {
            var session = new Session();
            s_sessions.Add(session);
            session.Buffer = Marshal.AllocHGlobal(size);
        }

        public static void FilledAndForgottenBad(int size) // bad: LIFE003
        {
            var session = new Session();
            session.Buffer = Marshal.AllocHGlobal(size);
        }

        public static void FoundByItsHandleGood(int size)
        {
            var session = new Session();
            var handle = GCHandle.Alloc(session);
            session.Buffer = Marshal.AllocHGlobal(size);
            session_register(GCHandle.ToIntPtr(handle));
        }

        public static Session MadeWithHandleGood(int size)
        {
            var session = new Session();
            session.Self = GCHandle.Alloc(session);
            session.Buffer = Marshal.AllocHGlobal(size);
            session_register((IntPtr)session.Self);
            return session;
        }

        public static void DroppedButRegisteredGood(int size)
        {
            var session = MadeWithHandleGood(size);
            session_wake(session.Buffer);
        }

        public static void ReturnedToItsPoolGood(PagePool pool, int size, bool isVerbose)
        {
            var page = pool.Get(size);
            try
            {
                Console.WriteLine(isVerbose ? page.Memory.Length.ToString() : "");
            }
            finally
            {
                page.Return();
            }
        }

        public static void TakenFromItsPoolBad(int size) // bad: LIFE003
        {
            var page = new Page(null, size);
            Console.WriteLine(page.Memory.Length);
        }

        // what a native function is handed stays the caller's when the import is generated: it throws nothing
        public static bool GeneratedImportGood(object state)
        {
            try
            {
                state_attach(GCHandle.ToIntPtr(GCHandle.Alloc(state)));
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }

        [DllImport("sessions")]
        private static extern void session_register(IntPtr session);

        [DllImport("sessions")]
        private static extern void session_wake(IntPtr buffer);

        [LibraryImport("sessions")]
        private static partial void state_attach(IntPtr state);

        private static partial void state_attach(IntPtr state)
        {
            Convoy.Mark();
            __PInvoke(state);

            [DllImport("sessions", EntryPoint = "state_attach", ExactSpelling = true)]
            static extern void __PInvoke(IntPtr state);
        }

        private static class Convoy
        {
            [MethodImpl(MethodImplOptions.NoInlining)]
            public static void Mark() => Marshal.SetLastSystemError(0);
        }

        public sealed class Page
        {
            private readonly PagePool? _pool;
            private GCHandle _pin;

            public Page(PagePool? pool, int size)
            {
                _pool = pool;
                Memory = new byte[size];
                _pin = GCHandle.Alloc(Memory, GCHandleType.Pinned);
            }

            public byte[] Memory { get; }

            public void Return() => _pool?.Return(this);

            public void Free() => _pin.Free();
        }

        public sealed class PagePool
        {
            private readonly System.Collections.Concurrent.ConcurrentQueue<Page> _pages = new();

            public Page Get(int size) => _pages.TryDequeue(out var page) ? page : new Page(this, size);

            public void Return(Page page) => _pages.Enqueue(page);

            public void Close()
            {
                while (_pages.TryDequeue(out var page))
                {
                    page.Free();
                }
            }
        }

        /// <summary>What one test leaves in the field, the framework has released before the next.</summary>
        public sealed class RecordTests
        {
            private nint _record;

            [Test]
            public void SmallGood()
            {
                _record = Marshal.AllocHGlobal(64);
                Marshal.WriteByte(_record, 1);
            }

            [Test]
            public void LargeGood()
            {
                _record = Marshal.AllocHGlobal(6400);
                Marshal.WriteByte(_record, 2);
            }

            public void TearDown()
            {
                if (_record != 0)
                {
                    Marshal.FreeHGlobal(_record);
                    _record = 0;
                }
            }
        }

        /// <summary>What the clearing up itself does may throw; that is no reason to leave it.</summary>
        public static Slot Fill(int size, int planes)
        {
            var slot = new Slot();
            try
            {
                slot.Buffer = Marshal.AllocHGlobal(size);
                slot.Planes = new int[planes];
                if (planes > 4)
                {
                    throw new ArgumentOutOfRangeException(nameof(planes));
                }

                return slot;
            }
            catch
            {
                slot.Dispose();
                throw;
            }
        }

        public sealed class Slot : IDisposable
        {
            public IntPtr Buffer;
            public int[]? Planes;

            public void Dispose()
            {
                if (Planes != null)
                {
                    foreach (int plane in Planes)
                    {
                        Console.WriteLine(plane);
                    }

                    Planes = null;
                }

                if (Buffer != IntPtr.Zero)
                {
                    Marshal.FreeHGlobal(Buffer);
                    Buffer = IntPtr.Zero;
                }
            }
        }

        [AttributeUsage(AttributeTargets.Method)]
        public sealed class TestAttribute : Attribute
        {
        }

        public struct NativeList
        {
            public IntPtr Items;
            public UIntPtr Count;
        }

        public struct PathList : IDisposable
        {
            public NativeList Native;

            public void Dispose() => Marshal.FreeHGlobal(Native.Items);
        }

        public sealed class Session
        {
            public IntPtr Buffer;
            public GCHandle Self;
        }
    }
}
