using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>The answer to a request that ran into its memory limit: 503 with problem details (RFC 9457).</summary>
internal static partial class MemoryLimitProblem
{
    private const string Type = "https://github.com/lifetime-analyzers/lifetime-analyzers/blob/main/docs/aspnetcore.md#memory-limit";

    /// <summary>The limit exception behind <paramref name="exception"/>: itself, or what parallel code or reflection wrapped; null when there is none.</summary>
    public static MemoryLimitExceededException? Find(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is MemoryLimitExceededException found)
            {
                return found;
            }

            if (inner is AggregateException { InnerExceptions: var several } && several.Select(Find).FirstOrDefault(one => one is not null) is { } among)
            {
                return among;
            }

            if (inner is not (AggregateException or System.Reflection.TargetInvocationException))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Writes the answer, by the application's own problem details service where there is one.</summary>
    public static async Task WriteAsync(HttpContext context, MemoryLimitExceededException exception, bool development)
    {
        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        ProblemDetails problem = new()
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Type = Type,
            Title = "The request needs more memory than it may have.",
            Detail = exception.Message,
            Instance = context.Request.Path,
            Extensions = { ["limit"] = exception.Limit, ["requested"] = exception.Requested },
        };
        if (development && exception.File is { } file)
        {
            problem.Extensions["at"] = $"{file}:{exception.Line}";
        }

        IProblemDetailsService? service = context.RequestServices.GetService<IProblemDetailsService>();
        if (service is null || !await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem }))
        {
            await context.Response.WriteAsJsonAsync(problem, ProblemJson.Default.ProblemDetails, contentType: "application/problem+json");
        }
    }

    /// <summary>Written without reflection, for applications that are trimmed or compiled ahead of time; the simple types are those of the extensions.</summary>
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(ProblemDetails))]
    [JsonSerializable(typeof(long))]
    [JsonSerializable(typeof(string))]
    private sealed partial class ProblemJson : JsonSerializerContext;
}
