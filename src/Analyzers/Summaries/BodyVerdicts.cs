using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Summaries;

/// <summary>What a body means to its callers.</summary>
internal enum BodyVerdict
{
    /// <summary>It gives them a block, or releases one.</summary>
    Matters,

    /// <summary>It does neither, as long as those that call each other with it do not.</summary>
    Entangled,

    /// <summary>It does neither, and keeps what it allocates to itself.</summary>
    Harmless,

    /// <summary>Nothing in it has to do with blocks.</summary>
    Idle,
}

/// <summary>
/// What was found of the bodies of a compilation and of its earlier versions: an editor makes a new one at every keystroke, and
/// what is far from it stays as it was. Knows no symbols, and lives as long as the trees do. Thread-safe once it is published.
/// </summary>
internal sealed class BodyVerdicts
{
    /// <summary>So many trees may differ for the verdicts to be taken over.</summary>
    private const int MaximumEdits = 4;
    private static readonly ConditionalWeakTable<SyntaxTree, Last> Known = new();
    private readonly ConcurrentDictionary<SyntaxTree, ConcurrentDictionary<Position, BodyVerdict>> _verdicts = new();
    private readonly ImmutableArray<SyntaxTree> _trees;
    private readonly ImmutableArray<WeakReference<MetadataReference>> _references;
    private readonly ImmutableArray<LifetimeFile> _files;
    private readonly CompilationOptions _options;
    private readonly NameClosure _names;

    /// <summary>What is found while it is not known yet whether the verdicts hold: other versions have no part in it.</summary>
    private Dictionary<SyntaxNode, BodyVerdict>? _trial = new();

    private BodyVerdicts(Compilation compilation, NameClosure names, ImmutableArray<LifetimeFile> files)
    {
        _trees = compilation.SyntaxTrees.ToImmutableArray();
        _references = compilation.References.Select(static reference => new WeakReference<MetadataReference>(reference)).ToImmutableArray();
        _options = compilation.Options.WithSyntaxTreeOptionsProvider(null);
        _names = names;
        _files = files;
    }

    /// <summary>
    /// Bodies whose text is not what it was when they were found not to matter. The verdicts hold only if that is still so.
    /// </summary>
    public List<SyntaxNode> Doubtful { get; } = new();

    /// <summary>The verdicts of a compilation: with those of the version before, when it declares the same.</summary>
    public static BodyVerdicts Of(Compilation compilation, NameClosure names, ImmutableArray<LifetimeFile> files, CancellationToken cancellationToken)
    {
        var verdicts = new BodyVerdicts(compilation, names, files);
        if (verdicts._trees.IsEmpty)
        {
            return verdicts;
        }

        // one of the two is there when the other one has been edited
        var (first, last) = (Known.GetOrCreateValue(verdicts._trees[0]), Known.GetOrCreateValue(verdicts._trees[verdicts._trees.Length - 1]));
        if (!(first.Verdicts is { } one && verdicts.Follow(one, cancellationToken)) && !(last.Verdicts is { } other && other != first.Verdicts && verdicts.Follow(other, cancellationToken)))
        {
            verdicts.Forget();
        }

        return verdicts;
    }

    /// <summary>The verdicts hold: the next version may go on from them.</summary>
    public void Publish()
    {
        var found = _trial ?? new();
        _trial = null;
        foreach (var body in found)
        {
            Add(body.Key, body.Value);
        }

        if (!_trees.IsEmpty)
        {
            Known.GetOrCreateValue(_trees[0]).Verdicts = this;
            Known.GetOrCreateValue(_trees[_trees.Length - 1]).Verdicts = this;
        }
    }

    /// <summary>What is known of the body; null when nothing is.</summary>
    public BodyVerdict? Of(SyntaxNode body) =>
        _trial is { } trial && trial.TryGetValue(body, out var tried) ? tried
        : _verdicts.TryGetValue(body.SyntaxTree, out var known) && known.TryGetValue(Position.Of(body), out var verdict) ? verdict : null;

    /// <summary>Keeps what was found of a body.</summary>
    public void Add(SyntaxNode body, BodyVerdict verdict)
    {
        if (_trial is { } trial)
        {
            trial[body] = verdict;
        }
        else
        {
            _verdicts.GetOrAdd(body.SyntaxTree, static _ => new())[Position.Of(body)] = verdict;
        }
    }

