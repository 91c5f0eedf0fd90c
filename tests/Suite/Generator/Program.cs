using LifetimeAnalyzers.Suite.Generator;

// Writes the systematic part of the suite:
//   dotnet run --project tests/Suite/Generator -- tests/Suite/Juliet
if (args is not [var folder])
{
    Console.Error.WriteLine("The folder to write to is missing: dotnet run --project tests/Suite/Generator -- tests/Suite/Juliet");
    return 2;
}

if (Directory.Exists(folder))
{
    foreach (string stale in Directory.EnumerateFiles(folder, "CWE*.cs", SearchOption.AllDirectories).ToArray())
    {
        File.Delete(stale);
    }
}

int files = 0;
foreach ((string path, string text) in GeneratedCases.All())
{
    string target = Path.Combine(folder, path);
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
    File.WriteAllText(target, text);
    files++;
}

Console.WriteLine($"{files} files in {folder}");
return 0;
