namespace LifetimeAnalyzers.Families;

/// <summary>The test on a member's result that tells whether it gave a block.</summary>
internal enum ResultTest
{
    /// <summary>There is a block whatever the result.</summary>
    None,

    /// <summary>The result is <c>true</c>.</summary>
    True,

    /// <summary>The result is <c>false</c>.</summary>
    False,

    /// <summary>The result is zero, as a status code's success.</summary>
    Zero,

    /// <summary>The result is not zero.</summary>
    NonZero,

    /// <summary>The result is not negative, as an <c>HRESULT</c>'s success.</summary>
    NonNegative,
}
