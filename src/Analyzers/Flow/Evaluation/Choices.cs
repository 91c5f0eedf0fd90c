namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>
/// Lets the evaluation of one statement go several ways (a call that has several outcomes) without a second evaluator:
/// the statement is evaluated again for each way, and the choices made so far are replayed.
/// </summary>
internal sealed class Choices
{
    private const int MaxWays = 24;
    private readonly List<(int Taken, int Count)> _made = new();
    private int _next;
    private int _ways;

    /// <summary>Begins a statement.</summary>
    public void Reset()
    {
        _made.Clear();
        _next = 0;
        _ways = 1;
    }

    /// <summary>Takes one of <paramref name="count"/> ways; the same at the same point of the same round.</summary>
    public int Choose(int count)
    {
        if (_next < _made.Count)
        {
            return _made[_next++].Taken;
        }

        _made.Add((0, count));
        _next++;
        return 0;
    }

    /// <summary>Goes on to the next way; false when all have been taken, or there are too many.</summary>
    public bool Advance()
    {
        _next = 0;
        while (_made.Count > 0)
        {
            var (taken, count) = _made[_made.Count - 1];
            _made.RemoveAt(_made.Count - 1);
            if (taken + 1 < count)
            {
                _made.Add((taken + 1, count));
                return ++_ways <= MaxWays;
            }
        }

        return false;
    }
}
