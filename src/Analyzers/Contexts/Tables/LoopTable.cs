namespace LifetimeAnalyzers.Contexts.Tables;

/// <summary>Where in a loop a sign of persistence stands.</summary>
internal enum LoopPart
{
    /// <summary>In the condition of <c>while</c>, <c>do</c> or <c>for</c>.</summary>
    Condition,

    /// <summary>In the body of a loop without an end of its own.</summary>
    Body,

    /// <summary>In the expression that <c>foreach</c> goes through.</summary>
    Source,

    /// <summary>In the body of a loop over a flag: it shows that the loop waits for work.</summary>
    Wait,
}

/// <summary>A member that tells of a loop that it runs as long as the process or a connection.</summary>
/// <param name="Type">The full metadata name of the type that declares the member, or of a base type or interface of it.</param>
/// <param name="Members">Names separated by <c>|</c>, each possibly ending in <c>*</c>.</param>
/// <param name="Part">Where it stands.</param>
/// <param name="Words">What such a loop is called: <c>the accept loop</c>.</param>
internal sealed record LoopSign(string Type, string Members, LoopPart Part, string Words)
{
    private readonly ContextRule _rule = new(Type, Members, ExecutionContextKind.PersistentServer, Words);

    /// <summary>Whether a member of this name is meant.</summary>
    public bool Names(string member) => _rule.Names(member);
}

/// <summary>The signs of persistent loops.</summary>
internal static class LoopTable
{
    private const string Accept = "the accept loop";
    private const string Channel = "the channel loop";
    private const string Socket = "the web-socket loop";
    private const string Stream = "the stream loop";
    private const string Consumer = "the consumer loop";

    /// <summary>All signs.</summary>
    public static readonly LoopSign[] Signs =
    [
        new("System.Net.Sockets.Socket", "Accept|AcceptAsync", LoopPart.Body, Accept),
        new("System.Net.Sockets.SocketTaskExtensions", "AcceptAsync", LoopPart.Body, Accept),
        new("System.Net.Sockets.TcpListener", "Accept*", LoopPart.Body, Accept),
        new("System.Net.HttpListener", "GetContext|GetContextAsync", LoopPart.Body, Accept),
        new("System.Net.HttpListener", "IsListening", LoopPart.Condition, Accept),
        new("System.Net.Quic.QuicListener", "AcceptConnectionAsync", LoopPart.Body, Accept),
        new("System.Net.Quic.QuicConnection", "AcceptInboundStreamAsync", LoopPart.Body, Accept),
        new("System.IO.Pipes.NamedPipeServerStream", "WaitForConnection|WaitForConnectionAsync", LoopPart.Body, Accept),
        new("Microsoft.AspNetCore.Connections.IConnectionListener", "AcceptAsync", LoopPart.Body, Accept),
        new("Microsoft.AspNetCore.Connections.IMultiplexedConnectionListener", "AcceptAsync", LoopPart.Body, Accept),
        new("Microsoft.AspNetCore.Connections.MultiplexedConnectionContext", "AcceptAsync", LoopPart.Body, Accept),
        new("System.Net.WebSockets.WebSocket", "ReceiveAsync", LoopPart.Body, Socket),
        new("System.Net.WebSockets.WebSocket", "State|CloseStatus", LoopPart.Condition, Socket),
        new("System.Net.WebSockets.WebSocketReceiveResult", "CloseStatus", LoopPart.Condition, Socket),
        new("System.Threading.Channels.ChannelReader`1", "WaitToReadAsync", LoopPart.Condition, Channel),
        new("System.Threading.Channels.ChannelReader`1", "ReadAsync", LoopPart.Wait, Channel),
        new("System.Threading.Channels.ChannelReader`1", "ReadAllAsync", LoopPart.Source, Channel),
        new("System.Collections.Concurrent.BlockingCollection`1", "GetConsumingEnumerable", LoopPart.Source, "the queue loop"),
        new("System.Collections.Concurrent.BlockingCollection`1", "IsCompleted|IsAddingCompleted|TryTake", LoopPart.Condition, "the queue loop"),
        new("System.Collections.Concurrent.BlockingCollection`1", "Take|TryTake", LoopPart.Wait, "the queue loop"),
        new("System.Threading.PeriodicTimer", "WaitForNextTickAsync", LoopPart.Condition, "the timer loop"),
        new("Grpc.Core.IAsyncStreamReader`1", "MoveNext", LoopPart.Condition, Stream),
        new("Grpc.Core.AsyncStreamReaderExtensions", "MoveNext", LoopPart.Condition, Stream),
        new("Grpc.Core.AsyncStreamReaderExtensions", "ReadAllAsync", LoopPart.Source, Stream),
        new("System.Net.ServerSentEvents.SseParser`1", "EnumerateAsync", LoopPart.Source, Stream),
        new("Confluent.Kafka.IConsumer`2", "Consume", LoopPart.Body, Consumer),
        new("NATS.Client.Core.INatsClient", "SubscribeAsync", LoopPart.Source, Consumer),
        new("NATS.Client.Core.INatsConnection", "SubscribeAsync", LoopPart.Source, Consumer),
        new("NATS.Client.JetStream.INatsJSConsumer", "ConsumeAsync", LoopPart.Source, Consumer),
        new("Azure.Messaging.EventHubs.Consumer.EventHubConsumerClient", "ReadEventsAsync|ReadEventsFromPartitionAsync", LoopPart.Source, Consumer),
        new("Azure.Messaging.ServiceBus.ServiceBusReceiver", "ReceiveMessagesAsync", LoopPart.Source, Consumer),
        new("System.Threading.Thread", "Sleep", LoopPart.Wait, "the worker loop"),
        new("System.Threading.Tasks.Task", "Delay", LoopPart.Wait, "the worker loop"),
        new("System.Threading.WaitHandle", "WaitOne|WaitAny", LoopPart.Wait, "the worker loop"),
        new("System.Threading.ManualResetEventSlim", "Wait", LoopPart.Wait, "the worker loop"),
        new("System.Threading.SemaphoreSlim", "Wait|WaitAsync", LoopPart.Wait, "the worker loop"),
        new("System.Threading.Monitor", "Wait", LoopPart.Wait, "the worker loop"),
    ];
}
