using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>The statements of a block, a switch section or a program's top level.</summary>
internal sealed class StatementList
{
    private StatementList(SyntaxNode container, IReadOnlyList<StatementSyntax> statements)
    {
        Container = container;
        Statements = statements;
    }

    public SyntaxNode Container { get; }

    public IReadOnlyList<StatementSyntax> Statements { get; }

    /// <summary>The lists around <paramref name="node"/>, from the inside out, up to the body that it is in.</summary>
    public static IEnumerable<StatementList> Around(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            if (Of(ancestor) is { } list)
            {
                yield return list;
            }

            if (ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax)
            {
                yield break;
            }
        }
    }

    public static StatementList? Of(SyntaxNode container) => container switch
    {
        BlockSyntax block => new StatementList(block, block.Statements),
        SwitchSectionSyntax section => new StatementList(section, section.Statements),
        CompilationUnitSyntax unit => new StatementList(unit, unit.Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement).ToList()),
        _ => null,
    };

    /// <summary>The position of the statement that is or contains <paramref name="node"/>; -1 when none does.</summary>
    public int IndexOf(SyntaxNode node)
    {
        for (var i = 0; i < Statements.Count; i++)
        {
            if (Statements[i].FullSpan.Contains(node.Span) && Statements[i].SyntaxTree == node.SyntaxTree)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>What the statements from <paramref name="start"/> to <paramref name="end"/> declare is used after them: by the release or behind it.</summary>
    public bool UsesLater(int start, int end)
    {
        var declared = new HashSet<string>(DeclaredIn(start, end), StringComparer.Ordinal);
        return Statements.Skip(end).SelectMany(statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>().Any(name => declared.Contains(name.Identifier.ValueText));
    }

    /// <summary>The names of the variables that the statements from <paramref name="start"/> to <paramref name="end"/> declare for those after them.</summary>
    public IEnumerable<string> DeclaredIn(int start, int end) =>
        Statements.Skip(start).Take(end - start).SelectMany(statement => statement.DescendantNodesAndSelf(node => node is not (BlockSyntax or ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or UsingStatementSyntax or FixedStatementSyntax))).Select(node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
            _ => string.Empty,
        });

    /// <summary>The number of statements before the local functions at the end.</summary>
    public int CountWithoutTrailingFunctions()
    {
        var count = Statements.Count;
        while (count > 0 && Statements[count - 1].IsKind(SyntaxKind.LocalFunctionStatement))
        {
            count--;
        }

        return count;
    }
}
