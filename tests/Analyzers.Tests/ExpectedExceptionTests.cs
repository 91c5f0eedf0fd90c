namespace LifetimeAnalyzers.Tests;

/// <summary>Code that a test expects to throw does not reach its end.</summary>
public class ExpectedExceptionTests
{
    private const string Assert = """
        using System;
        using System.Buffers;
        using System.Runtime.InteropServices;

        class ExpectedExceptionAttribute : Attribute { public ExpectedExceptionAttribute(Type type) { } }

        static class Assert
        {
            public static void Throws<T>(Action action) { }
            public static void DoesNotThrow(Action action) { }
        }

        static class Record
        {
            public static Exception Exception(Action action) => null;
        }

        static class Claims
        {
            public static Claim Should(this Action action) => new();
        }

        class Claim
        {
            public void Throw<T>() { }
            public void NotThrow() { }
        }

        """;

    [Theory]
    [InlineData("Assert.Throws<ArgumentException>(() => { var buffer = ArrayPool<byte>.Shared.Rent(size); });")]
    [InlineData("Assert.Throws<ArgumentException>(() => { var block = Marshal.AllocHGlobal(size); });")]
    [InlineData("Assert.Throws<ArgumentException>(new Action(() => { var block = Marshal.AllocHGlobal(size); }));")]
    [InlineData("Record.Exception(() => { var block = Marshal.AllocHGlobal(size); });")]
    [InlineData("Action act = () => { var block = Marshal.AllocHGlobal(size); }; act.Should().Throw<ArgumentException>();")]
    [InlineData("void Act() { var block = Marshal.AllocHGlobal(size); } Assert.Throws<ArgumentException>(Act);")]
    public Task Block_of_what_is_expected_to_throw_DoesNotTrigger(string body) => Verify.AnalyzerAsync($$"""
        {{Assert}}
        class C
        {
            static void M(int size)
            {
                {{body}}
            }
        }
        """);

    [Fact]
    public Task Block_of_a_test_that_is_expected_to_throw_DoesNotTrigger() => Verify.AnalyzerAsync($$"""
        {{Assert}}
        class C
        {
            [ExpectedException(typeof(ArgumentException))]
            static void M(int size)
            {
                var block = Marshal.AllocHGlobal(size);
            }
        }
        """);

    [Theory]
    [InlineData("Assert.DoesNotThrow(() => { var block = {|LIFE003:Marshal.AllocHGlobal(size)|}; });")]
    [InlineData("Action act = () => { var block = {|LIFE003:Marshal.AllocHGlobal(size)|}; }; act.Should().NotThrow();")]
    [InlineData("Assert.Throws<ArgumentException>(() => { var block = {|LIFE005:Marshal.AllocHGlobal(size)|}; throw new ArgumentException(); });")]
    public Task Block_of_what_is_expected_to_come_back_or_lost_by_the_exception_Triggers(string body) => Verify.AnalyzerAsync($$"""
        {{Assert}}
        class C
        {
            static void M(int size)
            {
                {{body}}
            }
        }
        """);
}
