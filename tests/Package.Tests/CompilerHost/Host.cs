using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

// Compiles a file with the Roslyn this host was built against and the analyzers of a package, and prints what they report.
// Arguments: the folder with the package's assemblies, the source file.
string folder = args[0];
CSharpCompilation compilation = CSharpCompilation.Create(
    "Consumer",
    [CSharpSyntaxTree.ParseText(File.ReadAllText(args[1]), path: args[1])],
    ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path)),
    new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
foreach (Diagnostic error in compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error))
{
    Console.WriteLine(error);
}

AnalyzerFileReference package = new(Path.Combine(folder, "LifetimeAnalyzers.dll"), new Loader());
package.AnalyzerLoadFailed += (_, failure) => Console.WriteLine($"load failed: {failure.Message} {failure.Exception}");
ImmutableArray<DiagnosticAnalyzer> analyzers = package.GetAnalyzers(LanguageNames.CSharp);
foreach (Diagnostic diagnostic in await compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync())
{
    Console.WriteLine(diagnostic);
}

IEnumerable<Type> fixes = Assembly.LoadFrom(Path.Combine(folder, "LifetimeAnalyzers.CodeFixes.dll")).GetTypes().Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type));
Console.WriteLine("fixes " + string.Join(' ', fixes.SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds).Order(StringComparer.Ordinal)));
Console.WriteLine("Roslyn " + typeof(Compilation).Assembly.GetName().Version);

internal sealed class Loader : IAnalyzerAssemblyLoader
{
    public void AddDependencyLocation(string fullPath)
    {
    }

    public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
}
