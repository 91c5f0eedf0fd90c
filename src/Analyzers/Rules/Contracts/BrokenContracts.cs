using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Contracts;

/// <summary>LIFE017: a body that does not do what attributes on its signature, or lines of a text file, promise. Says nothing where it cannot know.</summary>
internal sealed class BrokenContracts
{
    private readonly KnownMembers _known;

    public BrokenContracts(KnownMembers known)
    {
        _known = known;
    }

    /// <summary>Judges what attributes promise.</summary>
    public IEnumerable<Diagnostic> Judge(IMethodSymbol method, MemberContract contract, BodyResult result)
    {
        foreach (var parameter in method.Parameters)
        {
            if (Promises.IsHandedIn(parameter) && JudgeParameter(method, parameter, contract, result, IsSaidOf(parameter), "") is { } diagnostic)
            {
                yield return diagnostic;
            }
        }

        if (contract is { Gives: BlockPlace.Result or BlockPlace.Parameter } && JudgeBlock(method, contract, result, "") is { } broken)
        {
            yield return broken;
        }
    }

    /// <summary>Judges what <paramref name="statements"/> of the project's own text files promise, each parameter and the block once.</summary>
    public IEnumerable<Diagnostic> Judge(IMethodSymbol method, MemberContract contract, BodyResult result, IEnumerable<Statement> statements)
    {
        var judged = new HashSet<int>();
        foreach (var statement in statements)
        {
            var where = $" ({statement.Source})";
            if (statement.Kind == StatementKind.Allocates)
            {
                if (judged.Add(-1) && contract is { Gives: BlockPlace.Result or BlockPlace.Parameter } && JudgeBlock(method, contract, result, where) is { } broken)
                {
                    yield return broken;
                }
            }
            else if (statement.Kind is StatementKind.Releases or StatementKind.Takes or StatementKind.Holds or StatementKind.Borrows)
            {
                foreach (var place in PlacesOf(statement, method))
                {
                    if (place >= 0 && judged.Add(place) && Promises.IsHandedIn(method.Parameters[place]) && JudgeParameter(method, method.Parameters[place], contract, result, isLoanSaid: true, where) is { } diagnostic)
                    {
                        yield return diagnostic;
                    }
                }
            }
        }
    }

    /// <summary>The parameters that a statement means: those that it names, of what is borrowed all, else the first.</summary>
    private static IEnumerable<int> PlacesOf(Statement statement, IMethodSymbol method) =>
        !statement.Parameters.IsEmpty ? statement.Parameters.Select(parameter => parameter.In(method))
            : statement.Kind == StatementKind.Borrows ? method.Parameters.Select(parameter => parameter.Ordinal)
            : method.Parameters.Take(1).Select(parameter => parameter.Ordinal);

    private Diagnostic? JudgeParameter(IMethodSymbol method, IParameterSymbol parameter, MemberContract contract, BodyResult result, bool isLoanSaid, string where) =>
        contract.HandoverOf(parameter.Ordinal) switch
        {
            Handover.Releases => JudgeDuty(method, parameter, result, $"to release '{parameter.Name}'{where}", "is not released", mayKeep: false) ?? JudgeFamily(method, parameter, contract, result, where),
            Handover.Takes or Handover.Holds => JudgeDuty(method, parameter, result, $"to take over '{parameter.Name}'{where}", "is neither released nor handed on", mayKeep: true),
            Handover.Borrows when isLoanSaid => JudgeLoan(method, parameter, result, where),
            _ => null,
        };

    /// <summary>What is taken over has to be released or kept on every way out that returns.</summary>
    private Diagnostic? JudgeDuty(IMethodSymbol method, IParameterSymbol parameter, BodyResult result, string promise, string failure, bool mayKeep)
    {
        var missed = result.Summary.Outcomes.Where(outcome => !IsDischarged(outcome, parameter, mayKeep)).ToImmutableArray();
        if (missed.IsEmpty || ParameterUses.ReachUnknownCode(result.Unit, parameter, _known) || ParameterUses.AreChanged(result.Unit, parameter))
        {
            return null;
        }

        var misses = missed.Where(outcome => !Promises.IsOfNothing(outcome, parameter)).ToImmutableArray();
        var always = missed.Length == result.Summary.Outcomes.Length;
        if (!always && (misses.IsEmpty || IsCollected(parameter) || ParameterUses.AreTested(result.Unit, parameter)))
        {
            return null;
        }

        var release = result.Summary.Outcomes.Select(outcome => Promises.EffectOn(outcome, parameter)).FirstOrDefault(effect => effect is { Ownership: Ownership.Released })?.At;
        var how = always ? $"it {failure}" : $"it {failure}{(Promises.When(misses[0], method) is { Length: > 0 } when ? when : " on a path to the end of the body")}";
        return Report(method, parameter, promise, how, FixData.Release, release, result);
    }

    /// <summary>A pool that is full may drop an array: the collector gets it.</summary>
    private static bool IsCollected(IParameterSymbol parameter) => parameter.Type is IArrayTypeSymbol;

    private static bool IsDischarged(Outcome outcome, IParameterSymbol parameter, bool mayKeep) =>
        Promises.EffectOn(outcome, parameter) is not null || Promises.KeptIn(outcome, parameter) is not null || (mayKeep && Promises.GivesBack(outcome, parameter));

