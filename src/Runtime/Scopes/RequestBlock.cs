namespace LifetimeAnalyzers;

/// <summary>
/// A block of request memory with its length and its scope, for asynchronous code without <c>unsafe</c>: it can be kept over
/// <c>await</c>, and says so when its scope has ended. A value of three words, nothing to dispose of; copies stand for the
/// same block.
/// </summary>
public readonly struct RequestBlock : IEquatable<RequestBlock>
{
    private readonly RequestScope? _scope;
    private readonly nint _pointer;
    private readonly int _length;
    private readonly int _generation;

    internal RequestBlock(RequestScope scope, int length, string file, int line)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _scope = scope;
        _length = length;
        _generation = scope.Generation;
        _pointer = scope.Emalloc(length, file, line);
    }

    /// <summary>The start of the block.</summary>
    /// <exception cref="RequestScopeEndedException">The scope has ended or was recycled.</exception>
    public nint Pointer
    {
        get
        {
            if (_scope is { } scope && (scope.IsEnded || scope.Generation != _generation))
            {
                throw new RequestScopeEndedException(scope.Name);
            }

            return _pointer;
        }
    }

    /// <summary>Its length in bytes; 0 for the default value, which is no block.</summary>
    public int Length => _length;

    /// <summary>Its bytes, uninitialised until they are written. The span must not be kept over an <c>await</c>; the block may be.</summary>
    /// <exception cref="RequestScopeEndedException">The scope has ended or was recycled.</exception>
    public unsafe Span<byte> Span => new((void*)Pointer, _length);

    /// <summary>Releases the block before its scope ends. Does nothing for the default value.</summary>
    /// <exception cref="InvalidFreeException">It has been released already.</exception>
    /// <exception cref="RequestScopeEndedException">The scope has ended or was recycled, and the block with it.</exception>
    public void Free() => _scope?.Efree(Pointer, "", 0);

    /// <inheritdoc/>
    public bool Equals(RequestBlock other) => _scope == other._scope && _pointer == other._pointer && _generation == other._generation;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RequestBlock other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_pointer, _generation);

    /// <summary>Whether both stand for the same block.</summary>
    public static bool operator ==(RequestBlock left, RequestBlock right) => left.Equals(right);

    /// <summary>Whether they stand for different blocks.</summary>
    public static bool operator !=(RequestBlock left, RequestBlock right) => !left.Equals(right);
}
