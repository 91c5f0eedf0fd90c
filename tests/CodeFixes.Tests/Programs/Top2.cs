using System.Runtime.InteropServices;

var names = new[] { "a", "b" };
foreach (var name in names)
{
    var p = Marshal.StringToHGlobalUni(name);
    if (name == "b") break;
    Console.WriteLine(Marshal.PtrToStringUni(p));
    Marshal.FreeHGlobal(p);
}

unsafe
{
    int* numbers = (int*)NativeMemory.AllocZeroed(10, sizeof(int));
    Console.WriteLine(numbers[0]);
}

await Run();

async Task Run()
{
    var h = GCHandle.Alloc(names, GCHandleType.Normal);
    await Task.Delay(1);
    Console.WriteLine(h.Target);
}
var last = Marshal.AllocHGlobal(3);
Marshal.WriteByte(last, 1);
