// weakness: CWE-401, CWE-415
// construct: arguments of imported functions that look at them: structures, texts that another call shows to be given back, addresses that are read at once

using System;
using System.Runtime.InteropServices;

namespace Suite.LentToNative;

internal struct Letter
{
    public nint Subject;
    public nint Body;
    public int Status;
}

internal static class Mail
{
    [DllImport("mail")]
    internal static extern int mail_send(nint from, nint to, nint body);

    [DllImport("mail")]
    internal static extern int mail_store(nint text);

    [DllImport("mail")]
    internal static extern int mail_check(ref Letter letter);

    [DllImport("mail")]
    internal static extern int mail_apply(nint letters, int count);

    [DllImport("mail")]
    internal static extern int mail_register(ref Letter letter);

    [DllImport("mail")]
    internal static extern nint mail_box_create(int size);

    [DllImport("mail")]
    internal static extern nint mail_box_address(nint box);

    [DllImport("mail")]
    internal static extern void mail_box_destroy(nint box);

    [DllImport("mail")]
    internal static extern int mail_set_callback_data(nint data);
}

internal static unsafe class Sender
{
    public static int Send(string from, string to, string body)
    {
        nint f = Marshal.StringToCoTaskMemUTF8(from);
        nint t = Marshal.StringToCoTaskMemUTF8(to);
        nint b = Marshal.StringToCoTaskMemUTF8(body);
        try
        {
            return Mail.mail_send(f, t, b);
        }
        finally
        {
            Marshal.FreeCoTaskMem(b);
            Marshal.FreeCoTaskMem(t);
            Marshal.FreeCoTaskMem(f);
        }
    }

    public static int SendNow(string from, string to, string body) // bad: LIFE003
    {
        nint f = Marshal.StringToCoTaskMemUTF8(from);
        nint t = Marshal.StringToCoTaskMemUTF8(to);
        nint b = Marshal.StringToCoTaskMemUTF8(body);
        int status = Mail.mail_send(f, t, b);
        Marshal.FreeCoTaskMem(f);
        Marshal.FreeCoTaskMem(t);
        return status;
    }

    public static int Ping(string from) => Mail.mail_send(Marshal.StringToCoTaskMemUTF8(from), 0, 0); // bad: LIFE003

    // Nobody takes back what this one has been told: it may keep it.
    public static int Tell(string data) => Mail.mail_set_callback_data(Marshal.StringToCoTaskMemUTF8(data));

    public static int Check(string subject) // bad: LIFE003
    {
        Letter letter = new() { Subject = Marshal.StringToCoTaskMemUTF8(subject) };
        return Mail.mail_check(ref letter);
    }

    public static int CheckAndFree(string subject)
    {
        Letter letter = new() { Subject = Marshal.StringToCoTaskMemUTF8(subject) };
        try
        {
            return Mail.mail_check(ref letter);
        }
        finally
        {
            Marshal.FreeCoTaskMem(letter.Subject);
        }
    }

    public static int StopsEarly(string subject) // bad: LIFE004
    {
        Letter letter = default;
        letter.Subject = Marshal.StringToCoTaskMemUTF8(subject);
        int result = Mail.mail_check(ref letter);
        if (letter.Status != 0)
        {
            return letter.Status;
        }

        Marshal.FreeCoTaskMem(letter.Subject);
        return result;
    }

    public static int FreesBoth(string subject)
    {
        Letter letter = default;
        letter.Subject = Marshal.StringToCoTaskMemUTF8(subject);
        int result = Mail.mail_check(ref letter);
        Marshal.FreeCoTaskMem(letter.Subject);
        if (letter.Body != 0)
        {
            Marshal.FreeCoTaskMem(letter.Body);
        }

        return result;
    }

    public static int Apply(string subject) // bad: LIFE003
    {
        Letter letter = new() { Subject = Marshal.StringToCoTaskMemUTF8(subject) };
        return Mail.mail_apply((nint)(&letter), 1);
    }

    // Whoever registers something keeps it.
    public static int Register(string subject)
    {
        Letter letter = new() { Subject = Marshal.StringToCoTaskMemUTF8(subject) };
        return Mail.mail_register(ref letter);
    }
}

/// <summary>The method of another type, which gives back what it is handed, says nothing of the imported function of its name.</summary>
internal sealed class Archive
{
    private int _stored;

    public int Stored => _stored;

    public static void Keep(Archive archive, string text)
    {
        nint copy = Marshal.StringToCoTaskMemUTF8(text);
        archive.mail_store(copy);
        Marshal.FreeCoTaskMem(copy);
    }

    public void mail_store(nint text) => _stored += Marshal.ReadByte(text);
}

internal sealed class Stores
{
    private nint _last = Marshal.StringToCoTaskMemUTF8("first");

    public static void Direct(string text)
    {
        nint copy = Marshal.StringToCoTaskMemUTF8(text);
        Mail.mail_store(copy);
    }

    public static void ByWrapper(string text)
    {
        nint copy = Marshal.StringToCoTaskMemUTF8(text);
        Store(copy);
    }

    public void StoreLast()
    {
        Mail.mail_store(_last);
        _last = 0;
    }

    private static void Store(nint text) => Mail.mail_store(text);
}

internal static unsafe class Boxes
{
    public static int First(int size)
    {
        nint box = Mail.mail_box_create(size);
        if (box == 0)
        {
            return 0;
        }

        int first = *(int*)Mail.mail_box_address(box);
        Mail.mail_box_destroy(box);
        return first;
    }

    public static int Forgotten(int size) // bad: LIFE003
    {
        nint box = Mail.mail_box_create(size);
        if (box == 0)
        {
            return 0;
        }

        int* data = (int*)Mail.mail_box_address(box);
        return data[0] + data[1];
    }

    public static int ReadByMarshal(int size) // bad: LIFE003
    {
        nint box = Mail.mail_box_create(size);
        return box == 0 ? 0 : Marshal.ReadInt32(Mail.mail_box_address(box));
    }

    // Who has the address may find the box by it.
    public static int* Address(int size)
    {
        nint box = Mail.mail_box_create(size);
        return box == 0 ? null : (int*)Mail.mail_box_address(box);
    }
}

internal sealed unsafe class BoxCounter
{
    private readonly nint _box = Mail.mail_box_create(8); // bad: LIFE013

    public long Next() => ++*(long*)Mail.mail_box_address(_box);
}

internal sealed unsafe class BoxCounterThatEnds : IDisposable
{
    private readonly nint _box = Mail.mail_box_create(8);

    public long Next() => ++*(long*)Mail.mail_box_address(_box);

    public void Dispose() => Mail.mail_box_destroy(_box);
}
