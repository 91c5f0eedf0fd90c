using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Exceptions;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>
/// Calls of which neither a contract nor a body is known. A library function borrows what it is handed unless its name
/// says otherwise; constructors, virtual calls and what does not bind may keep it, so nothing is reported about it then.
/// </summary>
internal sealed class UnknownCalls
{
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly KnownMembers _known;
    private readonly Calls _calls;
    private readonly UnknownDelegates _delegates;
    private readonly UnchangedReceivers _unchanged = new();
    private readonly Dictionary<IOperation, bool> _lookedAt = new();

    public UnknownCalls(Frame frame, Resources resources, KnownMembers known, Calls calls)
    {
        _frame = frame;
        _resources = resources;
        _known = known;
        _calls = calls;
        _delegates = new UnknownDelegates(known, calls);
    }

    /// <param name="call">The call.</param>
    /// <param name="throws">Whether it throws, when that is known.</param>
    public Value Apply(Call call, bool? throws)
    {
        var at = call.Operation;
        var method = call.Method;
        if (!Givings.OnlyWakes(method))
        {
            _frame.Givings.Forget();
        }

        var isImport = method.IsExtern || KnownMembers.IsImport(method);
        var isNative = isImport || NativeDelegates.IsCallOf(call);
        var borrows = method.MethodKind == MethodKind.FunctionPointerSignature ? isNative && !MayKeep(call) && !_delegates.MayTake(call) : isNative ? !MayKeep(call) || IsReleasedAfter(call) : method.MethodKind == MethodKind.DelegateInvoke ? !MayTake(call) && !MayGiveBack(call) : BorrowsByNature(method);
        foreach (var argument in call.Arguments)
        {
            if (method.MethodKind == MethodKind.DelegateInvoke || !TakesAnyValue(argument))
            {
                _resources.UseIn(call, argument.Value);
            }
        }

        if (call.Receiver is { } receiver && !(receiver is Borrower && IsDisposalOfView(method)))
        {
            _resources.Use(receiver, at, _resources.IsReleased(receiver) || receiver is not (Pointer or Sym) ? "used by " + call.DisplayName : "");
        }

        if (call.Receiver is Sym { Kind: SymKind.NewObject } disposed && KnownMembers.IsDisposal(method))
        {
            // who disposes of an object has done his part, whatever comes of it
            _frame.Escape(disposed, at);
        }
        else if (call.Receiver is Sym { IsInput: true } input && KnownMembers.IsDisposal(method))
        {
            _frame.EscapeInputs(input, at);
        }

        if (throws ?? !(isNative || _calls.QuietLoops.Contains(call)))
        {
            Throws(call);
        }

        _calls.HandOverToReleasers(call);
        NoteSharing(call);
        var borrowed = ImmutableArray.CreateBuilder<Block>();
        var viewed = ImmutableArray.CreateBuilder<Block>();
        foreach (var argument in call.Arguments)
        {
            if (isNative)
            {
                HandOverDelegatesIn(argument, at);
            }

            var lends = borrows || (isImport && (IsContainer(argument, method) || IsSetter(argument, method)));
            HandOver(call, argument, lends, isOnlyRead: !lends && IsOnlyRead(call, argument), borrowed, viewed);
        }

        if (call.Receiver is Sym { Kind: SymKind.NewObject } made && method.MethodKind != MethodKind.DelegateInvoke)
        {
            // an object of the body whose method is not known may keep or give away what it holds
            _frame.Escape(made, at);
        }
        else if (call.Receiver is Sym { IsInput: true } given && !borrows && method.MethodKind != MethodKind.DelegateInvoke && !call.IsInitializer)
        {
            _frame.EscapeInputs(given, at);
        }
        else if (call.Receiver is Sym other && !borrows)
        {
            _frame.Tables.Leave(other, at);
        }

        if (call.ReceiverPlace is { } place && call.Receiver is not Pointer && !_unchanged.Contain(method))
        {
            _frame.Forget(place, at);
        }

        if (call.Receiver is not Sym { Type: IArrayTypeSymbol } && method.Name != "GetEnumerator")
        {
            ForgetReadsOf(call.Receiver);
        }

        var onlyUses = borrowed.Count == 0;
        borrowed.AddRange(viewed.Where(block => !borrowed.Contains(block)));
        return Result(call, borrowed, onlyUses && borrowed.Count > 0);
    }

