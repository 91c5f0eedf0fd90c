// weakness: CWE-401
// construct: imported functions that the source itself uses as a pair, and pairs by the name of an out parameter
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.PairsByUse;

internal static class Sql
{
    [DllImport("sql")] public static extern IntPtr SQexec(IntPtr connection, string text);
    [DllImport("sql")] public static extern void SQclear(IntPtr result);
    [DllImport("sql")] public static extern int SQrows(IntPtr result);
    [DllImport("sql")] public static extern IntPtr SQname(IntPtr result, int column);

    [DllImport("sql")] public static extern int sql_get_value(IntPtr connection, string key, out IntPtr value);
    [DllImport("sql")] public static extern void sql_free(IntPtr value);

    [DllImport("sql")] public static extern int sql_txn_begin(IntPtr connection, out IntPtr transaction);
    [DllImport("sql")] public static extern int sql_txn_commit(IntPtr transaction);
    [DllImport("sql")] public static extern void sql_txn_abort(IntPtr transaction);
    [DllImport("sql")] public static extern int sql_put(IntPtr transaction, int key);
}

internal static class Repo
{
    [DllImport("repo")] public static extern int repo_commit_lookup(out IntPtr commit, IntPtr repository, string id);
    [DllImport("repo")] public static extern void repo_commit_free(IntPtr commit);
    [DllImport("repo")] public static extern int repo_commit_tree(out IntPtr tree, IntPtr commit);
    [DllImport("repo")] public static extern void repo_tree_free(IntPtr tree);
    [DllImport("repo")] public static extern int repo_tree_size(IntPtr tree);
    [DllImport("repo")] public static extern int repo_tree_next_entry(IntPtr tree, out IntPtr entry);
    [DllImport("repo")] public static extern IntPtr repo_entry_copy(IntPtr entry);
    [DllImport("repo")] public static extern void repo_entry_free(IntPtr entry);
}

internal static class Gpu
{
    [DllImport("gpu")] public static extern int gpuCreateFence(IntPtr device, IntPtr info, IntPtr allocator, out IntPtr fence);
    [DllImport("gpu")] public static extern void gpuDestroyFence(IntPtr device, IntPtr fence, IntPtr allocator);
    [DllImport("gpu")] public static extern int gpuWaitForFences(IntPtr device, int count, ref IntPtr fences);
    [DllImport("gpu")] public static extern int gpuMapMemory(IntPtr device, IntPtr memory, out IntPtr data);
    [DllImport("gpu")] public static extern void gpuUnmapMemory(IntPtr device, IntPtr memory);
}

internal static class Ui
{
    [DllImport("ui")] public static extern IntPtr ui_window_menu(IntPtr window);
    [DllImport("ui")] public static extern void ui_menu_destroy(IntPtr menu);
    [DllImport("ui")] public static extern int ui_menu_count(IntPtr menu);
    [DllImport("ui")] public static extern IntPtr ui_begin(IntPtr window);
    [DllImport("ui")] public static extern void ui_end(IntPtr window);
    [DllImport("ui")] public static extern IntPtr ui_list_of(int kind);
    [DllImport("ui")] public static extern void ui_list_clear(IntPtr list);
    [DllImport("ui")] public static extern void ui_list_add(IntPtr list, int item);
}

internal static class Results
{
    public static int RowsGood(IntPtr connection)
    {
        IntPtr result = Sql.SQexec(connection, "select 1");
        try
        {
            return Sql.SQrows(result);
        }
        finally
        {
            Sql.SQclear(result);
        }
    }

    public static int RowsBad(IntPtr connection) // bad: LIFE004
    {
        IntPtr result = Sql.SQexec(connection, "select 2");
        if (Sql.SQrows(result) == 0)
        {
            return -1;
        }

        Sql.SQclear(result);
        return 1;
    }

    public static void DiscardedBad(IntPtr connection) // bad: LIFE004
    {
        Sql.SQexec(connection, "delete from a");
    }

