using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary>
/// Blocks that go into a queue or channel of somebody else: who takes them out releases them, so that who has put them in must not.
/// That holds as long as nobody has had the time to take them out again.
/// </summary>
internal sealed class Givings
{
    private readonly Frame _frame;
    private readonly Dictionary<IFieldSymbol, bool> _emptied = new(SymbolEqualityComparer.Default);
    private bool _hasAny;

    public Givings(Frame frame)
    {
        _frame = frame;
    }

    /// <summary>The blocks of the body that who takes the value out of a queue has: itself, in a tuple, or as what a new object was given.</summary>
    /// <param name="value">The value.</param>
    /// <param name="queue">The queue: what the caller has handed in is given when it is one of the object's own, of which another member releases what it takes out.</param>
    public List<Block> In(Value value, Sym? queue = null)
    {
        var blocks = new List<Block>();
        switch (value)
        {
            case Sym { Kind: SymKind.Input, Place.Kind: PlaceKind.Parameter } or Sym { Origin: TableElement { IsCursor: false } } when queue is not null && FieldTables.FieldOf(queue) is { Field: { } field } && IsEmptied(field):
                blocks.Add(_frame.Universe.External((Sym)value));
                break;
            case Pointer { IsView: false, Block: { Site: not null } block }:
                blocks.Add(block);
                break;
            case Aggregate aggregate:
                blocks.AddRange(aggregate.Members.Values.OfType<Pointer>().Where(static member => member is { IsView: false, Block.Site: not null }).Select(static member => member.Block));
                break;
            case Sym { Kind: SymKind.NewObject } made:
                blocks.AddRange(_frame.State.Values
                    .Where(pair => pair.Key.Parent is { Kind: PlaceKind.Object, Root: Sym owner } && owner == made && pair.Value is Pointer { IsView: false, Block.Site: not null })
                    .Select(static pair => ((Pointer)pair.Value).Block));
                break;
        }

        return blocks;
    }

    /// <summary>The blocks of the body have gone into the queue.</summary>
    public void Note(List<Block> given, IOperation at)
    {
        foreach (var block in given)
        {
            if ((_frame.State[block] ?? (block.External is { Origin: TableElement } ? new BlockState(Ownership.Transferred) : null)) is { Ownership: Ownership.Transferred } state)
            {
                _hasAny = true;
                _frame.State = _frame.State.WithBlock(block, state with { GivenTo = at });
            }
        }
    }

    /// <summary>Something runs that may take out of queues what has gone into them; what <paramref name="except"/> has put in is still on its way.</summary>
    /// <param name="except">An operation that is still on its way.</param>
    /// <param name="disposed">An object that is disposed of, which takes nothing out of queues.</param>
    public void Forget(IOperation? except = null, Value? disposed = null)
    {
        if (!_hasAny)
        {
            return;
        }

        var kept = disposed is null ? null : In(disposed);
        foreach (var pair in _frame.State.Blocks)
        {
            if (pair.Value.GivenTo is { } at && !(except is not null && except.Syntax.Span.Contains(at.Syntax.Span)) && kept?.Contains(pair.Key) != true)
            {
                _frame.State = _frame.State.WithBlock(pair.Key, pair.Value with { GivenTo = null });
            }
        }
    }

    /// <summary>Asked once for each queue: it looks through the members of the type.</summary>
    private bool IsEmptied(IFieldSymbol field)
    {
        if (!_emptied.TryGetValue(field, out var emptied))
        {
            _emptied.Add(field, emptied = IsEmptiedByOthers(field));
        }

        return emptied;
    }

    /// <summary>Whether a member of the type takes something out of the queue in its field, and releases that.</summary>
    private static bool IsEmptiedByOthers(IFieldSymbol field) =>
        field is { DeclaredAccessibility: Accessibility.Private, Type.Name: "ConcurrentQueue" or "ConcurrentBag" or "ConcurrentStack" or "BlockingCollection" or "Queue" or "Stack" } &&
        field.ContainingType.GetMembers().Any(member => member is IMethodSymbol && member.DeclaringSyntaxReferences.Any(declared => ReleasesTaken(declared.GetSyntax(), field.Name)));

