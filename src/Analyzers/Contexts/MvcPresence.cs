using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Whether the compilation serves requests at all, and whether MVC is at work in it. Looked up on first use; thread-safe.</summary>
internal sealed class MvcPresence(Compilation compilation, IdentifierIndex index)
{
    private static readonly string[] s_setup =
        ["AddControllers", "AddControllersWithViews", "AddMvc", "AddMvcCore", "MapControllers", "MapControllerRoute", "MapDefaultControllerRoute", "UseMvc", "UseMvcWithDefaultRoute"];

    private readonly Lazy<bool> _hasRequests = new(() =>
        compilation.GetTypesByMetadataName("Microsoft.AspNetCore.Http.HttpContext").Length > 0);

    private readonly Lazy<bool> _referencesMvc = new(() => compilation.GetTypesByMetadataName("Microsoft.AspNetCore.Mvc.ControllerBase").Length > 0);

    private int _atWork;

    /// <summary>Whether there are HTTP requests to serve.</summary>
    public bool HasRequests => _hasRequests.Value;

    /// <summary>
    /// Whether MVC looks for controllers in this assembly: a library that refers to MVC is searched by its application, a
    /// program only where it sets MVC up.
    /// </summary>
    public bool IsAtWork(CancellationToken cancellationToken)
    {
        if (!_referencesMvc.Value)
        {
            return false;
        }

        if (compilation.Options.OutputKind == OutputKind.DynamicallyLinkedLibrary)
        {
            return true;
        }

        int known = Volatile.Read(ref _atWork);
        if (known == 0)
        {
            known = s_setup.Any(name => index.TreesWith(name, cancellationToken).Any()) ? 1 : -1;
            Volatile.Write(ref _atWork, known);
        }

        return known > 0;
    }
}
