using LifetimeAnalyzers.Tests.Native;

// Uses all three libraries in one program, which the tests compile ahead of time. Prints a line for each thing that held.
Memory.Run();
Results.Run();
await Server.RunAsync();
Console.WriteLine("done");
