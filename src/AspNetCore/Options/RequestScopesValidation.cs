using Microsoft.Extensions.Options;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>Refuses options that no request could be served with.</summary>
internal sealed class RequestScopesValidation : IValidateOptions<RequestScopesOptions>
{
    public ValidateOptionsResult Validate(string? name, RequestScopesOptions options) => options switch
    {
        { MemoryLimit: not (> 0 or RequestScopeOptions.Unlimited) } => ValidateOptionsResult.Fail(
            $"{nameof(RequestScopesOptions.MemoryLimit)} is {options.MemoryLimit}, but has to be a positive number of bytes, or -1 for no limit."),
        { MaxCachedBytes: < 0 } => ValidateOptionsResult.Fail(
            $"{nameof(RequestScopesOptions.MaxCachedBytes)} is {options.MaxCachedBytes}, but has to be a number of bytes, or 0 to keep nothing."),
        { TrimInterval.Ticks: <= 0 } => ValidateOptionsResult.Fail(
            $"{nameof(RequestScopesOptions.TrimInterval)} is {options.TrimInterval}, but has to be longer than no time."),
        _ => ValidateOptionsResult.Success,
    };
}
