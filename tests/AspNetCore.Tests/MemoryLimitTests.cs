using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace LifetimeAnalyzers.AspNetCore.Tests;

/// <summary>A request over its limit gets a 503 that says so, and the server lives.</summary>
public sealed class MemoryLimitTests
{
    private const int Mebibyte = 1 << 20;

    [Fact]
    public async Task Request_over_the_limit_gets_503_problem_details_and_the_next_one_is_served()
    {
        await using TestServer server = await TestServer.StartAsync(MapTake, options => options.MemoryLimit = 4 * Mebibyte);

        using HttpResponseMessage refused = await server.Client.GetAsync("/take?mebibytes=8");
        JsonElement problem = await refused.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(503, problem.GetProperty("status").GetInt32());
        Assert.Equal("The request needs more memory than it may have.", problem.GetProperty("title").GetString());
        Assert.Equal("Allowed memory size of 4194304 bytes exhausted (tried to allocate 8388608 bytes)", problem.GetProperty("detail").GetString());
        Assert.Equal(4 * Mebibyte, problem.GetProperty("limit").GetInt64());
        Assert.Equal(8 * Mebibyte, problem.GetProperty("requested").GetInt64());
        Assert.False(problem.TryGetProperty("at", out _), "source paths are for developers only");
        Assert.Contains(server.Log.Scopes, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("GET /take ran into its memory limit of 4194304 bytes", StringComparison.Ordinal));
        Assert.Equal("taken", await server.Client.GetStringAsync("/take?mebibytes=2"));
    }

    [Fact]
    public async Task Developers_are_told_the_line_that_asked()
    {
        await using TestServer server = await TestServer.StartAsync(MapTake, options => options.MemoryLimit = Mebibyte, environment: "Development");

        using HttpResponseMessage refused = await server.Client.GetAsync("/take?mebibytes=8");

        Assert.Contains("MemoryLimitTests.cs:", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("at").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_may_catch_the_limit_and_answer_itself()
    {
        await using TestServer server = await TestServer.StartAsync(
            app => app.MapGet("/", () =>
            {
                try
                {
                    Heap.Emalloc(8 * Mebibyte);
                    return "taken";
                }
                catch (MemoryLimitExceededException)
                {
                    Heap.Emalloc(1000);
                    return "smaller";
                }
            }),
            options => options.MemoryLimit = Mebibyte);

        Assert.Equal("smaller", await server.Client.GetStringAsync("/"));
    }

    [Fact]
    public async Task Limit_hit_in_a_parallel_child_is_a_503_as_well()
    {
        await using TestServer server = await TestServer.StartAsync(
            app => app.MapGet("/", () => Parallel.For(0, 4, _ => Heap.Emalloc(8 * Mebibyte)).IsCompleted),
            options => options.MemoryLimit = Mebibyte);

        using HttpResponseMessage refused = await server.Client.GetAsync("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
    }

    [Fact]
    public async Task Half_an_answer_is_cut_off_rather_than_finished_as_if_it_were_whole()
    {
        await using TestServer server = await TestServer.StartAsync(
            app => app.MapGet("/", async (HttpContext context) =>
            {
                await context.Response.WriteAsync("first half");
                await context.Response.Body.FlushAsync();
                Heap.Emalloc(8 * Mebibyte);
            }),
            options => options.MemoryLimit = Mebibyte);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.Client.GetStringAsync("/"));
        Assert.Contains(server.Log.Scopes, line => line.Contains("the connection is aborted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/more", "taken")]
    [InlineData("/group/more", "taken")]
    [InlineData("/group/less", null)]
    [InlineData("/unlimited", "taken")]
    [InlineData("/limits/less", null)]
    [InlineData("/limits/more", "taken")]
    public async Task End_point_has_its_own_limit(string path, string? expected)
    {
        await using TestServer server = await TestServer.StartAsync(
            app =>
            {
                app.MapGet("/more", Take2).WithRequestMemoryLimit("4M");
                app.MapGet("/unlimited", Take2).WithRequestMemoryLimit(RequestScopeOptions.Unlimited);
                var group = app.MapGroup("/group").WithRequestMemoryLimit("8M");
                group.MapGet("/more", Take2);
                group.MapGet("/less", [RequestMemoryLimit("512K")] () => Take2());
                app.MapControllers();
            },
            options => options.MemoryLimit = Mebibyte,
            services => services.AddControllers().AddApplicationPart(typeof(MemoryLimitTests).Assembly));

        using HttpResponseMessage response = await server.Client.GetAsync(path);

        Assert.Equal(expected is null ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, response.StatusCode);
        if (expected is not null)
        {
            Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Problem_details_service_of_the_application_writes_the_answer()
    {
        await using TestServer server = await TestServer.StartAsync(
            MapTake,
            options => options.MemoryLimit = Mebibyte,
            services => services.AddProblemDetails(details => details.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["node"] = "test"));

        using HttpResponseMessage refused = await server.Client.GetAsync("/take?mebibytes=8");

        Assert.Equal("test", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("node").GetString());
    }

    [Fact]
    public void Limits_that_no_request_could_live_with_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RequestMemoryLimitAttribute(0));
        Assert.Throws<FormatException>(() => new RequestMemoryLimitAttribute("much"));
    }

    private static void MapTake(WebApplication app) => app.MapGet("/take", (int mebibytes) =>
    {
        Heap.Emalloc(mebibytes * Mebibyte);
        return "taken";
    });

    private static string Take2()
    {
        Heap.Emalloc(2 * Mebibyte);
        return "taken";
    }
}

/// <summary>Limits by attribute on a controller and on its actions.</summary>
[ApiController]
[Route("limits")]
[RequestMemoryLimit("256K")]
[SuppressMessage("Maintainability", "CA1515", Justification = "MVC finds public controllers only.")]
public sealed class LimitsController : ControllerBase
{
    [HttpGet("less")]
    public string Less() => Take();

    [HttpGet("more")]
    [RequestMemoryLimit("4M")]
    public string More() => Take();

    private static string Take()
    {
        Heap.Emalloc(1 << 20);
        return "taken";
    }
}
