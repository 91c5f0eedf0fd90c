using LifetimeAnalyzers.Benchmarks;

// Ratios of the runtime's promises, measured side by side in one process. Arguments: words that the title must contain.
Console.WriteLine($".NET {Environment.Version}, {Environment.ProcessorCount} processors; R = one NativeMemory.Alloc/Free pair of the same size; processor time");
var report = new Report(args);
Pairs.Run(report);
Batches.Run(report);
Requests.Run(report);
Threads.Run(report);
await Hops.Run(report);
Diagnostics.Run(report);
Managed.Run(report);
return report.Finish();
