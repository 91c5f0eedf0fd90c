using System.Runtime.InteropServices;

// A tool: reads a file and prints a checksum.
if (args.Length == 0)
{
    Console.Error.WriteLine("usage: tool <file>");
    return 1;
}

var data = File.ReadAllBytes(args[0]);
IntPtr native = Marshal.AllocHGlobal(data.Length);
Marshal.Copy(data, 0, native, data.Length);

long sum = 0;
for (int i = 0; i < data.Length; i++)
{
    sum += Marshal.ReadByte(native, i);
}

if (sum == 0)
    return 2;

Console.WriteLine($"{sum:x}");
Report(sum);
return 0;

static void Report(long value)
{
    var p = Marshal.StringToHGlobalUni(value.ToString());
    Console.WriteLine(Marshal.PtrToStringUni(p));
}
