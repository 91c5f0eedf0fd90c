using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <content>The order in which bodies are analysed.</content>
internal sealed partial class SummaryStore
{
    /// <summary>Bodies that call each other, with what they call besides.</summary>
    private sealed record Component(List<BodyUnit> Members, List<BodyPlace> Callees, bool IsRecursive)
    {
        /// <summary>The text of a component that was put aside, with what it calls, once somebody has asked: see <see cref="MaxIdleWeight"/>.</summary>
        public int? Weight { get; set; }

        public bool Equals(Component? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }

    /// <summary>
    /// Tarjan's strongly connected components with a stack of its own; a component is analysed when it is complete. Does not go
    /// below bodies that have nothing to do with blocks, unless it was made to wake one of them: none of those can be in one
    /// component with a body that has.
    /// </summary>
    private sealed class Scheduler(SummaryStore store, BodyVerdicts verdicts, Budget budget, CancellationToken cancellationToken, bool isWaking = false)
    {
        private readonly Dictionary<SyntaxNode, (int Index, int Low)> _numbers = new();
        private readonly Dictionary<SyntaxNode, (List<BodyPlace> Callees, bool Matters)> _callees = new();
        private readonly Stack<BodyUnit> _open = new();
        private readonly HashSet<SyntaxNode> _isOpen = new();

        /// <summary>The bodies all of whose callees have been gone through.</summary>
        private readonly HashSet<SyntaxNode> _completed = new();

        /// <summary>The text of the bodies that were woken, with what they call, as far as it is known.</summary>
        private readonly Dictionary<SyntaxNode, int> _weights = new();

        public void Run(BodyUnit root)
        {
            var frames = new Stack<(BodyUnit Unit, List<BodyPlace> Callees, int Next)>();
            Enter(root, frames);
            while (frames.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (unit, callees, next) = frames.Pop();
                if (next < callees.Count && !IsTooLong(unit.Syntax, root.Syntax))
                {
                    frames.Push((unit, callees, next + 1));
                    var callee = callees[next];
                    if (_numbers.TryGetValue(callee.Syntax, out var number))
                    {
                        if (_isOpen.Contains(callee.Syntax))
                        {
                            Lower(unit, number.Index);
                        }
                    }
                    else if (!IsSettled(callee, unit))
                    {
                        if (store._bodies.BodyAt(callee, cancellationToken) is { } body)
                        {
                            Enter(body, frames);
                        }
                    }
                    else if (isWaking && store._idle.TryGetValue(callee.Syntax, out var below))
                    {
                        _weights[unit.Syntax] += below.Weight ?? OwnWeight(below);
                    }

                    continue;
                }

                var (index, low) = _numbers[unit.Syntax];
                if (low == index)
                {
                    if (!isWaking && _completed.Add(unit.Syntax) && MissingBelow(unit) is { Count: > 0 } missing)
                    {
                        frames.Push((unit, missing, 0));
                        continue;
                    }

                    Complete(unit);
                }

                if (frames.Count > 0)
                {
                    var caller = frames.Peek().Unit;
                    Lower(caller, low);
                    if (_isOpen.Contains(unit.Syntax) || store._idle.ContainsKey(unit.Syntax))
                    {
                        _weights[caller.Syntax] += _weights[unit.Syntax];
                    }
                }
            }
        }

        /// <summary>Whether nobody will want to know what a body that was woken does, whatever else it calls.</summary>
        private bool IsTooLong(SyntaxNode body, SyntaxNode root) => isWaking && body != root && _weights[body] > MaxIdleWeight && IsQuiet(body);

        private bool IsQuiet(SyntaxNode body) => verdicts.Of(body) == BodyVerdict.Idle || (store._dormant.TryGetValue(body, out var isDormant) && isDormant);

        /// <summary>Whether nothing has to be done about a body before those that call it.</summary>
        private bool IsSettled(BodyPlace place, BodyUnit caller) =>
            IsDone(place) || (!isWaking && (store.IsQuiet(place, verdicts, cancellationToken) || (IsHarmless(place) && !_callees[caller.Syntax].Matters && !_completed.Contains(caller.Syntax))));

        private bool IsDone(BodyPlace place) => store._results.ContainsKey(place.Syntax) || store._idle.ContainsKey(place.Syntax);

