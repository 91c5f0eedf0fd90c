namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How a test says that an expectation does not hold.</summary>
public interface IVerifier
{
    /// <summary>Fails the test with <paramref name="message"/>.</summary>
    void Fail(string? message = null);
}

/// <summary>Fails a test by throwing, which every test framework understands.</summary>
public class DefaultVerifier : IVerifier
{
    /// <inheritdoc/>
    public void Fail(string? message = null) => throw new InvalidOperationException(message);
}

/// <summary>Which of the compiler's own diagnostics a test has to expect.</summary>
public enum CompilerDiagnostics
{
    /// <summary>None are verified.</summary>
    None,

    /// <summary>Errors are.</summary>
    Errors,

    /// <summary>Errors and warnings are.</summary>
    Warnings,

    /// <summary>Errors, warnings and suggestions are.</summary>
    Suggestions,

    /// <summary>All are.</summary>
    All,
}

/// <summary>What an expected diagnostic leaves open.</summary>
[Flags]
public enum DiagnosticOptions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The additional locations.</summary>
    IgnoreAdditionalLocations = 1,

    /// <summary>The severity.</summary>
    IgnoreSeverity = 2,
}
