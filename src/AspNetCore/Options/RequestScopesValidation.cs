using Microsoft.Extensions.Options;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>Refuses options that no request could be served with.</summary>
internal sealed class RequestScopesValidation : IValidateOptions<RequestScopesOptions>
{
    public ValidateOptionsResult Validate(string? name, RequestScopesOptions options) => options.MemoryLimit switch
    {
        > 0 or RequestScopeOptions.Unlimited => ValidateOptionsResult.Success,
        _ => ValidateOptionsResult.Fail($"{nameof(RequestScopesOptions.MemoryLimit)} is {options.MemoryLimit}, but has to be a positive number of bytes, or -1 for no limit."),
    };
}
