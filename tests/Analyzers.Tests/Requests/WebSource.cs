using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Testing;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>The surroundings of the code under test: ASP.NET Core and the runtime library.</summary>
internal static class WebSource
{
    private const string Usings = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Channels;
        using System.Threading.Tasks;
        using LifetimeAnalyzers;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        """;

    /// <summary>Checks a file of a web application, without its using directives.</summary>
    public static Task InFile(string source, params DiagnosticResult[] expected) => Verify.AnalyzerAsync(Usings + source, expected);

    /// <summary>Checks a program with a <c>Main</c> method.</summary>
    public static Task InProgram(string source) => new ProgramTest(Usings + source) { TestState = { OutputKind = OutputKind.ConsoleApplication } }.VerifyAsync();

    /// <summary>Checks members of an API controller.</summary>
    public static Task InController(string members, params DiagnosticResult[] expected) => InFile($$"""
        [ApiController]
        public unsafe class FilesController : ControllerBase
        {
            {{members}}

            private static void Use(nint block) { }
            private static void MayThrow() => throw new Exception();
        }
        """, expected);

    private sealed class ProgramTest(string source) : LifetimeTest(source)
    {
        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [];
    }
}
