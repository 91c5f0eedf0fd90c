// weakness: CWE-401
// construct: C strings and C tables, as a port from C has them
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Strangers.Strings;

internal unsafe struct StringBuilderC
{
    public byte* Text;
    public nuint Length;
    public nuint Room;
}

internal unsafe struct Config
{
    public byte* Name;
    public byte* Path;
    public int Verbose;
}

internal unsafe struct Stack
{
    public void** Items;
    public int Count;
    public int Room;
}

internal static unsafe class Strings
{
    private static byte* Duplicate(byte* text)
    {
        nuint length = Libc.Strlen(text) + 1;
        byte* copy = (byte*)Libc.Malloc(length);
        if (copy != null)
        {
            Buffer.MemoryCopy(text, copy, length, length);
        }

        return copy;
    }

    public static byte* JoinGood(byte* left, byte* right)
    {
        nuint l = Libc.Strlen(left);
        nuint r = Libc.Strlen(right);
        byte* result = (byte*)Libc.Malloc(l + r + 1);
        if (result == null)
        {
            return null;
        }

        Buffer.MemoryCopy(left, result, l, l);
        Buffer.MemoryCopy(right, result + l, r + 1, r + 1);
        return result;
    }

    public static int CompareCopyBad(byte* text) // bad: LIFE004|LIFE003
    {
        byte* copy = Duplicate(text);
        if (copy == null)
        {
            return -1;
        }

        for (byte* p = copy; *p != 0; p++)
        {
            if (*p == (byte)'#')
            {
                return 1;
            }
        }

        Libc.Free(copy);
        return 0;
    }

    public static int CompareCopyGood(byte* text)
    {
        byte* copy = Duplicate(text);
        if (copy == null)
        {
            return -1;
        }

        int found = 0;
        for (byte* p = copy; *p != 0; p++)
        {
            if (*p == (byte)'#')
            {
                found = 1;
                break;
            }
        }

        Libc.Free(copy);
        return found;
    }

    public static void TrimBad(byte* text) // bad: LIFE009
    {
        byte* copy = Duplicate(text);
        if (copy == null)
        {
            return;
        }

        copy++;
        Io.PrintByte(*copy);
        Libc.Free(copy);
    }

    public static int AppendGood(StringBuilderC* sb, byte* text)
    {
        nuint length = Libc.Strlen(text);
        if (sb->Length + length + 1 > sb->Room)
        {
            nuint room = (sb->Room * 2) + length + 1;
            byte* grown = (byte*)Libc.Realloc(sb->Text, room);
            if (grown == null)
            {
                return -1;
            }

            sb->Text = grown;
            sb->Room = room;
        }

        Buffer.MemoryCopy(text, sb->Text + sb->Length, length + 1, length + 1);
        sb->Length += length;
        return 0;
    }

    public static int AppendBad(StringBuilderC* sb, byte* text) // bad: LIFE007
    {
        nuint length = Libc.Strlen(text);
        byte* old = sb->Text;
        byte* grown = (byte*)Libc.Realloc(old, sb->Room + length);
        if (grown == null)
        {
            return -1;
        }

        grown[0] = old[0];
        sb->Text = grown;
        return 0;
    }

    public static void BuilderFreeGood(StringBuilderC* sb)
    {
        Libc.Free(sb->Text);
        sb->Text = null;
        sb->Length = sb->Room = 0;
    }

    public static int BuildLineBad(byte* text) // bad: LIFE003|LIFE004
    {
        StringBuilderC sb = default;
        if (AppendGood(&sb, text) < 0)
        {
            BuilderFreeGood(&sb);
            return -1;
        }

        return (int)sb.Length;
    }

    public static int BuildLineGood(byte* text)
    {
        StringBuilderC sb = default;
        int result = AppendGood(&sb, text) < 0 ? -1 : (int)sb.Length;
        BuilderFreeGood(&sb);
        return result;
    }

    public static Config* ConfigNewGood(byte* name, byte* path)
    {
        Config* config = (Config*)Libc.Calloc(1, (nuint)sizeof(Config));
        if (config == null)
        {
            return null;
        }

        config->Name = Duplicate(name);
        if (config->Name == null)
        {
            goto fail;
        }

        config->Path = Duplicate(path);
        if (config->Path == null)
        {
            goto fail;
        }

        return config;

    fail:
        Libc.Free(config->Name);
        Libc.Free(config->Path);
        Libc.Free(config);
        return null;
    }

    public static Config* ConfigNewBad(byte* name, byte* path) // bad: LIFE004|LIFE003
    {
        Config* config = (Config*)Libc.Calloc(1, (nuint)sizeof(Config));
        if (config == null)
        {
            return null;
        }

        config->Name = Duplicate(name);
        config->Path = Duplicate(path);
        if (config->Name == null || config->Path == null)
        {
            Libc.Free(config);
            return null;
        }

        return config;
    }

