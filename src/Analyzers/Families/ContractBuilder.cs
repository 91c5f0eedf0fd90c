using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>Makes the contract of one method from the statements that are about it, in their order.</summary>
internal sealed class ContractBuilder(IMethodSymbol method)
{
    private readonly Dictionary<int, Handover> _handovers = [];
    private MemberContract _contract = new();
    private bool _isAttributed;

    /// <summary>Whether nothing was said.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Whether nothing is said about what the method does to what it is handed.</summary>
    public bool SaysNothingOfArguments => _handovers.Count == 0 && _contract.ReceiverHandover == Handover.Unknown && !HasFamily;

    /// <summary>Whether nothing is said but whether the method throws.</summary>
    public bool SaysNothingButThrows => SaysNothingOfArguments && _contract is { Gives: BlockPlace.None, NeverReturns: false };

    /// <summary>Whether it is known that the method gives or releases blocks, or on what that depends.</summary>
    public bool HasFamily => _contract.Family is not null || !_contract.Variants.IsEmpty;

    /// <summary>Whether a parameter gets a block by an attribute, which has no words for when, while the result is free to say that.</summary>
    public bool LeavesSuccessOpen => _isAttributed && _contract is { Gives: BlockPlace.Parameter, GivesWhen: ResultTest.None } && !method.ReturnsVoid;

    /// <summary>Adds what <paramref name="statement"/> says; nothing when it names a parameter that this overload lacks.</summary>
    public void Add(Statement statement, Family? family)
    {
        if (statement.When is { } when)
        {
            if (when.In(method) is var deciding and >= 0)
            {
                AddVariant(statement, family, deciding);
            }

            return;
        }

        switch (statement.Kind)
        {
            case StatementKind.Allocates:
                Gives(statement, family);
                break;
            case StatementKind.Releases:
                Hands(statement, Handover.Releases, family);
                break;
            case StatementKind.Reallocates:
                if (Hands(statement, Handover.Reallocates, family))
                {
                    _contract = _contract with { Gives = BlockPlace.Result, MayGiveNull = statement.Nullable };
                }

                break;
            case StatementKind.Borrows:
                Hands(statement, Handover.Borrows, null);
                break;
            case StatementKind.Holds:
                Hands(statement, Handover.Holds, null);
                break;
            case StatementKind.Takes:
                Hands(statement, Handover.Takes, null);
                break;
            case StatementKind.Views:
                View(statement, Handover.Views);
                break;
            case StatementKind.Same:
                View(statement, Handover.SameBlock);
                break;
            case StatementKind.NoThrow:
                Said(statement, _contract with { Throws = false });
                break;
            case StatementKind.Throws:
                Said(statement, _contract with { Throws = true });
                break;
            case StatementKind.NeverReturns:
                Said(statement, _contract with { NeverReturns = true });
                break;
        }
    }

    /// <summary>Adds the block that <paramref name="place"/> gets: an ordinal, <see cref="ParameterReference.ReceiverOrdinal"/>, or <see cref="ParameterReference.Missing"/> for the result.</summary>
    public void AddAttributedBlock(Family family, int place, bool mayBeNull, string source)
    {
        AddBlock(family, place, mayBeNull, source);
        _isAttributed = true;
    }

    /// <summary>Adds by which result the method says that the parameter has got its block.</summary>
    public void AddSuccess(ResultTest result) => _contract = _contract with { GivesWhen = result };

    private void AddBlock(Family family, int place, bool mayBeNull, string source)
    {
        IsEmpty = false;
        _contract = _contract with
        {
            Family = family,
            ReleasedFamily = _contract.Family is { } released && released != family && _contract.Gives == BlockPlace.None ? released : _contract.ReleasedFamily,
            Gives = place >= 0 ? BlockPlace.Parameter : place == ParameterReference.ReceiverOrdinal ? BlockPlace.Receiver : BlockPlace.Result,
            BlockParameter = place >= 0 ? place : -1,
            MayGiveNull = mayBeNull,
            GivesWhen = place >= 0 && method.ReturnType.SpecialType == SpecialType.System_Boolean ? ResultTest.True : ResultTest.None,
            Source = source,
        };
    }

    /// <summary>Adds what happens to the parameter (or receiver) at <paramref name="place"/>.</summary>
    public void AddHandover(int place, Handover handover, Family? family, string source)
    {
        IsEmpty = false;
        Set(place, handover);
        _contract = Releasing(family) with { Source = source };
    }

    /// <summary>Whether the method gives a block of the family that it releases: it is a reallocation.</summary>
    public void JoinToReallocation()
    {
        if (_contract is { Gives: BlockPlace.Result, ReleasedFamily: null })
        {
            foreach (var place in _handovers.Keys.Where(place => _handovers[place] == Handover.Releases).ToArray())
            {
                _handovers[place] = Handover.Reallocates;
            }
        }
    }

