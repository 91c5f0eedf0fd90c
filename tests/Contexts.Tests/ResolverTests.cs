using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Contexts.Tests;

public sealed class ResolverTests
{
    private static readonly string s_source =
        "public class BigController : ControllerBase { " + string.Concat(Enumerable.Range(0, 40).Select(i => $"public void A{i}() => Big.M{i}(); ")) + "}\n" +
        "public class Worker : BackgroundService { protected override async Task ExecuteAsync(CancellationToken token) { while (!token.IsCancellationRequested) { await Task.Delay(1); Big.M1(); } } }\n" +
        "internal static class Big { " + string.Concat(Enumerable.Range(0, 40).Select(i => $"public static int M{i}() => At.Request() + M{(i + 7) % 40}(); ")) + "}";

    [Fact]
    public async Task Many_threads_get_the_answers_that_one_gets()
    {
        CSharpCompilation compilation = await new ContextTest().Compile(s_source);
        InvocationExpressionSyntax[] marks = Marks(compilation);
        var options = new AnalyzerOptions([]);
        var one = ContextResolver.Create(compilation, options);
        var many = ContextResolver.Create(compilation, options);
        ExecutionContext[] expected = [.. marks.Select(mark => At(one, compilation, mark, CancellationToken.None))];
        var found = new ConcurrentDictionary<int, ExecutionContext>();
        Parallel.For(0, marks.Length * 4, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal(found.GetOrAdd(i % marks.Length, _ => At(many, compilation, marks[i % marks.Length], CancellationToken.None)), At(many, compilation, marks[i % marks.Length], CancellationToken.None)));

        Assert.Equal(expected, Enumerable.Range(0, marks.Length).Select(i => found[i]));
        Assert.Equal(ExecutionContextKind.PersistentServer, expected[1].Kind);
        Assert.Equal(ExecutionContextKind.RequestHandler, expected[2].Kind);
    }

    [Fact]
    public async Task A_cancelled_look_up_leaves_nothing_wrong_behind()
    {
        CSharpCompilation compilation = await new ContextTest().Compile(s_source);
        InvocationExpressionSyntax mark = Marks(compilation)[1];
        var resolver = ContextResolver.Create(compilation, new AnalyzerOptions([]));

        Assert.ThrowsAny<OperationCanceledException>(() => At(resolver, compilation, mark, new CancellationToken(canceled: true)));
        Assert.Equal(ExecutionContextKind.PersistentServer, At(resolver, compilation, mark, CancellationToken.None).Kind);
    }

    [Fact]
    public async Task The_loop_around_a_place_is_that_of_the_same_function()
    {
        CSharpCompilation compilation = await new ContextTest().Compile("class C { void M() { while (true) { At.Persistent(); Action a = () => At.Persistent(); a(); } } }");
        var resolver = ContextResolver.Create(compilation, new AnalyzerOptions([]));
        InvocationExpressionSyntax[] marks = Marks(compilation);

        Assert.NotNull(resolver.LoopAround(marks[0], compilation.GetSemanticModel(marks[0].SyntaxTree), CancellationToken.None));
        Assert.Null(resolver.LoopAround(marks[1], compilation.GetSemanticModel(marks[1].SyntaxTree), CancellationToken.None));
    }

    private static ExecutionContext At(ContextResolver resolver, Compilation compilation, SyntaxNode mark, CancellationToken cancellationToken)
    {
        SemanticModel model = compilation.GetSemanticModel(mark.SyntaxTree);
        return resolver.At(mark, model.GetEnclosingSymbol(mark.SpanStart, CancellationToken.None)!, model, cancellationToken);
    }

    private static InvocationExpressionSyntax[] Marks(Compilation compilation) =>
        [.. compilation.SyntaxTrees.Last().GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "At" } })];
}