    private static void ConfigFree(Config* config)
    {
        if (config == null)
        {
            return;
        }

        Libc.Free(config->Name);
        Libc.Free(config->Path);
        Libc.Free(config);
    }

    public static int ConfigUseGood(byte* name, byte* path)
    {
        Config* config = ConfigNewGood(name, path);
        if (config == null)
        {
            return -1;
        }

        int verbose = config->Verbose;
        ConfigFree(config);
        return verbose;
    }

    public static int ConfigUseBad(byte* name, byte* path) // bad: LIFE003
    {
        Config* config = ConfigNewGood(name, path);
        return config == null ? -1 : config->Verbose;
    }

    public static int ConfigUseAfterBad(byte* name, byte* path) // bad: LIFE007
    {
        Config* config = ConfigNewGood(name, path);
        if (config == null)
        {
            return -1;
        }

        ConfigFree(config);
        return config->Verbose;
    }

    public static void ConfigTwiceBad(byte* name, byte* path) // bad: LIFE006
    {
        Config* config = ConfigNewGood(name, path);
        ConfigFree(config);
        ConfigFree(config);
    }

    public static void ConfigOnlyShellBad(byte* name) // bad: LIFE003|LIFE004
    {
        Config* config = (Config*)NativeMemory.AllocZeroed((nuint)sizeof(Config));
        config->Name = (byte*)NativeMemory.Alloc(10);
        *config->Name = *name;
        NativeMemory.Free(config);
    }

    public static void ConfigRenameBad(Config* config, byte* name) // bad: LIFE007
    {
        Libc.Free(config->Name);
        Io.PrintByte(config->Name[0]);
        config->Name = Duplicate(name);
    }

    public static void ConfigRenameGood(Config* config, byte* name)
    {
        byte* fresh = Duplicate(name);
        if (fresh == null)
        {
            return;
        }

        Libc.Free(config->Name);
        config->Name = fresh;
    }

    public static void PushGood(Stack* stack, void* item)
    {
        if (stack->Count == stack->Room)
        {
            stack->Room = stack->Room == 0 ? 8 : stack->Room * 2;
            stack->Items = (void**)NativeMemory.Realloc(stack->Items, (nuint)stack->Room * (nuint)sizeof(void*));
        }

        stack->Items[stack->Count++] = item;
    }

    public static void PushNewGood(Stack* stack)
    {
        void* item = NativeMemory.Alloc(8);
        PushGood(stack, item);
    }

    public static void DrainGood(Stack* stack)
    {
        while (stack->Count > 0)
        {
            NativeMemory.Free(stack->Items[--stack->Count]);
        }

        NativeMemory.Free(stack->Items);
        stack->Items = null;
        stack->Room = 0;
    }

    public static void DrainBad(Stack* stack) // bad: LIFE007
    {
        NativeMemory.Free(stack->Items);
        while (stack->Count > 0)
        {
            NativeMemory.Free(stack->Items[--stack->Count]);
        }
    }

    public static void LocalStackGood()
    {
        Stack stack = default;
        PushNewGood(&stack);
        PushNewGood(&stack);
        DrainGood(&stack);
    }

    public static void DoublePointerGood(byte** out1, byte** out2)
    {
        *out1 = (byte*)Libc.Malloc(4);
        *out2 = (byte*)Libc.Malloc(8);
        if (*out1 == null || *out2 == null)
        {
            Libc.Free(*out1);
            Libc.Free(*out2);
            *out1 = *out2 = null;
        }
    }

    public static int DoublePointerUserBad() // bad: LIFE003|LIFE004
    {
        byte* a;
        byte* b;
        DoublePointerGood(&a, &b);
        int result = a != null ? 1 : 0;
        Libc.Free(a);
        return result;
    }

    public static int DoublePointerUserGood()
    {
        byte* a;
        byte* b;
        DoublePointerGood(&a, &b);
        int result = a != null ? 1 : 0;
        Libc.Free(a);
        Libc.Free(b);
        return result;
    }

    public static void SplitGood(byte* text, byte** parts, int max)
    {
        int n = 0;
        while (n < max && *text != 0)
        {
            parts[n] = Duplicate(text);
            if (parts[n] == null)
            {
                break;
            }

            n++;
            text++;
        }

        while (n-- > 0)
        {
            Libc.Free(parts[n]);
        }
    }

    public static nint VariantGood(int kind, byte* text) => kind switch
    {
        0 => (nint)Duplicate(text),
        1 => (nint)Libc.Malloc(10),
        _ => 0,
    };

    public static void VariantUserBad(byte* text) // bad: LIFE003
    {
        nint value = VariantGood(1, text);
        Io.PrintInt(value == 0 ? 0 : 1);
    }
}
