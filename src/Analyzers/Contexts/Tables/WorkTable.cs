namespace LifetimeAnalyzers.Contexts.Tables;

/// <summary>When work that is handed over is done with.</summary>
internal enum WorkEnd
{
    /// <summary>When its task is: whoever awaits the task before the scope ends is safe.</summary>
    WithItsTask,

    /// <summary>When the thread or timer is: joined or disposed in the same body, it is safe.</summary>
    WithItsObject,

    /// <summary>Whenever it likes.</summary>
    Never,
}

/// <summary>A method or constructor that runs what it is handed later, or elsewhere.</summary>
/// <param name="Type">The full metadata name of the type.</param>
/// <param name="Methods">Names separated by <c>|</c>, each possibly ending in <c>*</c>.</param>
/// <param name="End">When the work is over.</param>
/// <param name="Words">What such work is called in a message.</param>
internal sealed record WorkRule(string Type, string Methods, WorkEnd End, string Words)
{
    private readonly ContextRule _names = new(Type, Methods, ExecutionContextKind.Unknown, Words);

    /// <summary>Whether a method of this name is meant.</summary>
    public bool Names(string method) => _names.Names(method);
}

/// <summary>Where work goes that may outlive the code that hands it over.</summary>
internal static class WorkTable
{
    /// <summary>Objects that go on raising events by themselves once they are started, unless somebody stops or disposes of them.</summary>
    public static readonly HashSet<string> SelfRunning = ["System.Timers.Timer", "System.IO.FileSystemWatcher", "System.Diagnostics.Process", "System.ComponentModel.BackgroundWorker"];

    /// <summary>All lines.</summary>
    public static readonly WorkRule[] Rules =
    [
        new("System.Threading.Tasks.Task", "Run|ContinueWith", WorkEnd.WithItsTask, "a task that is not awaited"),
        new("System.Threading.Tasks.Task`1", "ContinueWith", WorkEnd.WithItsTask, "a continuation that is not awaited"),
        new("System.Threading.Tasks.TaskFactory", "StartNew|ContinueWhenAll|ContinueWhenAny", WorkEnd.WithItsTask, "a task that is not awaited"),
        new("System.Threading.Tasks.TaskFactory`1", "StartNew|ContinueWhenAll|ContinueWhenAny", WorkEnd.WithItsTask, "a task that is not awaited"),
        new("System.Threading.Tasks.Parallel", "ForEachAsync|ForAsync", WorkEnd.WithItsTask, "a loop that is not awaited"),
        new("System.Threading.Thread", ".ctor|Start|UnsafeStart", WorkEnd.WithItsObject, "a thread of its own"),
        new("System.Threading.Timer", ".ctor", WorkEnd.WithItsObject, "a timer"),
        new("System.Threading.ThreadPool", "QueueUserWorkItem|UnsafeQueueUserWorkItem|RegisterWaitForSingleObject|UnsafeRegisterWaitForSingleObject", WorkEnd.Never, "work in the thread pool"),
        new("System.Threading.SynchronizationContext", "Post", WorkEnd.Never, "work that is posted elsewhere"),
        new("Microsoft.Extensions.Primitives.ChangeToken", "OnChange", WorkEnd.Never, "a change callback"),
        new("Hangfire.BackgroundJob", "*", WorkEnd.Never, "a background job"),
        new("Hangfire.RecurringJob", "*", WorkEnd.Never, "a background job"),
        new("Hangfire.BackgroundJobClientExtensions", "*", WorkEnd.Never, "a background job"),
    ];
}