    private static bool ReleasesTaken(SyntaxNode member, string queue)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var released = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in member.DescendantNodes())
        {
            if (node is not InvocationExpressionSyntax call)
            {
                continue;
            }

            if (call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var of }, Name.Identifier.ValueText: var name } && of == queue && MemberNames.Takings.Contains(name))
            {
                if (call.Ancestors().TakeWhile(static outer => outer is not StatementSyntax).Any(static outer => outer is InvocationExpressionSyntax around && IsRelease(around)))
                {
                    return true;
                }

                taken.UnionWith(NamesOf(call));
            }
            else if (IsRelease(call))
            {
                released.UnionWith(call.DescendantNodes().OfType<IdentifierNameSyntax>().Select(static mention => mention.Identifier.ValueText));
                if (call.Parent is ConditionalAccessExpressionSyntax { Expression: IdentifierNameSyntax asked })
                {
                    released.Add(asked.Identifier.ValueText);
                }
            }
        }

        return taken.Overlaps(released);
    }

    /// <summary>By its name; what a member of the type itself returns something to may be the very queue.</summary>
    private static bool IsRelease(InvocationExpressionSyntax call) =>
        (call.Expression switch { MemberAccessExpressionSyntax access => access.Name, MemberBindingExpressionSyntax binding => binding.Name, var simple => simple as SimpleNameSyntax })?.Identifier.ValueText is { } name &&
        (MemberNames.Disposals.Contains(name) || (name == "Return" && call.Expression is not SimpleNameSyntax) ||
            name.IndexOf("Free", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("Destroy", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>The variables that get what the call takes out.</summary>
    private static IEnumerable<string> NamesOf(InvocationExpressionSyntax taking)
    {
        foreach (var argument in taking.ArgumentList.Arguments)
        {
            if (argument.Expression is IdentifierNameSyntax known)
            {
                yield return known.Identifier.ValueText;
            }
            else if (argument.Expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax named })
            {
                yield return named.Identifier.ValueText;
            }
        }

        for (var outer = taking.Parent; outer is not null and not BlockSyntax and not MemberDeclarationSyntax; outer = outer.Parent)
        {
            if (outer is VariableDeclaratorSyntax declared)
            {
                yield return declared.Identifier.ValueText;
            }
            else if (outer is AssignmentExpressionSyntax { Left: IdentifierNameSyntax assigned })
            {
                yield return assigned.Identifier.ValueText;
            }
            else if (outer is IsPatternExpressionSyntax { Pattern: var pattern } && pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().FirstOrDefault() is { } tested)
            {
                yield return tested.Identifier.ValueText;
            }
        }
    }

    /// <summary>What wakes up those who wait, and does not wait itself.</summary>
    public static bool OnlyWakes(IMethodSymbol method) =>
        method is { Name: "Release" or "Set" or "Pulse" or "PulseAll" or "Exit", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } };

    /// <summary>Whether the type is a queue or channel, in which others look for what has been put into it.</summary>
    public static bool IsQueue(ITypeSymbol? type) =>
        type is { Name: "ChannelWriter" or "ConcurrentQueue" or "ConcurrentBag" or "ConcurrentStack" or "BlockingCollection" or "Queue" or "Stack" or "List" or "LinkedList" } &&
        type.ContainingNamespace?.ToDisplayString() is "System.Threading.Channels" or "System.Collections.Concurrent" or "System.Collections.Generic";

    /// <summary>A call that takes over what it is given, and says by its result whether it has, to a caller who looks at that, or should: a channel with bounds can be full.</summary>
    public static bool MayRefuse(Call call, MemberContract contract) =>
        IsQueue(call.Method.ContainingType) && call.Arguments.Any(argument => argument.Value is Pointer { IsView: false, Block.Site: not null } or Sym { Kind: SymKind.NewObject } or Aggregate && contract.HandoverOf(argument.Parameter?.Ordinal ?? -1) == Handover.Takes) &&
        (IsAskedTry(call) || IsOfBoundedChannel(call));

    /// <summary><c>_channel.Writer.TryWrite(item)</c> of a channel that the type makes with bounds, and that does not drop items of its own accord.</summary>
    private static bool IsOfBoundedChannel(Call call)
    {
        if (call.Method.Name != "TryWrite" || call.Instance is not IPropertyReferenceOperation { Property.Name: "Writer", Instance: IFieldReferenceOperation { Field: { IsReadOnly: true } field } })
        {
            return false;
        }

        var made = field.ContainingType.DeclaringSyntaxReferences.SelectMany(static declared => declared.GetSyntax().DescendantNodes())
            .Where(node => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateBounded" or "CreateUnbounded" or "CreateUnboundedPrioritized" } } && node.Parent switch
            {
                EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => declarator.Identifier.ValueText == field.Name,
                AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } => target.Identifier.ValueText == field.Name,
                _ => false,
            }).Select(static node => node.ToString()).ToList();
        return made.Count == 1 && made[0].Contains("CreateBounded") && !made[0].Contains("Drop") && !made[0].Contains("options");
    }

    /// <summary>A <c>Try</c> whose caller looks at what it says.</summary>
    public static bool IsAskedTry(Call call) =>
        call.Method is { ReturnType.SpecialType: SpecialType.System_Boolean, Name: var name } && name.StartsWith("Try", StringComparison.Ordinal) &&
        call.Operation.Parent is not IExpressionStatementOperation && call.Operation.Syntax.Parent is not ExpressionStatementSyntax and not AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } };
}