    /// <summary>The release belongs to another family than the one that is promised, of which the framework says how it is released.</summary>
    private static Diagnostic? JudgeFamily(IMethodSymbol method, IParameterSymbol parameter, MemberContract contract, BodyResult result, string where)
    {
        if ((contract.ReleasedFamily ?? contract.Family) is not { ReleaseTemplate: not null, IsUnspecified: false } promised || !IsOfFramework(promised))
        {
            return null;
        }

        foreach (var outcome in result.Summary.Outcomes)
        {
            if (Promises.EffectOn(outcome, parameter) is { Ownership: Ownership.Released, Family: { IsUnspecified: false } released } effect && released.Name != promised.Name)
            {
                return Report(method, parameter, $"to release '{parameter.Name}' as {promised.Name}{where}", $"it is released as {released.Name}", FixData.Release, effect.At, result);
            }
        }

        return null;
    }

    /// <summary>A family of the project's own is made of another one.</summary>
    private static bool IsOfFramework(Family family) => BuiltInFiles.Table.FamilyNamed(family.Name) is not null;

    /// <summary>What is borrowed is neither released nor kept.</summary>
    private Diagnostic? JudgeLoan(IMethodSymbol method, IParameterSymbol parameter, BodyResult result, string where)
    {
        foreach (var outcome in result.Summary.Outcomes)
        {
            if (Promises.EffectOn(outcome, parameter) is { Ownership: Ownership.Released } effect)
            {
                return Report(method, parameter, $"only to borrow '{parameter.Name}'{where}", $"it is released{Promises.When(outcome, method)}", FixData.Release, effect.At, result);
            }

            if (Promises.KeptIn(outcome, parameter) is { } place && IsKeeping(place))
            {
                return Report(method, parameter, $"only to borrow '{parameter.Name}'{where}", $"it is kept in '{place.DisplayName}'", FixData.Escape, null, result);
            }
        }

        return null;
    }

    /// <summary>A field that is itself marked as borrowing owns nothing.</summary>
    private bool IsKeeping(Place place) =>
        place.Base.Kind is PlaceKind.This or PlaceKind.Static or PlaceKind.Object && (place.Field is not { } field || _known.OwnershipOf(field) != Handover.Borrows);

    /// <summary>Borrowing is also the default; only what is written is judged.</summary>
    private static bool IsSaidOf(IParameterSymbol parameter) =>
        parameter.GetAttributes().Any(attribute => attribute.AttributeClass is { Name: "BorrowedAttribute", ContainingNamespace.Name: "LifetimeAnalyzers" });

    /// <summary>A block is promised, and none is ever given that the caller would have to release.</summary>
    private static Diagnostic? JudgeBlock(IMethodSymbol method, MemberContract contract, BodyResult result, string where)
    {
        var into = contract.Gives == BlockPlace.Parameter ? method.Parameters[contract.BlockParameter] : null;
        string? failure = null;
        foreach (var outcome in result.Summary.Outcomes)
        {
            var given = Promises.Given(outcome, into);
            if (Promises.OwnedBlock(outcome, given, into) is { Family: { IsUnspecified: false } family } &&
                contract.Family is { ReleaseTemplate: not null, IsUnspecified: false } promised && IsOfFramework(promised) && promised.Name != family.Name)
            {
                failure = $"what it gives comes from {family.Name}";
                break;
            }

            if (WhyNotOwned(outcome, given, method) is not { } why)
            {
                return null;
            }

            failure = failure is null || failure == Nothing ? why : failure;
        }

        return failure is null ? null : Report(method, into, $"a block that the caller owns{(contract.Family is { IsUnspecified: false } named ? $" ({named.Name})" : "")}{where}", failure, FixData.Escape, null, result);
    }

    private const string Nothing = "it never gives one";

    /// <summary>Why what is given is certainly nobody's to release; null when it may be owned.</summary>
    private static string? WhyNotOwned(Outcome outcome, Value given, IMethodSymbol method)
    {
        switch (given)
        {
            case Const { IsNullOrZero: true }:
                return Nothing;
            case NotHeap memory:
                return $"it gives {memory.Description}";
            case Sym { Kind: SymKind.Input, Place: { Kind: PlaceKind.Member, Field: not null } place } when outcome.Writes.All(write => write.Key != place):
                return $"'{place.DisplayName}' goes on holding what it gives";
            case Pointer { Block: { External: null } block } when outcome.Writes.FirstOrDefault(write => write.Key.Field is not null && write.Key.Base.Kind is not PlaceKind.Result && FlowState.Designates(write.Value, block)) is { Key: { } holder } && !IsOfNewObject(holder):
                return $"'{holder.DisplayName}' goes on holding what it gives";
            default:
                return null;
        }
    }

    private static bool IsOfNewObject(Place place) => place.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } };

    private static Diagnostic Report(IMethodSymbol method, IParameterSymbol? parameter, string promise, string failure, string role, IOperation? at, BodyResult result)
    {
        var location = parameter is not null && parameter.Locations.FirstOrDefault(own => own.IsInSource) is { } declared ? declared : method.Locations[0];
        var isHere = at is not null && at.Syntax.SyntaxTree == result.Unit.Syntax.SyntaxTree;
        return Diagnostic.Create(
            Descriptors.ContractBroken,
            location,
            isHere ? [at!.Syntax.GetLocation()] : [],
            ImmutableDictionary<string, string?>.Empty.Add(FixData.RolesKey, isHere ? role : ""),
            ContractNames.Of(method), promise, failure);
    }
}