    /// <summary>Starts anew, before it is published.</summary>
    public void Forget()
    {
        _verdicts.Clear();
        _trial = new();
        Doubtful.Clear();
    }

    /// <summary>Takes over the verdicts of another version; false when it is not known whether they still hold.</summary>
    private bool Follow(BodyVerdicts before, CancellationToken cancellationToken)
    {
        Forget();
        if (before._trees.Length != _trees.Length || before._names.Origin != _names.Origin || !before._files.SequenceEqual(_files) || !before._options.Equals(_options) ||
            before._references.Length != _references.Length || !before._references.Zip(_references, AreSame).All(static same => same))
        {
            return false;
        }

        var edits = 0;
        for (var i = 0; i < _trees.Length; i++)
        {
            if (_trees[i] == before._trees[i])
            {
                if (before._verdicts.TryGetValue(_trees[i], out var known))
                {
                    _verdicts[_trees[i]] = known;
                }
            }
            else if (++edits > MaximumEdits || !Follow(before, before._trees[i], _trees[i], cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes over the verdicts of the members of a tree that are as they were.</summary>
    private bool Follow(BodyVerdicts before, SyntaxTree old, SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (!Equals(old.Options, tree.Options) || !tree.IsEquivalentTo(old, topLevel: true))
        {
            return false;
        }

        var (members, olds) = (TreeMembers.Of(tree, cancellationToken).All, TreeMembers.Of(old, cancellationToken).All);
        if (members.Count != olds.Count)
        {
            return false;
        }

        before._verdicts.TryGetValue(old, out var known);
        var sorted = known?.OrderBy(static verdict => verdict.Key.Start).ToList() ?? [];
        var verdicts = new ConcurrentDictionary<Position, BodyVerdict>();
        var next = 0;
        for (var i = 0; i < members.Count; i++)
        {
            var (member, was) = (members[i], olds[i]);
            var isSame = member.IsIncrementallyIdenticalTo(was) || member.IsEquivalentTo(was, topLevel: false);
            var bodies = isSame ? null : Bodies(member, was);
            if (!isSame && (bodies is null || _names.Contains(member) != before._names.Contains(was)))
            {
                return false;
            }

            for (; next < sorted.Count && sorted[next].Key.Start < was.Span.End; next++)
            {
                var (position, verdict) = (sorted[next].Key, sorted[next].Value);
                if (position.Start < was.SpanStart)
                {
                    continue;
                }

                if (isSame)
                {
                    verdicts[position with { Start = position.Start - was.SpanStart + member.SpanStart }] = verdict;
                }
                else if (verdict != BodyVerdict.Matters && bodies!.Find(body => Position.Of(body.Old) == position).New is { } body)
                {
                    Doubtful.Add(body);
                }
            }
        }

        _verdicts[tree] = verdicts;
        return true;
    }

    /// <summary>The bodies of both versions of a member, in pairs; null when there are more in one of them.</summary>
    private static List<(SyntaxNode Old, SyntaxNode New)>? Bodies(SyntaxNode member, SyntaxNode old)
    {
        var (bodies, olds) = (BodiesOf(member).ToList(), BodiesOf(old).ToList());
        return bodies.Count == olds.Count ? olds.Zip(bodies, static (was, body) => (was, body)).ToList() : null;
    }

    private static IEnumerable<SyntaxNode> BodiesOf(SyntaxNode member) => member switch
    {
        BaseMethodDeclarationSyntax method => [method],
        BasePropertyDeclarationSyntax property => property.ChildNodes().Where(static child => child is ArrowExpressionClauseSyntax or EqualsValueClauseSyntax).Concat(property.AccessorList?.Accessors ?? default),
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(static variable => variable.Initializer).OfType<SyntaxNode>(),
        _ => [],
    };

    private static bool AreSame(WeakReference<MetadataReference> one, WeakReference<MetadataReference> other) =>
        one.TryGetTarget(out var reference) && other.TryGetTarget(out var same) && reference.Equals(same);

    /// <summary>Where a body lies in its tree.</summary>
    private readonly record struct Position(int Start, int Kind)
    {
        public static Position Of(SyntaxNode body) => new(body.SpanStart, body.RawKind);
    }

    private sealed class Last
    {
        public volatile BodyVerdicts? Verdicts;
    }
}
