namespace LifetimeAnalyzers.Flow.State;

/// <summary>The states that have reached a node: one for each ownership, fewer when there are too many to keep apart.</summary>
internal sealed class NodeStates
{
    /// <summary>After so many joins in one place intervals are given up, so that counting loops come to an end.</summary>
    private const int JoinsBeforeWidening = 3;

    private readonly int _maxStates;
    private readonly Dictionary<OwnershipKey, (FlowState State, int Joins)> _states = new();
    private readonly List<OwnershipKey> _pending = new();

    public NodeStates(int maxStates)
    {
        _maxStates = maxStates;
    }

    /// <summary>Whether states were joined that do not agree on ownership.</summary>
    public bool IsCoarse { get; private set; }

    /// <summary>Adds a state; false when it tells nothing new.</summary>
    public bool Add(FlowState state, StateMerger merger, object point, bool isLoopHead)
    {
        var key = KeyFor(state);
        if (!_states.TryGetValue(key, out var known))
        {
            _states.Add(key, (state, 0));
            _pending.Add(key);
            return true;
        }

        var joined = merger.Join(known.State, state, point, isLoopHead && known.Joins >= JoinsBeforeWidening);
        if (ReferenceEquals(joined, known.State))
        {
            return false;
        }

        _states[key] = (joined, known.Joins + 1);
        if (!_pending.Contains(key))
        {
            _pending.Add(key);
        }

        return true;
    }

    /// <summary>The states that are new or have changed since the last call.</summary>
    public List<FlowState> TakePending()
    {
        var taken = _pending.Select(key => _states[key].State).ToList();
        _pending.Clear();
        return taken;
    }

    private OwnershipKey KeyFor(FlowState state)
    {
        var fine = state.KeyOf(coarse: false);
        if (_states.ContainsKey(fine) || _states.Count < _maxStates)
        {
            return fine;
        }

        IsCoarse = true;
        var coarse = state.KeyOf(coarse: true).Coarse();
        return _states.ContainsKey(coarse) || _states.Count < 2 * _maxStates ? coarse : OwnershipKey.Everything;
    }
}
