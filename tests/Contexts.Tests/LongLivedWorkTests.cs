using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts.Tests;

public sealed class LongLivedWorkTests
{
    [Theory]
    [InlineData("_ = Task.Run(() => Use(p));")]
    [InlineData("Task.Run(() => Use(p));")]
    [InlineData("Task.Run(async () => { await Task.Yield(); Use(p); }).ConfigureAwait(false);")]
    [InlineData("var task = Task.Run(() => Use(p));")]
    [InlineData("field = Task.Run(() => Use(p));")]
    [InlineData("Task.Factory.StartNew(() => Use(p), TaskCreationOptions.LongRunning);")]
    [InlineData("Task.Delay(1).ContinueWith(t => Use(p));")]
    [InlineData("ThreadPool.QueueUserWorkItem(state => Use(p));")]
    [InlineData("new Thread(() => Use(p)).Start();")]
    [InlineData("new Thread(new ThreadStart(() => Use(p))).Start();")]
    [InlineData("var thread = new Thread(() => Use(p)); thread.Start();")]
    [InlineData("timer = new Timer(state => Use(p), null, 0, 1);")]
    [InlineData("Changed += (sender, e) => Use(p);")]
    [InlineData("other.Changed += (sender, e) => Use(p);")]
    [InlineData("Action work = () => Use(p); _ = Task.Run(work);")]
    public async Task Outlives_the_body(string statement) => Assert.NotNull(await Words(statement));

    [Theory]
    [InlineData("await Task.Run(() => Use(p));")]
    [InlineData("await Task.Run(() => Use(p)).ConfigureAwait(false);")]
    [InlineData("Task.Run(() => Use(p)).Wait();")]
    [InlineData("Task.Run(() => Use(p)).GetAwaiter().GetResult();")]
    [InlineData("var task = Task.Run(() => Use(p)); await task;")]
    [InlineData("await Task.WhenAll(Task.Run(() => Use(p)), Task.Delay(1));")]
    [InlineData("field = Task.Run(() => Use(p)); await field;")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(Task.Run(() => Use(p))); await Task.WhenAll(tasks);")]
    [InlineData("var thread = new Thread(() => Use(p)); thread.Start(); thread.Join();")]
    [InlineData("using var own = new Timer(state => Use(p));")]
    [InlineData("var own = new Source(); own.Changed += (sender, e) => Use(p);")]
    [InlineData("EventHandler handler = (sender, e) => Use(p); other.Changed += handler; other.Changed -= handler;")]
    [InlineData("new[] { 1 }.Select(i => p + i).ToList();")]
    [InlineData("Parallel.For(0, 3, i => Use(p));")]
    [InlineData("Action work = () => Use(p); work();")]
    [InlineData("await Task.Delay(1).ContinueWith(t => Use(p));")]
    public async Task Ends_with_the_body(string statement) => Assert.Null(await Words(statement));

    private static async Task<string?> Words(string statement)
    {
        CSharpCompilation compilation = await new ContextTest().Compile($$"""
            public class Source { public event EventHandler? Changed; public void Raise() => Changed?.Invoke(this, EventArgs.Empty); }
            public class C
            {
                private Task? field;
                private Timer? timer;
                public event EventHandler? Changed;
                private static void Use(nint p) { }
                public async Task M(nint p, Source other)
                {
                    await Task.Yield();
                    {{statement}}
                    Changed?.Invoke(this, EventArgs.Empty);
                }
            }
            """);
        SyntaxTree tree = compilation.SyntaxTrees.Last();
        LambdaExpressionSyntax lambda = tree.GetRoot().DescendantNodes().OfType<LambdaExpressionSyntax>().First();
        return LongLivedWork.Of(lambda, compilation.GetSemanticModel(tree), CancellationToken.None);
    }
}
