using LifetimeAnalyzers.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Rules;

/// <summary>LIFE002: disposes of what is registered for the end of the connection, opens a request scope for each iteration, or frees the block at its end.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class RequestMemoryInPersistentServerFix() : LifetimeFix(
    "LIFE002",
    [new DisposeInIteration(), new OpenScope(perIteration: true), new KeepOrDropResult(), new ReleaseBeforeOverwrite(), new ReleaseInFinally(), new ReleaseParts(), new NameAndRelease(), new BlockBodyAndRelease()]);
