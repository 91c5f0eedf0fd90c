using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A block as the body has it: where it is allocated, and the variable that owns it.</summary>
internal sealed class OwnedBlock
{
    private OwnedBlock(FixSite site, ExpressionSyntax allocation, ISymbol? owner, string ownerText, StatementSyntax? statement)
    {
        Site = site;
        Allocation = allocation;
        Owner = owner;
        OwnerText = ownerText;
        Statement = statement;
    }

    public FixSite Site { get; }

    /// <summary>The allocation without the casts around it.</summary>
    public ExpressionSyntax Allocation { get; }

    /// <summary>The local, parameter or field that holds the block.</summary>
    public ISymbol? Owner { get; }

    /// <summary>The owner as the code names it.</summary>
    public string OwnerText { get; }

    /// <summary>The innermost statement around the allocation; null in an expression body.</summary>
    public StatementSyntax? Statement { get; }

    /// <summary>The owner's type.</summary>
    public ITypeSymbol? OwnerType => Owner switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol member => member.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    /// <summary>The allocation is the whole right side of the owner's declaration or assignment, casts aside.</summary>
    public bool IsWholeStatement => Statement switch
    {
        LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer is { } initializer => Bare(initializer.Value) == Allocation,
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment } => Bare(assignment.Right) == Allocation,
        _ => false,
    };

    /// <summary>The allocation is a reallocation of the owner's own block: <c>p = Realloc(p, n)</c>.</summary>
    public bool Renews => Renewals.Contains(Allocation.Span);

    /// <summary>The reallocations whose result goes back to the owner.</summary>
    public IEnumerable<TextSpan> Renewals => Site.Finding.PlacesOf(FixData.Reallocation).Where(span =>
        Site.NodeAt<ExpressionSyntax>(span) is { } node && Bare(node) is InvocationExpressionSyntax call
        && Dressed(call).Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && References(assignment.Left).Any(name => name == assignment.Left)
        && call.ArgumentList.Arguments.Any(argument => References(Bare(argument.Expression)).Any(name => name == Bare(argument.Expression))));

    /// <summary>The block of the finding; null when its allocation is not in this file any more.</summary>
    public static OwnedBlock? Find(FixSite site)
    {
        var span = site.Finding.PlacesOf(FixData.Allocation).Select(place => (TextSpan?)place).FirstOrDefault() ?? site.Finding.Span;
        if (site.NodeAt<ExpressionSyntax>(span) is not { } node)
        {
            return null;
        }

        var allocation = Bare(node);
        var statement = allocation.FirstAncestorOrSelf<StatementSyntax>(ascendOutOfTrivia: false);
        if (statement is LocalFunctionStatementSyntax || statement is not null && allocation.Ancestors().TakeWhile(ancestor => ancestor != statement).Any(ancestor => ancestor is AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax))
        {
            statement = null;
        }

        var (owner, text) = OwnerOf(site, allocation);
        if (owner is null && site.Finding.Owner is { Length: > 0 } name && SyntaxFacts.IsValidIdentifier(name) && !IsLookedInto(site, allocation))
        {
            var end = statement?.Span.End ?? allocation.Span.End;
            owner = site.Model.LookupSymbols(Math.Max(0, end - 1), name: name).FirstOrDefault(symbol => symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol);
            text = name;
        }

        return new OwnedBlock(site, allocation, owner, text, statement);
    }

    /// <summary>The same block in <paramref name="variable"/>, which a call has put it into.</summary>
    public OwnedBlock In(ISymbol variable) => new(Site, Allocation, variable, variable.Name, Statement);

    /// <summary>What is kept is a part of an object that has to be disposed of: <c>pool.Rent(n).Memory</c>.</summary>
    private static bool IsLookedInto(FixSite site, ExpressionSyntax allocation) =>
        Dressed(allocation) is { Parent: MemberAccessExpressionSyntax { Parent: EqualsValueClauseSyntax } access } value && access.Expression == value && site.Finding.ReleaseTemplate.StartsWith("{0}.Dispose", StringComparison.Ordinal);

    /// <summary><paramref name="expression"/> without casts, parentheses, <c>checked</c> and <c>!</c> around it.</summary>
    public static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case CastExpressionSyntax cast:
                    expression = cast.Expression;
                    break;
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized.Expression;
                    break;
                case CheckedExpressionSyntax @checked:
                    expression = @checked.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppress:
                    expression = suppress.Operand;
                    break;
                default:
                    return expression;
            }
        }
    }

    /// <summary><paramref name="expression"/> with the casts, parentheses, <c>checked</c> and <c>!</c> around it.</summary>
    public static ExpressionSyntax Dressed(ExpressionSyntax expression)
    {
        while (expression.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax or CheckedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            expression = (ExpressionSyntax)expression.Parent;
        }

        return expression;
    }

    /// <summary>The names in <paramref name="node"/> that mean the owner.</summary>
    public IEnumerable<IdentifierNameSyntax> References(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => Owner is not null && name.Identifier.ValueText == Owner.Name && SymbolEqualityComparer.Default.Equals(Site.Model.GetSymbolInfo(name, Site.CancellationToken).Symbol, Owner));

    /// <summary>The owner, or one of several values among which it is, is what the body gives: <c>return a ? x : y;</c>.</summary>
    public bool IsGiven => Statement?.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) is { } body && References(body).Any(name =>
    {
        var value = Dressed(name);
        while (value.Parent is ConditionalExpressionSyntax conditional && conditional.Condition != value || value.Parent is SwitchExpressionArmSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression })
        {
            value = Dressed((ExpressionSyntax)(value.Parent is SwitchExpressionArmSyntax arm ? arm.Parent! : value.Parent));
        }

        return value != Dressed(name) && value.Parent is ReturnStatementSyntax or YieldStatementSyntax;
    });

    /// <summary>The node that declares the owner, when it is a local.</summary>
    public SyntaxNode? Declaration =>
        Owner is ILocalSymbol local ? local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(Site.CancellationToken) : null;

    private static (ISymbol? Owner, string Text) OwnerOf(FixSite site, ExpressionSyntax allocation)
    {
        if (allocation is AssignmentExpressionSyntax { Left: IdentifierNameSyntax or MemberAccessExpressionSyntax } own)
        {
            // sum += next
            return (site.Model.GetSymbolInfo(own.Left, site.CancellationToken).Symbol, own.Left.ToString());
        }

        var dressed = Dressed(allocation);
        while (dressed.Parent is ConditionalExpressionSyntax conditional && conditional.Condition != dressed || dressed.Parent is SwitchExpressionArmSyntax)
        {
            dressed = Dressed((ExpressionSyntax)(dressed.Parent is SwitchExpressionArmSyntax arm ? arm.Parent! : dressed.Parent));
        }

        switch (dressed.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }:
                return (site.Model.GetDeclaredSymbol(declarator, site.CancellationToken), declarator.Identifier.Text);
            case AssignmentExpressionSyntax assignment when assignment.Right == dressed && assignment.Left is IdentifierNameSyntax or MemberAccessExpressionSyntax:
                return site.Model.GetSymbolInfo(assignment.Left, site.CancellationToken).Symbol is { } target and not IDiscardSymbol ? (target, assignment.Left.ToString()) : (null, string.Empty);
            case ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax tuple } values } value when tuple.Right == values:
                return InTuple(site, tuple.Left, values.Arguments.IndexOf(value));
            default:
                return (null, string.Empty);
        }
    }

    /// <summary>The variable that a tuple is taken apart into, by position.</summary>
    private static (ISymbol? Owner, string Text) InTuple(FixSite site, ExpressionSyntax left, int index)
    {
        switch (left)
        {
            case DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax { Variables: var variables } } when index < variables.Count && variables[index] is SingleVariableDesignationSyntax single:
                return (site.Model.GetDeclaredSymbol(single, site.CancellationToken), single.Identifier.Text);
            case TupleExpressionSyntax { Arguments: var targets } when index < targets.Count && targets[index].Expression is IdentifierNameSyntax name:
                return (site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol, name.Identifier.Text);
            case TupleExpressionSyntax { Arguments: var targets } when index < targets.Count && targets[index].Expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax single }:
                return (site.Model.GetDeclaredSymbol(single, site.CancellationToken), single.Identifier.Text);
            default:
                return (null, string.Empty);
        }
    }
}
