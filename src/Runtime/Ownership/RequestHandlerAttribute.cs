namespace LifetimeAnalyzers;

/// <summary>
/// Marks code that runs once per request, inside a request scope: process-lifetime memory that is not released there
/// grows with every request.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Delegate,
    AllowMultiple = false,
    Inherited = true)]
public sealed class RequestHandlerAttribute : Attribute;
