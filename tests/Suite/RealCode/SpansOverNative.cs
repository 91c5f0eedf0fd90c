// weakness: CWE-590
// construct: spans over native memory that go to a function, which pins them and releases what they lie over
using System;
using System.Runtime.InteropServices;

namespace Cases.RealCode.SpansOverNative;

internal struct Animation
{
    public int Frames;
}

internal static unsafe class Library
{
    [DllImport("models")]
    private static extern Animation* load_animations(byte* name, int* count);

    [DllImport("models")]
    private static extern void unload_animations(Animation* animations, int count);

    public static Span<Animation> LoadGood(byte* name)
    {
        int count;
        Animation* animations = load_animations(name, &count);
        return new Span<Animation>(animations, count);
    }

    public static void UnloadGood(Span<Animation> animations)
    {
        fixed (Animation* first = animations)
        {
            unload_animations(first, animations.Length);
        }
    }

    public static void UnloadArrayBad(Animation[] animations) // bad: LIFE009
    {
        fixed (Animation* first = animations)
        {
            unload_animations(first, animations.Length);
        }
    }

    public static int PlayGood(byte* name)
    {
        Span<Animation> animations = LoadGood(name);
        int frames = animations[0].Frames;
        UnloadGood(animations);
        return frames;
    }

    public static int CountBad(byte* name) // bad: LIFE003|LIFE004
    {
        int count;
        Animation* animations = load_animations(name, &count);
        return count == 0 ? 0 : animations->Frames;
    }
}
