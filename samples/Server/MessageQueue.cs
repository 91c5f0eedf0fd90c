using System.Threading.Channels;

namespace Samples.Server;

/// <summary>A question to the worker and the place for its answer.</summary>
internal sealed record Message(int Seed, TaskCompletionSource<string> Answer);

/// <summary>What the end points put in and the worker takes out.</summary>
internal sealed class MessageQueue
{
    private readonly Channel<Message> _messages = Channel.CreateUnbounded<Message>();

    public ChannelReader<Message> Reader => _messages.Reader;

    public async Task<string> AskAsync(int seed)
    {
        Message message = new(seed, new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        await _messages.Writer.WriteAsync(message);
        return await message.Answer.Task;
    }
}