    public static string? NameBad(IntPtr connection) // bad: LIFE003
    {
        IntPtr result = Sql.SQexec(connection, "select 3");
        return Marshal.PtrToStringUTF8(Sql.SQname(result, 0));
    }

    public static IntPtr GivenOnGood(IntPtr connection) => Sql.SQexec(connection, "select 4");

    public static string? ValueGood(IntPtr connection)
    {
        if (Sql.sql_get_value(connection, "a", out IntPtr value) != 0)
        {
            return null;
        }

        string? text = Marshal.PtrToStringUTF8(value);
        Sql.sql_free(value);
        return text;
    }

    public static string? ValueBad(IntPtr connection) // bad: LIFE003
    {
        if (Sql.sql_get_value(connection, "a", out IntPtr value) != 0)
        {
            return null;
        }

        return Marshal.PtrToStringUTF8(value);
    }

    public static bool PutGood(IntPtr connection)
    {
        if (Sql.sql_txn_begin(connection, out IntPtr transaction) != 0)
        {
            return false;
        }

        if (Sql.sql_put(transaction, 1) != 0)
        {
            Sql.sql_txn_abort(transaction);
            return false;
        }

        return Sql.sql_txn_commit(transaction) == 0;
    }

    public static bool PutBad(IntPtr connection) // bad: LIFE004
    {
        if (Sql.sql_txn_begin(connection, out IntPtr transaction) != 0)
        {
            return false;
        }

        if (Sql.sql_put(transaction, 1) != 0)
        {
            return false;
        }

        return Sql.sql_txn_commit(transaction) == 0;
    }

    public static void PutTwiceBad(IntPtr connection) // bad: LIFE006
    {
        if (Sql.sql_txn_begin(connection, out IntPtr transaction) != 0)
        {
            return;
        }

        try
        {
            Sql.sql_put(transaction, 1);
            Sql.sql_txn_commit(transaction);
        }
        finally
        {
            Sql.sql_txn_abort(transaction);
        }
    }
}

internal static class Trees
{
    public static int SizeGood(IntPtr repository)
    {
        if (Repo.repo_commit_lookup(out IntPtr commit, repository, "a") != 0)
        {
            return -1;
        }

        int size = -1;
        if (Repo.repo_commit_tree(out IntPtr tree, commit) == 0)
        {
            size = Repo.repo_tree_size(tree);
            Repo.repo_tree_free(tree);
        }

        Repo.repo_commit_free(commit);
        return size;
    }

    public static int SizeBad(IntPtr repository) // bad: LIFE004
    {
        if (Repo.repo_commit_lookup(out IntPtr commit, repository, "a") != 0)
        {
            return -1;
        }

        if (Repo.repo_commit_tree(out IntPtr tree, commit) != 0)
        {
            return -1;
        }

        int size = Repo.repo_tree_size(tree);
        Repo.repo_tree_free(tree);
        Repo.repo_commit_free(commit);
        return size;
    }

    public static int TreeBad(IntPtr commit) // bad: LIFE003
    {
        if (Repo.repo_commit_tree(out IntPtr tree, commit) != 0)
        {
            return -1;
        }

        return Repo.repo_tree_size(tree);
    }

    public static int EntriesGood(IntPtr tree)
    {
        // the entry is the tree's
        int count = 0;
        while (Repo.repo_tree_next_entry(tree, out IntPtr entry) == 0 && entry != IntPtr.Zero)
        {
            count++;
        }

        return count;
    }
}

internal static class Fences
{
    public static int WaitGood(IntPtr device)
    {
        if (Gpu.gpuCreateFence(device, IntPtr.Zero, IntPtr.Zero, out IntPtr fence) != 0)
        {
            return -1;
        }

        int result = Gpu.gpuWaitForFences(device, 1, ref fence);
        Gpu.gpuDestroyFence(device, fence, IntPtr.Zero);
        return result;
    }

