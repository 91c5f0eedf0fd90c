namespace LifetimeAnalyzers.Demo;

/// <summary>Something the demo cannot go on without; the message is a sentence for the person at the console.</summary>
internal sealed class DemoException(string message) : Exception(message);
