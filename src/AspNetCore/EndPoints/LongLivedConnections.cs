using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>Which requests are known, before they are served, to stay open for as long as somebody listens.</summary>
internal static class LongLivedConnections
{
    private const string EventStream = "text/event-stream";

    /// <summary>Says in a word what makes the connection long-lived; null when nothing does.</summary>
    public static string? Kind(HttpContext context, EndpointScope endpoint)
    {
        if (endpoint.IsConnection)
        {
            return "a SignalR connection";
        }

        if (context.WebSockets.IsWebSocketRequest || IsUpgradeToWebSocket(context.Request))
        {
            return "a web socket";
        }

        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true })
        {
            return "an extended CONNECT";
        }

        // A browser's EventSource asks for nothing else; a client that also takes JSON may get an ordinary answer.
        return HttpMethods.IsGet(context.Request.Method) && AsksForEventsOnly(context.Request.Headers.Accept) ? "an event stream" : null;
    }

    public static bool IsEventStream(HttpResponse response) =>
        response.ContentType?.StartsWith(EventStream, StringComparison.OrdinalIgnoreCase) ?? false;

    private static bool AsksForEventsOnly(StringValues accept) =>
        accept.Count == 1 && accept[0] is { } only && only.StartsWith(EventStream, StringComparison.OrdinalIgnoreCase) && !only.Contains(',');

    // The feature is only there when UseWebSockets comes before; the headers always are.
    private static bool IsUpgradeToWebSocket(HttpRequest request) =>
        request.Headers.Upgrade.Count == 1 && string.Equals(request.Headers.Upgrade[0], "websocket", StringComparison.OrdinalIgnoreCase);
}