    /// <summary>Says what happens to every parameter of which nothing is said, except those that the method writes to.</summary>
    public void HandOverByValue(Handover handover)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind is RefKind.None or RefKind.In && !_handovers.ContainsKey(parameter.Ordinal))
            {
                _handovers.Add(parameter.Ordinal, handover);
            }
        }
    }

    /// <summary>Says that the method does not come back.</summary>
    public void AddNeverReturns()
    {
        IsEmpty = false;
        _contract = _contract with { NeverReturns = true };
    }

    /// <summary>Says whether the method throws, unless that is known already.</summary>
    public void AddThrows(bool throws)
    {
        IsEmpty = false;
        _contract = _contract with { Throws = _contract.Throws ?? throws };
    }

    /// <summary>The contract; null when nothing was said.</summary>
    public MemberContract? Build()
    {
        if (IsEmpty)
        {
            return null;
        }

        var last = _handovers.Keys.Where(place => place >= 0).DefaultIfEmpty(-1).Max();
        var handovers = ImmutableArray.CreateBuilder<Handover>(last + 1);
        for (var ordinal = 0; ordinal <= last; ordinal++)
        {
            handovers.Add(_handovers.TryGetValue(ordinal, out var handover) ? handover : Handover.Unknown);
        }

        return _contract with
        {
            ParameterHandovers = handovers.MoveToImmutable(),
            Variants = _contract.Variants.Select(Complete).ToImmutableArray(),
        };
    }

    /// <summary>What is said of every call counts for the variant too.</summary>
    private ContractVariant Complete(ContractVariant variant) => variant with
    {
        Contract = variant.Contract with
        {
            Throws = variant.Contract.Throws ?? _contract.Throws,
            NeverReturns = _contract.NeverReturns,
            DefaultHandover = _contract.DefaultHandover,
        },
    };

    private void AddVariant(Statement statement, Family? family, int deciding)
    {
        var builder = new ContractBuilder(method);
        builder.Add(statement with { When = null }, family);
        if (builder.Build() is not { } contract)
        {
            return;
        }

        IsEmpty = false;
        _contract = _contract with { Variants = _contract.Variants.Add(new ContractVariant(deciding, statement.WhenConstant, contract)), Source = statement.Source };
    }

    private void Gives(Statement statement, Family? family)
    {
        var place = statement.Parameters.Length > 0 ? statement.Parameters[0].In(method)
            : method.MethodKind == MethodKind.Constructor ? ParameterReference.ReceiverOrdinal : ParameterReference.Missing;
        if (family is null || (statement.Parameters.Length > 0 && place == ParameterReference.Missing)
            || (place == ParameterReference.Missing && method.ReturnsVoid))
        {
            return;
        }

        AddBlock(family, place, statement.Nullable, statement.Source);
        _contract = _contract with { GivesWhen = statement.If == ResultTest.None ? _contract.GivesWhen : statement.If, TestedParameter = statement.Tested?.In(method) ?? -1, Throws = statement.MayThrow };
    }

    private bool Hands(Statement statement, Handover handover, Family? family)
    {
        if (statement.Parameters.IsEmpty && handover == Handover.Borrows)
        {
            HandOverByValue(Handover.Borrows);
            Said(statement, _contract with { ReceiverHandover = _contract.ReceiverHandover == Handover.Unknown ? Handover.Borrows : _contract.ReceiverHandover });
            return true;
        }

        var said = false;
        foreach (var place in PlacesOf(statement))
        {
            Set(place, handover);
            said = true;
        }

        if (said)
        {
            Said(statement, Releasing(family));
            if (family is not null)
            {
                _contract = _contract with { NullIsReleasedSafely = statement.NullIsReleasedSafely, Throws = statement.MayThrow };
            }
        }

        return said;
    }

    private void View(Statement statement, Handover handover)
    {
        var into = statement.Into?.In(method) ?? -1;
        if (statement.Into is not null && into < 0)
        {
            return;
        }

        if (Hands(statement, handover, null))
        {
            _contract = _contract with { ViewParameter = into };
        }
    }

    private IEnumerable<int> PlacesOf(Statement statement)
    {
        if (statement.Parameters.IsEmpty)
        {
            var isReceiver = !method.IsStatic && method.Parameters.IsEmpty && method.MethodKind != MethodKind.Constructor;
            return isReceiver ? [ParameterReference.ReceiverOrdinal] : method.Parameters.IsEmpty ? [] : [0];
        }

        return statement.Parameters.Select(parameter => parameter.In(method)).Where(place => place != ParameterReference.Missing);
    }

    private void Set(int place, Handover handover)
    {
        if (place == ParameterReference.ReceiverOrdinal)
        {
            _contract = _contract with { ReceiverHandover = handover };
        }
        else
        {
            _handovers[place] = handover;
        }
    }

    private MemberContract Releasing(Family? family) => family switch
    {
        null => _contract,
        _ when _contract.Gives == BlockPlace.None => _contract with { Family = family },
        _ when family == _contract.Family => _contract,
        _ => _contract with { ReleasedFamily = family },
    };

    private void Said(Statement statement, MemberContract contract)
    {
        IsEmpty = false;
        _contract = contract with { Source = statement.Source };
    }
}
