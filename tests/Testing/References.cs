using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace LifetimeAnalyzers.Testing;

/// <summary>What test code is compiled against.</summary>
public static class References
{
    /// <summary>Plain .NET.</summary>
    public static ReferenceAssemblies Net { get; } = ReferenceAssemblies.Net.Net100;

    /// <summary>.NET with ASP.NET Core.</summary>
    public static ReferenceAssemblies AspNetCore { get; } = Net.AddPackages([new PackageIdentity("Microsoft.AspNetCore.App.Ref", "10.0.0")]);

    /// <summary>The runtime library of this repository, with <c>Heap</c> and <c>RequestScope</c>.</summary>
    public static MetadataReference Runtime { get; } =
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "runtime-under-test", "LifetimeAnalyzers.Runtime.dll"));
}