        private bool IsHarmless(BodyPlace place) => verdicts.Of(place.Syntax) == BodyVerdict.Harmless;

        /// <summary>
        /// What a component that turns out to matter wants to know of bodies that do not, and of which a verdict of an earlier version
        /// is all that is known. None of these can call the component.
        /// </summary>
        private List<BodyPlace> MissingBelow(BodyUnit head)
        {
            var missing = new List<BodyPlace>();
            var matters = false;
            foreach (var member in _open)
            {
                var (callees, isSource) = _callees[member.Syntax];
                matters |= isSource || callees.Exists(Gives);
                missing.AddRange(callees.FindAll(callee => !IsDone(callee) && !_isOpen.Contains(callee.Syntax) && IsHarmless(callee)));
                if (member.Syntax == head.Syntax)
                {
                    break;
                }
            }

            return matters ? missing : [];
        }

        private bool Gives(BodyPlace callee) => store._results.TryGetValue(callee.Syntax, out var result) && result.Summary.Matters;

        private void Enter(BodyUnit unit, Stack<(BodyUnit, List<BodyPlace>, int)> frames)
        {
            _numbers.Add(unit.Syntax, (_numbers.Count, _numbers.Count));
            _open.Push(unit);
            _isOpen.Add(unit.Syntax);
            var known = store.CalleesOf(unit, cancellationToken);
            _callees.Add(unit.Syntax, known);
            _weights.Add(unit.Syntax, OwnWeight(unit));
            if (isWaking && _weights[unit.Syntax] == MaxIdleWeight && IsQuiet(unit.Syntax) && known.Callees.Exists(callee => store.IsDormant(callee, cancellationToken)))
            {
                // whatever that callee is, both are too long
                _weights[unit.Syntax]++;
            }

            frames.Push((unit, known.Callees, 0));
        }

        private void Lower(BodyUnit unit, int low)
        {
            var (index, known) = _numbers[unit.Syntax];
            _numbers[unit.Syntax] = (index, Math.Min(known, low));
        }

        private void Complete(BodyUnit head)
        {
            var members = new List<BodyUnit>();
            BodyUnit unit;
            do
            {
                unit = _open.Pop();
                _isOpen.Remove(unit.Syntax);
                members.Add(unit);
            }
            while (unit.Syntax != head.Syntax);

            if (members.Count > 1)
            {
                // a fixed order, so that the rounds give the same whatever the root was
                SortByPlace(members);
            }

            var component = ComponentOf(members);
            if (members.Exists(member => _callees[member.Syntax].Matters) ||
                component.Callees.Exists(Gives))
            {
                store.Explore(component, verdicts, budget, cancellationToken);
                return;
            }

            if (isWaking && _weights[head.Syntax] > MaxIdleWeight)
            {
                component.Weight = _weights[head.Syntax];
            }

            foreach (var member in members)
            {
                store._idle.TryAdd(member.Syntax, component);
                verdicts.Add(member.Syntax, BodyVerdict.Idle);
            }
        }

        private static void SortByPlace(List<BodyUnit> members) =>
            members.Sort(static (x, y) =>
            {
                var byFile = string.CompareOrdinal(x.Syntax.SyntaxTree.FilePath, y.Syntax.SyntaxTree.FilePath);
                return byFile != 0 ? byFile : x.Syntax.SpanStart.CompareTo(y.Syntax.SpanStart);
            });

        private Component ComponentOf(List<BodyUnit> members)
        {
            if (members.Count == 1)
            {
                // most call only others
                var (one, called) = (members[0].Syntax, _callees[members[0].Syntax].Callees);
                return called.Exists(callee => callee.Syntax == one) ? new Component(members, called.FindAll(callee => callee.Syntax != one), IsRecursive: true) : new Component(members, called, IsRecursive: false);
            }

            var inside = new HashSet<SyntaxNode>(members.Select(member => member.Syntax));
            var callees = members.SelectMany(member => _callees[member.Syntax].Callees).ToList();
            return new Component(members, callees.FindAll(callee => !inside.Contains(callee.Syntax)), callees.Exists(callee => inside.Contains(callee.Syntax)));
        }
    }
}
