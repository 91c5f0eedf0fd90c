using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>Healthy, or Degraded for a while after a request was refused for its memory limit.</summary>
internal sealed class RequestScopeHealthCheck(RequestScopeMetrics metrics, IOptionsMonitor<RequestScopesOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Dictionary<string, object> data = new() { ["open_scopes"] = metrics.Open, ["limit_exceeded"] = metrics.Refused };
        bool recent = metrics.SinceLastRefusal is { } ago && ago < options.CurrentValue.DegradedAfterLimitExceeded;
        return Task.FromResult(recent
            ? HealthCheckResult.Degraded("A request ran into its memory limit a short while ago.", data: data)
            : HealthCheckResult.Healthy("No request ran into its memory limit lately.", data));
    }
}