    /// <summary>A function that is handed something counted, and keeps it in something else that it is handed, counts itself.</summary>
    private void NoteSharing(Call call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value is Pointer { Block: { Family: { IsCounted: true, IsInferred: true }, MayBeShared: false } block } && (MayKeep(call) || call.Arguments.Any(other => other != argument && Frame.CanCarry(other.Parameter?.Type))))
            {
                block.MayBeShared = true;
            }
        }
    }

    /// <summary>The call may throw, unless its body, which is not followed, has nothing that does.</summary>
    public void Throws(Call call)
    {
        if (QuietCreations.Contain(call.Operation))
        {
            return;
        }

        // a function that calls itself does not throw for that alone: its callers, who have a block, want to know
        var isAsked = !call.Method.DeclaringSyntaxReferences.IsEmpty && (!_frame.State.Blocks.IsEmpty || _calls.ComesBack(call));
        var thrown = isAsked ? _calls.ThrownBy(call) : Thrown.Anything;
        if (thrown == Thrown.Misuse)
        {
            _frame.Log.NoteMisuse(call.Operation);
        }

        if (thrown != Thrown.Nothing)
        {
            _calls.Throws(call.Operation, null);
        }
    }

    /// <summary>What the library makes of memory of the caller's (<c>JsonDocument</c>) leaves it alone when it is disposed of, unless it writes what it still has, or lets go of a pin.</summary>
    private static bool IsDisposalOfView(IMethodSymbol method) =>
        KnownMembers.IsDisposal(method) && method.DeclaringSyntaxReferences.IsEmpty && method.ContainingType is { } type &&
        !(type.Name.EndsWith("Writer", StringComparison.Ordinal) || type.Name.EndsWith("Stream", StringComparison.Ordinal) || type.Name.EndsWith("Handle", StringComparison.Ordinal));

    /// <summary>The delegate is handed something of which that matters, and may release or keep it. Of one that the body was handed itself, its callers know.</summary>
    private bool MayTake(Call call)
    {
        var isHanded = call.Receiver is Sym { Kind: SymKind.Input, Place.Kind: PlaceKind.Parameter };
        return call.Arguments.Any(argument => Frame.CanCarry(argument.Parameter?.Type) && (argument.Value is Pointer { IsView: false, Block: var block } ? block.Site is not null || !isHanded
            : argument.Value is Aggregate or Borrower or Sym { Kind: SymKind.NewObject } || (!isHanded && argument.Value is Sym { Kind: SymKind.Input or SymKind.Read or SymKind.Join }))) && _delegates.MayTake(call);
    }

    /// <summary>What is made of an address and is one itself may be the same: <c>data = serialize(value, block, size)</c>. Not so where the body releases the block all the same.</summary>
    private bool MayGiveBack(Call call) =>
        (call.Method.ReturnType is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } || UnknownDelegates.IsFactory(call)) && call.Operation.Parent is not IExpressionStatementOperation &&
        call.Arguments.Any(static argument => argument.Value is Pointer { IsView: false, Block.Site: not null }) && !IsReleasedAfter(call);

    /// <summary>A container or formatter takes the address as a number; it does not look at what it points to.</summary>
    private static bool TakesAnyValue(Argument argument) =>
        argument.Parameter?.OriginalDefinition.Type is { } type && (type.TypeKind == TypeKind.TypeParameter || type.SpecialType == SpecialType.System_Object);

    private Value Result(Call call, ImmutableArray<Block>.Builder borrowed, bool onlyUses)
    {
        if (call.Method.MethodKind == MethodKind.Constructor && call.Operation is IObjectCreationOperation creation)
        {
            return creation.Type is { IsReferenceType: true } ? MadeObject(creation, borrowed) : _calls.FreshResult(creation);
        }

        if (HandleContents.In(call, _known) is { } inner)
        {
            return inner;
        }

        if (PureFunctions.ValueOf(call, _frame.Universe) is { } same)
        {
            return same;
        }

        var result = _calls.FreshResult(call.Operation);
        // what native code makes of a text or buffer and hands back by value is its own
        return borrowed.Count > 0 && !call.Method.IsExtern && !KnownMembers.IsImport(call.Method) && CanKeep(call.Method) ? new Borrower(result, borrowed.ToImmutable()) { OnlyUses = onlyUses } : result;
    }

    private Value MadeObject(IObjectCreationOperation creation, ImmutableArray<Block>.Builder borrowed)
    {
        var made = _calls.FreshResult(creation);
        if (made is Sym symbol)
        {
            _frame.State = _frame.State.WithFact(symbol, Fact.IsNot(null));
        }

        return borrowed.Count > 0 ? new Borrower(made, borrowed.ToImmutable()) : made;
    }

    /// <summary>A structure for native code, with delegates that it calls back later: <c>RegisterClassEx(ref windowClass)</c>.</summary>
    private void HandOverDelegatesIn(Argument argument, IOperation at)
    {
        foreach (var pair in _frame.State.Values)
        {
            if (pair.Value is Closure closure && (pair.Key.Parent is { } parent && parent == argument.Place || (pair.Key.Base is { Kind: PlaceKind.Object, Root: Sym owner } && argument.Value is Sym made && owner == made)))
            {
                _calls.HandOver(closure, at);
            }
        }
    }

    private void HandOver(Call call, Argument argument, bool borrows, bool isOnlyRead, ImmutableArray<Block>.Builder borrowed, ImmutableArray<Block>.Builder viewed)
    {
        var at = call.Operation;
        if (argument.Value is Closure closure)
        {
            borrowed.AddRange(_calls.HandOverTo(call, closure).Where(block => !borrowed.Contains(block)));
        }
        else if (borrows && KnownMembers.IsImport(call.Method) && (argument.Parameter?.RefKind == RefKind.In || (argument.Value is Aggregate && argument.Place is null)))
        {
            // a structure that native code only reads: what it holds is still the caller's
        }
        else if (argument.Place is { } place && argument.Parameter?.RefKind != RefKind.In)
        {
            if (argument.Parameter?.RefKind == RefKind.Ref && (argument.Value is Pointer || (argument.Value is Sym { IsInput: true } && argument.Parameter.Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr } && !_known.MayTakeOver(call.Method))) && (call.Method.IsExtern || KnownMembers.IsImport(call.Method)))
            {
                // an array of one: 'vkWaitForFences(device, 1, ref fence)'
                return;
            }

            WriteTo(place, argument.Value, isLent: borrows && KnownMembers.IsImport(call.Method) && argument.Parameter?.RefKind == RefKind.Ref, at);
        }
        else if (argument.Value is Address { Place: var pointee })
        {
            // &local: the callee may write to it
            WriteTo(pointee, _frame.Read(pointee), isLent: borrows && KnownMembers.IsImport(call.Method), at);
        }
        else if (call.Method.MethodKind == MethodKind.DelegateInvoke && argument.Value is Pointer { IsView: false, Block.Family.ReleasedThroughItself: true })
        {
            // who asks for the owner and not for its memory wants to own
            _resources.Transfer(argument.Value, Destination.Call, at);
        }
        else if ((borrows || isOnlyRead) && argument.Value is Pointer or Borrower)
        {
            foreach (var block in _frame.BlocksIn(argument.Value))
            {
                _frame.Contents.GiveUp(block, at);
                if (!isOnlyRead && !borrowed.Contains(block) && CanLeadTo(call, argument))
                {
                    borrowed.Add(block);
                }
            }
        }
        else if (argument.Value is Pointer view && (view.IsView || Calls.IsSpan(argument.Parameter?.Type)) && call.Method.MethodKind != MethodKind.Constructor)
        {
            // a span or memory that is handed on is used, not given away; so is an array of which the callee sees a span
            NoteView(call, argument, view.Block, viewed);
        }
        else if (!((borrows || isOnlyRead) && argument.Value is NotHeap or Sym { Kind: not SymKind.NewObject }) && !(borrows && IsPredicate(call.Method)))
        {
            if (argument.Value is Pointer memory && TypeOf(argument.Operation) is { MetadataName: "Memory`1" or "ReadOnlyMemory`1" })
            {
                NoteView(call, argument, memory.Block, viewed);
            }

            _resources.Transfer(argument.Value, Destination.Call, at);
        }
    }

    /// <summary>The callee may write to the place. In a structure that is lent to native code, what the body has put into it is for the body to release.</summary>
    private void WriteTo(Place place, Value value, bool isLent, IOperation at)
    {
        isLent = isLent && value is not Pointer;
        if (!isLent)
        {
            _resources.NoteDeparture(value, Destination.Call, null, at);
        }

        _frame.Forget(place, at, keepsBlocks: isLent);
    }

    /// <summary>What gives a task uses the memory that it is handed until the task ends.</summary>
    private static void NoteView(Call call, Argument argument, Block block, ImmutableArray<Block>.Builder viewed)
    {
        if (RunningWork.IsTask(call.Method.ReturnType) && !viewed.Contains(block) && CanLeadTo(call, argument))
        {
            viewed.Add(block);
        }
    }

    /// <summary>The type before it is seen as an object.</summary>
    private static ITypeSymbol? TypeOf(IOperation operation) =>
        operation is IConversionOperation { Type.SpecialType: SpecialType.System_Object, Operand.Type: { } boxed } ? boxed : operation.Type;

    /// <summary>A delegate that answers whether something holds of an object does nothing else with it.</summary>
    private static bool IsPredicate(IMethodSymbol method) => method is { MethodKind: MethodKind.DelegateInvoke, ReturnType.SpecialType: SpecialType.System_Boolean };

    private bool IsOnlyRead(Call call, Argument argument) =>
        argument is { Place: null, Parameter: { RefKind: RefKind.None } parameter, Value: Pointer { IsView: false } or Sym { IsInput: true } } && !call.Method.DeclaringSyntaxReferences.IsEmpty &&
        CarrierTypes.IsDirectCarrier(parameter.Type) && !IsNumberOfHandle(argument) && _calls.Borrows(call, parameter);

    /// <summary>The number of a handle goes to native code in the end, which gives it back to a callback.</summary>
    private static bool IsNumberOfHandle(Argument argument) =>
        argument is { Value: Pointer { IsView: false, Block.Family.DiscardIsDeliberate: true }, Parameter.Type.SpecialType: SpecialType.System_IntPtr };

    /// <summary>The language keeps a span out of everything but other spans: an array that is made from one does not lead back to its memory.</summary>
    private static bool CanLeadTo(Call call, Argument argument) =>
        argument.Parameter?.Type.IsRefLikeType != true || (call.Method.MethodKind == MethodKind.Constructor ? call.Method.ContainingType : call.Method.ReturnType).IsRefLikeType;

    /// <summary>A plain library function with a body elsewhere, whose name does not say that it keeps or releases what it is handed.</summary>
    private bool BorrowsByNature(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.IsEmpty && method.MethodKind is MethodKind.Ordinary or MethodKind.ReducedExtension or MethodKind.UserDefinedOperator or MethodKind.Conversion
        && ((!method.IsAbstract && method.ContainingType is { TypeKind: not (TypeKind.Error or TypeKind.Interface) }) || MovesBytes(method)) && !_known.MayTakeOver(method);

    /// <summary>A function of the library, whoever implements it, that fills so much of an array from an index on, or reads it: <c>reader.GetBytes(0, at, buffer, 0, count)</c>.</summary>
    private static bool MovesBytes(IMethodSymbol method)
    {
        if (method.ReturnType.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64))
        {
            return false;
        }

        for (var i = 0; i + 2 < method.Parameters.Length; i++)
        {
            if (method.Parameters[i].Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte or SpecialType.System_Char } && method.Parameters[i + 1].Type.SpecialType == SpecialType.System_Int32 && method.Parameters[i + 2].Type.SpecialType == SpecialType.System_Int32)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a native function puts something into: <c>list_add(list, item)</c> may keep the item, not the list.</summary>
    private static bool IsContainer(Argument argument, IMethodSymbol method) =>
        argument.Parameter?.Ordinal == 0 && method.Parameters.Length > 1 && method.ReturnType.SpecialType is SpecialType.System_Void or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Boolean &&
        (ContainerVerbs.Any(verb => method.Name.EndsWith(verb, StringComparison.OrdinalIgnoreCase)) || NameReader.WordsOf(method.Name).Exists(ContainerVerbs.Contains)) &&
        method.Parameters.Skip(1).Any(other => other.Type is IPointerTypeSymbol || other.Type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr);

    /// <summary><c>store_put(store, key)</c>, <c>encoder_set_level(encoder, 3)</c>: data goes into the handle, and the handle nowhere.</summary>
    private bool IsSetter(Argument argument, IMethodSymbol method) =>
        argument.Parameter?.Ordinal == 0 && method.Parameters.Length > 1 && !argument.IsWritable && method.ReturnType is { IsReferenceType: false } and not IPointerTypeSymbol && method.ReturnType.SpecialType is not (SpecialType.System_IntPtr or SpecialType.System_UIntPtr) &&
        method.Parameters.Skip(1).All(other => IsDatum(other) || (other.Type is IPointerTypeSymbol && method.Parameters.Length > other.Ordinal + 1 && IsLength(method.Parameters[other.Ordinal + 1]))) &&
        argument.Value is not Pointer { Block.Family.Name: "GCHandle" } && _known.HintsOnlyBy(method, SetterVerbs);

    /// <summary><c>net_send(connection, data, length)</c>: so many bytes are read, and the function keeps the memory only if it says so by another word.</summary>
    private bool IsCopied(Call call) =>
        call.Method.ReturnType.SpecialType is SpecialType.System_Void or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_Boolean &&
        call.Arguments.Any(argument => argument is { IsWritable: false, Value: Pointer { Block.Family.Name: not "GCHandle" }, Parameter: { } given } && call.Method.Parameters.Length > given.Ordinal + 1 && IsLength(call.Method.Parameters[given.Ordinal + 1])) &&
        _known.HintsOnlyBy(call.Method, CopyingVerbs);

    private static bool IsLength(IParameterSymbol parameter) =>
        parameter.RefKind == RefKind.None && parameter.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr &&
        (parameter.Name == "n" || LengthNames.Any(name => parameter.Name.EndsWith(name, StringComparison.OrdinalIgnoreCase)));

    private static readonly string[] CopyingVerbs = { "Send", "Put", "Append", "Store", "Save", "Publish", "Update" };

    // what is put into a container, or registered, may be released behind it because it is taken out again
    private static readonly string[] HandingVerbs = { "Send", "Put", "Store", "Save", "Publish", "Update", "Post", "Set", "Init", "Initialize" };

    private static readonly string[] LengthNames = { "length", "len", "size", "count", "bytes" };

    private static bool IsDatum(IParameterSymbol parameter) =>
        parameter.Type.SpecialType == SpecialType.System_String ||
        (parameter.Type.SpecialType is not (SpecialType.System_IntPtr or SpecialType.System_Object) && parameter.Type is not (IPointerTypeSymbol or IFunctionPointerTypeSymbol) && parameter.Type.TypeKind is not (TypeKind.Class or TypeKind.Interface or TypeKind.Delegate));

    private static readonly string[] SetterVerbs = { "Add", "Append", "Insert", "Push", "Put", "Send", "Store", "Save", "Set", "Update", "Replace", "Remove", "Clear", "Reset", "Post", "Discard", "Clean" };

    private static readonly string[] ContainerVerbs = { "add", "append", "insert", "push", "enqueue", "put" };

    /// <summary>A native function that hands out a pointer, takes a handle, or says so by its name may keep what it is handed.</summary>
    private bool MayKeep(Call call) =>
        (GivesPointer(call) && !IsOnlyLookedAt(call.Operation)) || call.Method.ReturnType.IsReferenceType ||
        call.Arguments.Any(argument => argument.Value is Pointer { Block.Family.Name: "GCHandle" }) || NativeReleasers.AreHandedTo(call) || (_known.MayTakeOver(call.Method) && !IsCopied(call) && !AreGivenBack(call));

    /// <summary>Elsewhere in the source somebody releases what he has handed to the function, whatever may be a block of the body or of its caller.</summary>
    private bool AreGivenBack(Call call) =>
        _known.HintsOnlyBy(call.Method, HandingVerbs) &&
        call.Arguments.All(argument => argument.Value is Const || !Frame.CanCarry(argument.Parameter?.Type) || (argument is { IsWritable: false, Parameter: { } parameter } && _known.Native.IsGivenBack(parameter)));

    /// <summary>Asked once for each call: it may look through the whole block.</summary>
    private bool IsOnlyLookedAt(IOperation call)
    {
        if (!_lookedAt.TryGetValue(call, out var looked))
        {
            _lookedAt.Add(call, looked = LookedAt.Is(call));
        }

        return looked;
    }

    /// <summary>An unsigned number of that size is a length or code, unless the library's handles are of that type: what it is handed says so.</summary>
    private static bool GivesPointer(Call call) =>
        call.Method.ReturnType is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr } ||
        (call.Method.ReturnType.SpecialType == SpecialType.System_UIntPtr && !LengthNames.Any(name => call.Method.Name.EndsWith(name, StringComparison.OrdinalIgnoreCase)) && call.Arguments.Any(static argument => argument is { Value: Pointer or Sym { IsInput: true, Type: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } }, Parameter: { Type.SpecialType: SpecialType.System_UIntPtr } parameter } && !IsLength(parameter))) ||
        call.Method.Parameters.Any(static parameter => parameter is { RefKind: RefKind.Out, Type: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr } });

    /// <summary>The body itself releases on its main way whatever of its own it hands to the call.</summary>
    private bool IsReleasedAfter(Call call)
    {
        var own = call.Arguments.Where(static argument => argument.Value is Pointer { IsView: false, Block.Site: not null } or Aggregate).ToList();
        return own.Count > 0 && own.TrueForAll(argument => LaterReleases.Follow(call.Operation.Syntax, argument.Operation.Syntax, _known.InterestingNames.Releasing.Contains));
    }

    /// <summary>Whether what a method gives can go on using memory that it was handed. Arrays and the library's collections have elements of their own.</summary>
    private static bool CanKeep(IMethodSymbol method)
    {
        var type = method.ReturnType;
        return type.SpecialType == SpecialType.None && type.TypeKind is not (TypeKind.Enum or TypeKind.Pointer or TypeKind.TypeParameter or TypeKind.Array) &&
            (IsWorkOrView(type) || (method.MethodKind != MethodKind.DelegateInvoke && type.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) != true));
    }

    /// <summary>Whether values of the type are there for what is still to be done or read: tasks, sequences, streams and views.</summary>
    private static bool IsWorkOrView(ITypeSymbol type) =>
        type.IsRefLikeType || RunningWork.IsTask(type) || Calls.IsViewType(type) || (type.TypeKind == TypeKind.Interface && type.Name is "IEnumerable" or "IEnumerator" or "IOrderedEnumerable" or "IQueryable" or "IAsyncEnumerable" or "IAsyncEnumerator") ||
        type.Name.EndsWith("Stream", StringComparison.Ordinal) || type.Name.EndsWith("Reader", StringComparison.Ordinal);

    /// <summary>What has been read of an object is stale once one of its methods has run.</summary>
    private void ForgetReadsOf(Value? receiver)
    {
        if (receiver is not Sym symbol || _frame.State.Facts.IsEmpty)
        {
            return;
        }

        foreach (var pair in _frame.State.Facts)
        {
            if (Reads(pair.Key, symbol))
            {
                _frame.State = _frame.State.WithFact(pair.Key, Fact.None);
            }
        }
    }

    private static bool Reads(Value value, Sym of) => value switch
    {
        Sym { Kind: SymKind.Read, Origin: ReadOrigin read } => read.Of.Equals(of) || Reads(read.Of, of),
        Expression expression => Reads(expression.Left, of) || Reads(expression.Right, of),
        _ => false,
    };
}
