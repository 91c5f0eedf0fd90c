// weakness: CWE-401
// construct: handles that native code makes of other handles, or of memory that it is told how to release
using System;
using System.Runtime.InteropServices;

namespace Cases.RealCode.MadeOfHandles;

internal delegate void Deallocator(nint data, nint length, nint state);

internal static class Native
{
    [DllImport("compiler")]
    public static extern nint context_create();

    [DllImport("compiler")]
    public static extern void context_dispose(nint context);

    [DllImport("compiler")]
    public static extern nint module_create_in_context(nint context, nint name);

    [DllImport("compiler")]
    public static extern void module_dispose(nint module);

    [DllImport("compiler")]
    public static extern void module_verify(nint module);

    [DllImport("tensors")]
    public static extern nint tensor_new(int type, nint data, nint length, Deallocator deallocator, nint state);

    [DllImport("tensors")]
    public static extern void tensor_delete(nint tensor);
}

internal struct Context
{
    private nint _handle;

    private Context(nint handle) => _handle = handle;

    public static Context Create() => new(Native.context_create());

    public readonly Module CreateModule() => new(Native.module_create_in_context(_handle, 0));

    public void Dispose()
    {
        Native.context_dispose(_handle);
        _handle = 0;
    }
}

internal struct Module
{
    private nint _handle;

    public Module(nint handle) => _handle = handle;

    public readonly void Verify() => Native.module_verify(_handle);

    public void Dispose()
    {
        Native.module_dispose(_handle);
        _handle = 0;
    }
}

internal static class Compilers
{
    // the context can be asked for of the module
    public static Module ReturnsGood()
    {
        Context context = Context.Create();
        Module module = context.CreateModule();
        module.Verify();
        return module;
    }

    public static void BothGood()
    {
        Context context = Context.Create();
        Module module = context.CreateModule();
        module.Verify();
        module.Dispose();
        context.Dispose();
    }

    public static void OnlyModuleBad() // bad: LIFE003
    {
        Context context = Context.Create();
        Module module = context.CreateModule();
        module.Verify();
        module.Dispose();
    }

    public static Module NoModuleBad(bool isEmpty) // bad: LIFE003|LIFE004
    {
        Context context = Context.Create();
        if (isEmpty)
        {
            return default;
        }

        return context.CreateModule();
    }
}

internal static class Tensors
{
    private static readonly Deallocator s_free = static (data, length, state) => Marshal.FreeHGlobal(data);

    public static nint OfNumberGood(int value)
    {
        nint data = Marshal.AllocHGlobal(4);
        Marshal.WriteInt32(data, value);
        return Native.tensor_new(1, data, 4, s_free, 0);
    }

    public static nint ForgottenBad(int value) // bad: LIFE003|LIFE004
    {
        nint data = Marshal.AllocHGlobal(4);
        Marshal.WriteInt32(data, value);
        return value == 0 ? 0 : Native.tensor_new(1, Marshal.AllocHGlobal(4), 4, s_free, 0);
    }

    public static void DeleteGood(nint tensor) => Native.tensor_delete(tensor);
}