    public static int WaitBad(IntPtr device) // bad: LIFE004
    {
        if (Gpu.gpuCreateFence(device, IntPtr.Zero, IntPtr.Zero, out IntPtr fence) != 0)
        {
            return -1;
        }

        if (Gpu.gpuWaitForFences(device, 1, ref fence) != 0)
        {
            return -2;
        }

        Gpu.gpuDestroyFence(device, fence, IntPtr.Zero);
        return 0;
    }

    public static int MapGood(IntPtr device, IntPtr memory)
    {
        if (Gpu.gpuMapMemory(device, memory, out IntPtr data) != 0)
        {
            return -1;
        }

        int first = Marshal.ReadInt32(data);
        if (first == 0)
        {
            return 0;
        }

        Gpu.gpuUnmapMemory(device, memory);
        return first;
    }
}

internal sealed class Fence : IDisposable
{
    private readonly IntPtr _device;
    private IntPtr _fence;

    public Fence(IntPtr device)
    {
        _device = device;
        if (Gpu.gpuCreateFence(device, IntPtr.Zero, IntPtr.Zero, out _fence) != 0)
        {
            throw new InvalidOperationException();
        }
    }

    public int Wait() => Gpu.gpuWaitForFences(_device, 1, ref _fence);

    public void Dispose() => Gpu.gpuDestroyFence(_device, _fence, IntPtr.Zero);
}

internal static class FenceUsers
{
    public static int UsingGood(IntPtr device)
    {
        using var fence = new Fence(device);
        return fence.Wait();
    }

    public static int LostBad(IntPtr device) // bad: LIFE003
    {
        var fence = new Fence(device);
        return fence.Wait();
    }

    public static int AfterBad(IntPtr device) // bad: LIFE007
    {
        var fence = new Fence(device);
        fence.Dispose();
        return fence.Wait();
    }
}

internal static class Menus
{
    public static int CountGood(IntPtr window) => Ui.ui_menu_count(Ui.ui_window_menu(window));

    public static int CountTwiceGood(IntPtr window)
    {
        IntPtr menu = Ui.ui_window_menu(window);
        return menu == IntPtr.Zero ? 0 : Ui.ui_menu_count(menu);
    }

    public static bool IsEmptyGood(IntPtr window)
    {
        IntPtr menu = Ui.ui_window_menu(window);
        return Ui.ui_menu_count(menu) == 0;
    }

    public static bool IsFullGood(IntPtr window)
    {
        IntPtr menu = Ui.ui_window_menu(window);
        return Ui.ui_menu_count(menu) == 100;
    }

    public static void RemovedGood(IntPtr window)
    {
        // done once, and only when nobody needs it: the menu is the window's
        IntPtr menu = Ui.ui_window_menu(window);
        if (Ui.ui_menu_count(menu) == 0)
        {
            Ui.ui_menu_destroy(menu);
        }
    }

    public static void FrameGood(IntPtr window)
    {
        IntPtr frame = Ui.ui_begin(window);
        if (frame != IntPtr.Zero)
        {
            Ui.ui_end(frame);
        }
    }

    public static int FrameEarlyGood(IntPtr window)
    {
        IntPtr frame = Ui.ui_begin(window);
        return frame == IntPtr.Zero ? 0 : 1;
    }

    public static void ClearedGood(int kind)
    {
        // to clear it is not to release it
        IntPtr list = Ui.ui_list_of(kind);
        Ui.ui_list_clear(list);
        Ui.ui_list_add(list, 1);
    }

    public static void ClearedAtLastGood(int kind)
    {
        IntPtr list = Ui.ui_list_of(kind);
        Ui.ui_list_add(list, 1);
        Ui.ui_list_clear(list);
    }

    public static void OnlyAddedGood(int kind)
    {
        IntPtr list = Ui.ui_list_of(kind);
        Ui.ui_list_add(list, 1);
    }
}
