using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Families.Tests;

/// <summary>The contracts of what a snippet calls.</summary>
internal static class Contract
{
    /// <summary>The contract of the one invocation or construction in the method <c>Test.Run</c> of <paramref name="source"/> that is first.</summary>
    public static MemberContract? OfCall(string source, string lifetime = "", params MetadataReference[] more)
    {
        var compilation = Compile.Source(source, more);
        var errors = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error && d.Id is not ("CS8795" or "CS0227"));
        Assert.Empty(errors);
        var tree = compilation.SyntaxTrees.Single();
        var run = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Last(m => m.Identifier.ValueText == "Run");
        var model = compilation.GetSemanticModel(tree);
        var members = lifetime.Length == 0 ? Compile.Members(compilation) : Compile.Members(compilation, ("own.lifetime.txt", lifetime));
        var call = run.DescendantNodes().OfType<ExpressionSyntax>().Select(node => model.GetOperation(node)).First(operation => operation is IInvocationOperation or IObjectCreationOperation);
        return call is IInvocationOperation invocation ? members.ContractOf(invocation) : members.ContractOf((IObjectCreationOperation)call!);
    }

    /// <summary>The problems of one lifetime file, as <c>(line,column): message</c> from 1.</summary>
    public static IEnumerable<string> Problems(string text, string source = "") =>
        LifetimeFileProblems.In(Compile.Source(source), Compile.Options(("/src/own.lifetime.txt", text)), CancellationToken.None)
            .Select(d => $"({d.Location.GetLineSpan().StartLinePosition.Line + 1},{d.Location.GetLineSpan().StartLinePosition.Character + 1}): {d.GetMessage()}");
}
