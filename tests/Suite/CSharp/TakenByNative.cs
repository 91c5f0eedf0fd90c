// weakness: CWE-401, CWE-772
// construct: imported functions that take over what they are handed, when they say that they have not failed
using System;
using System.Runtime.InteropServices;

namespace Cases.TakenByNative;

public delegate void Finished(nint job, nint user);

internal static class Native
{
    [DllImport("device")]
    public static extern nint dev_open(string name);

    [DllImport("device")]
    public static extern void dev_close(nint dev);

    [DllImport("device")]
    public static extern nint dev_filter_create(nint dev);

    [DllImport("device")]
    public static extern void dev_filter_destroy(nint filter);

    [DllImport("device")]
    public static extern nint dev_job_create();

    [DllImport("device")]
    public static extern int dev_job_submit(nint job);

    [DllImport("device")]
    public static extern int dev_job_post(nint job, nint data, Finished finished, nint user);

    [DllImport("device")]
    public static extern void dev_job_destroy(nint job);

    [DllImport("device")]
    public static extern nint dev_list_new();

    [DllImport("device")]
    public static extern nint dev_list_append(nint list, nint item);

    [DllImport("device")]
    public static extern void dev_list_free(nint list);

    [DllImport("device")]
    public static extern nint dev_expr_new(nint left, nint right);

    [DllImport("device")]
    public static extern void dev_expr_free(nint expr);
}

internal static unsafe class TakenByNative
{
    public static void Filtered()
    {
        var device = Native.dev_open("a");
        var filter = Native.dev_filter_create(device);
        if (filter == 0)
        {
            Native.dev_close(device);
        }
        else
        {
            Native.dev_filter_destroy(filter);
        }
    }

    public static void FilterOnly() // bad: LIFE004
    {
        var device = Native.dev_open("a");
        var filter = Native.dev_filter_create(device);
        if (filter == 0)
        {
            return;
        }

        Native.dev_filter_destroy(filter);
        Native.dev_close(device);
    }

    public static bool Submitted()
    {
        var job = Native.dev_job_create();
        if (Native.dev_job_submit(job) != 0)
        {
            Native.dev_job_destroy(job);
            return false;
        }

        return true;
    }

    public static int Handed(int n)
    {
        var block = Marshal.AllocHGlobal(n);
        var code = Native.dev_job_submit(block);
        if (code != 0)
        {
            Marshal.FreeHGlobal(block);
        }

        return code;
    }

    public static int ReadAfterwards() // bad: LIFE004
    {
        var block = (byte*)NativeMemory.Alloc(10);
        var code = Native.dev_job_submit((nint)block);
        if (code < 0)
        {
            NativeMemory.Free(block);
            return code;
        }

        return block[0];
    }

    public static int Asked(bool ready) // bad: LIFE004
    {
        var block = Marshal.AllocHGlobal(10);
        var code = Native.dev_job_submit(block);
        if (!ready)
        {
            Marshal.FreeHGlobal(block);
        }

        return code;
    }

    public static void Appended(int n)
    {
        var list = Native.dev_list_new();
        for (var i = 0; i < n; i++)
        {
            list = Native.dev_list_append(list, i);
        }

        Native.dev_list_free(list);
    }

    public static void Replaced() // bad: LIFE003
    {
        var list = Native.dev_list_new();
        list = Native.dev_list_new();
        Native.dev_list_free(list);
    }

    public static bool CalledBack(object state, Finished finished)
    {
        var job = Native.dev_job_create();
        if (job == 0)
        {
            return false;
        }

        var data = Marshal.AllocHGlobal(64);
        var self = GCHandle.Alloc(state);
        if (Native.dev_job_post(job, data, finished, GCHandle.ToIntPtr(self)) == 0)
        {
            return true;
        }

        self.Free();
        Marshal.FreeHGlobal(data);
        Native.dev_job_destroy(job);
        return false;
    }

    public static bool NotCalledBack() // bad: LIFE004
    {
        var data = Marshal.AllocHGlobal(64);
        if (Native.dev_job_submit(data) == 0)
        {
            return true;
        }

        Marshal.FreeHGlobal(data);
        return false;
    }

    public static bool CalledBackWithoutTheBlock(object state, Finished finished) // bad: LIFE004
    {
        var data = Marshal.AllocHGlobal(64);
        var self = GCHandle.Alloc(state);
        if (Native.dev_job_post(0, 0, finished, GCHandle.ToIntPtr(self)) == 0)
        {
            return true;
        }

        self.Free();
        Marshal.FreeHGlobal(data);
        return false;
    }

    public static void Tree()
    {
        var sum = Native.dev_expr_new(Native.dev_expr_new(0, 0), Native.dev_expr_new(0, 0));
        Native.dev_expr_free(sum);
    }
}
