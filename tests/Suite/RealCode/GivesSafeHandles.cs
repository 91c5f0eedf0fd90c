// weakness: CWE-401
// construct: imported functions that give a SafeHandle, and the text of an error beside it
using System;
using System.Runtime.InteropServices;

namespace Cases.RealCode.GivesSafeHandles;

internal sealed class AssetHandle : SafeHandle
{
    public AssetHandle()
        : base(0, true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.assets_close_asset(handle);
        return true;
    }
}

internal static class Assets
{
    public static AssetHandle OpenGood(string name)
    {
        int result = Native.assets_open_asset(name, out AssetHandle handle, out nint error);
        if (result != 0)
        {
            string message = Native.TextOf(error);
            handle.Dispose();
            throw new InvalidOperationException(message);
        }

        return handle;
    }

    public static int PlainGood(string name)
    {
        int result = Native.assets_open_folder(name, out nint folder);
        if (result != 0)
        {
            return -1;
        }

        int count = Native.assets_count(folder);
        Native.assets_close_folder(folder);
        return count;
    }

    public static bool HasFolderGood(nint folder, string name)
    {
        bool found = Native.assets_open_folder_again(folder, name, out nint error);
        if (error != 0)
        {
            throw new InvalidOperationException("code " + error);
        }

        return found;
    }

    public static int PlainBad(string name) // bad: LIFE004|LIFE003
    {
        int result = Native.assets_open_folder(name, out nint folder);
        if (result != 0)
        {
            return -1;
        }

        int count = Native.assets_count(folder);
        if (count == 0)
        {
            return 0;
        }

        Native.assets_close_folder(folder);
        return count;
    }
}

internal static class Native
{
    [DllImport("assets")]
    public static extern int assets_open_asset(string name, out AssetHandle handle, out nint error);

    [DllImport("assets")]
    public static extern void assets_close_asset(nint asset);

    [DllImport("assets")]
    public static extern int assets_open_folder(string name, out nint folder);

    [DllImport("assets")]
    public static extern bool assets_open_folder_again(nint folder, string name, out nint error);

    [DllImport("assets")]
    public static extern void assets_close_folder(nint folder);

    [DllImport("assets")]
    public static extern void assets_close_folder_again(nint folder);

    [DllImport("assets")]
    public static extern int assets_count(nint folder);

    [DllImport("assets")]
    private static extern void assets_free_text(nint text);

    public static string TextOf(nint error)
    {
        if (error == 0)
        {
            return "";
        }

        try
        {
            return Marshal.PtrToStringUTF8(error) ?? "";
        }
        finally
        {
            assets_free_text(error);
        }
    }
}
