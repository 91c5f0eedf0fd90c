using LifetimeAnalyzers;
using Samples.Server;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddRequestScopes();
builder.Services.AddSingleton<MessageQueue>();
builder.Services.AddHostedService<MessageWorker>();

var app = builder.Build();
app.UseRequestScope();
app.MapControllers();

// The first seed: memory for the life of the process, taken by every request and given back by none.
app.MapGet("/malloc", (int seed) =>
{
    nint block = Heap.Malloc(Pattern.BlockSize);
    return Pattern.FillAndSum(block, seed);
});

// The same from the request's own memory: the scope gives it back when the request ends.
app.MapGet("/emalloc", (int seed) =>
{
    nint block = Heap.Emalloc(Pattern.BlockSize);
    return Pattern.FillAndSum(block, seed);
});

// A message for the worker, and its answer.
app.MapGet("/worker", async (int seed, MessageQueue queue) => await queue.AskAsync(seed));

try
{
    app.Run();
    return 0;
}
catch (IOException failure) when (failure.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine($"{failure.Message} End what listens there, or choose another port with --urls http://127.0.0.1:0 (any that is free).");
    return 1;
}
