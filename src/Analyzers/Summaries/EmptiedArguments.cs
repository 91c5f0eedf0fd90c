using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Arrays and collections that the body hands to a call which releases their elements.</summary>
internal sealed class EmptiedArguments
{
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly References _references;

    public EmptiedArguments(Frame frame, Resources resources, References references)
    {
        _frame = frame;
        _resources = resources;
        _references = references;
    }

    /// <summary>Releases what the call releases of the tables that it is handed.</summary>
    public void Release(Call call, Summary summary)
    {
        if (summary.IsAsync)
        {
            return;
        }

        foreach (var emptied in summary.Emptied)
        {
            var handed = new Translation(_frame, _references, call).Of(emptied.Input);
            object? table = handed is Sym symbol ? symbol : Tables.BehindPointer(handed);
            var argument = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == (emptied.Input.Place?.Root as IParameterSymbol)?.Ordinal);
            if (table is null || argument is null || _resources.CheckFamily(table, emptied.Family, call.DisplayName, call.Operation, Calls.NameOf(argument.Operation)))
            {
                continue;
            }

            if (emptied.IsWhole && table is Sym { Kind: SymKind.NewObject or SymKind.Input } whole)
            {
                ReleaseAll(call, whole, argument, emptied);
            }
        }
    }

    private void ReleaseAll(Call call, Sym table, Argument argument, EmptiedInput emptied)
    {
        var name = Calls.NameOf(argument.Operation);
        if (_frame.Tables.KnownElementsOf(table) is { Count: > 0 } known)
        {
            foreach (var element in known)
            {
                var isAgain = _resources.IsReleased(element);
                _resources.Release(element, emptied.Family, call.DisplayName, call.Operation, NameOf(element.Block, name));
                if (isAgain)
                {
                    // one mistake, one report
                    return;
                }
            }

            return;
        }

        _resources.Release(_frame.Tables.Every(call.Operation, table, argument.Operation.Syntax is IdentifierNameSyntax { Identifier.ValueText: var variable } ? variable : ""), emptied.Family, call.DisplayName, call.Operation, name);
    }

    /// <summary>What the code calls a block that also lies in a variable; otherwise what it calls the table.</summary>
    private string NameOf(Block block, string table) =>
        _frame.State.HoldersOf(block).Where(static place => place.Kind is PlaceKind.Local or PlaceKind.Parameter).OrderBy(static place => place.Id).Select(static place => place.DisplayName).FirstOrDefault() ?? table;
}
