using System.Collections.Concurrent;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Flow.Evaluation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Which types have objects that live as long as the process: those that only static members ever hold. Thread-safe, memoised.</summary>
internal sealed class StaticInstances(Compilation compilation, BodyStore bodies, CandidateIndex candidates)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, bool> _emptied = new(SymbolEqualityComparer.Default);
    private readonly DerivedTypes _derived = new(compilation, candidates);

    /// <summary>Whether a static member of the type holds its object, or all code that makes objects of the type, or of one that derives from it, does so for a static member.</summary>
    public bool AreAllOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        type = type.OriginalDefinition;
        return HasStaticInstance(type) || (type is { TypeKind: TypeKind.Class, IsGenericType: false } && IsOnlyMadeHere(type) && _known.GetOrAdd(type, one => AreMadeForStatics(one, cancellationToken)));
    }

    private static bool HasStaticInstance(INamedTypeSymbol type) => type.GetMembers().Any(member =>
        member.IsStatic && ((member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.Type is INamedTypeSymbol { Name: "Lazy" or "ThreadLocal", TypeArguments: { Length: 1 } made } ? made[0] : field.Type, type)) || (member is IPropertySymbol property && SymbolEqualityComparer.Default.Equals(property.Type, type) && References.BackingField(property) is not null)));

    /// <summary>Whether other assemblies cannot make one.</summary>
    private static bool IsOnlyMadeHere(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal)
            {
                return true;
            }
        }

        return type.InstanceConstructors.All(static constructor => constructor.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal);
    }

    private bool AreMadeForStatics(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var types = new HashSet<INamedTypeSymbol>(_derived.Of(type), SymbolEqualityComparer.Default) { type };
        var isMade = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var words = TreeWords.Of(tree, cancellationToken);
            if (!types.Any(one => words.Mentions(one.Name)))
            {
                continue;
            }

            foreach (var creation in tree.GetRoot(cancellationToken).DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>())
            {
                if (creation is ObjectCreationExpressionSyntax { Type: var named } && !types.Any(one => NameOf(named) == one.Name))
                {
                    continue;
                }

                if (bodies.ModelOf(tree).GetTypeInfo(creation, cancellationToken).Type is INamedTypeSymbol made && types.Contains(made.OriginalDefinition))
                {
                    if (!IsForStatic(creation, cancellationToken))
                    {
                        return false;
                    }

                    isMade = true;
                }
            }
        }

        return isMade;
    }

    private static string? NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The initializer of a static member, or what is assigned to one, put into a collection there that nothing is taken out of, or made for one when somebody asks for it.</summary>
    private bool IsForStatic(ExpressionSyntax made, CancellationToken cancellationToken)
    {
        var value = Whole(made);
        switch (value.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } }:
                return IsStatic(field);
            case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                return IsStatic(property);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: { } block } } local }:
                return IsStored(local.Identifier.ValueText, block, value, cancellationToken);
            case AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax element } assignment when assignment.Right == value:
                return IsKeptCollection(element.Expression, cancellationToken);
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax variable } assignment when assignment.Right == value && SymbolOf(variable, cancellationToken) is ILocalSymbol or IParameterSymbol:
                return assignment.Parent is StatementSyntax { Parent: { } around } ? IsStored(variable.Identifier.ValueText, around, value, cancellationToken) : IsForStatic(assignment, cancellationToken);
            case AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax, Parent: InitializerExpressionSyntax { Parent: ExpressionSyntax filled } }:
                return IsForStatic(filled, cancellationToken);
            case AssignmentExpressionSyntax assignment when assignment.Right == value:
                return IsStatic(SymbolOf(assignment.Left, cancellationToken));
            case InitializerExpressionSyntax { Parent: ExpressionSyntax filled } elements when !elements.IsKind(SyntaxKind.ObjectInitializerExpression):
                return IsForStatic(filled is InitializerExpressionSyntax { Parent: ExpressionSyntax outer } ? outer : filled, cancellationToken);
            case InitializerExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } } }:
                return IsStatic(field);
            case ArgumentSyntax argument:
                return IsTaken(argument, cancellationToken);
            case LambdaExpressionSyntax lambda:
                return IsMadeWhenAsked(lambda, cancellationToken);
            case ReturnStatementSyntax returned when returned.Ancestors().FirstOrDefault(static node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) is AnonymousFunctionExpressionSyntax function:
                return IsMadeWhenAsked(function, cancellationToken);
            default:
                return false;
        }
    }

    /// <summary>The expression that a value comes out of unchanged.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax value)
    {
        while (value.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } ||
            (value.Parent is ConditionalExpressionSyntax choice && choice.Condition != value))
        {
            value = (ExpressionSyntax)value.Parent;
        }

        return value;
    }

    /// <summary>A local variable has it, and the same block puts that into something static: <c>s_known.Add(key, made);</c>.</summary>
    private bool IsStored(string local, SyntaxNode block, ExpressionSyntax made, CancellationToken cancellationToken) =>
        block.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == local && name.SpanStart > made.SpanStart && Whole(name).Parent switch
        {
            AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax element } assignment when assignment.Right == Whole(name) => IsKeptCollection(element.Expression, cancellationToken),
            AssignmentExpressionSyntax assignment when assignment.Right == Whole(name) => IsStatic(SymbolOf(assignment.Left, cancellationToken)),
            ArgumentSyntax argument => IsTaken(argument, cancellationToken),
            _ => false,
        });

    /// <summary><c>s_known.Add(key, made)</c>, <c>Interlocked.CompareExchange(ref s_only, made, null)</c>.</summary>
    private bool IsTaken(ArgumentSyntax argument, CancellationToken cancellationToken) =>
        argument.Parent is ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } access } } list && name switch
        {
            "Add" or "TryAdd" or "GetOrAdd" => IsKeptCollection(access.Expression, cancellationToken),
            "CompareExchange" or "Exchange" or "Write" => list.Arguments[0] is { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword, Expression: var target } && IsStatic(SymbolOf(target, cancellationToken)),
            _ => false,
        };

    /// <summary><c>new Lazy&lt;T&gt;(() => made)</c> and <c>ThreadLocal</c>, where that is for something static; <c>s_known.GetOrAdd(key, _ => made)</c>; <c>LazyInitializer.EnsureInitialized(ref s_only, () => made)</c>.</summary>
    private bool IsMadeWhenAsked(AnonymousFunctionExpressionSyntax function, CancellationToken cancellationToken)
    {
        switch (function.Parent)
        {
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax lazy } }:
                return bodies.ModelOf(lazy.SyntaxTree).GetTypeInfo(lazy, cancellationToken).Type is INamedTypeSymbol { Name: "Lazy" or "ThreadLocal", ContainingNamespace.Name: "System" or "Threading" } && IsForStatic(lazy, cancellationToken);
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EnsureInitialized" } } } list }:
                return IsStatic(SymbolOf(list.Arguments[0].Expression, cancellationToken));
            case ArgumentSyntax argument:
                return IsTaken(argument, cancellationToken);
            default:
                return false;
        }
    }

    /// <summary>A static collection of the library's that no code takes anything out of.</summary>
    private bool IsKeptCollection(ExpressionSyntax collection, CancellationToken cancellationToken) =>
        SymbolOf(collection, cancellationToken) is { } holder && IsStatic(holder) && ((holder as IFieldSymbol)?.Type ?? (holder as IPropertySymbol)?.Type) switch
        {
            IArrayTypeSymbol => true,
            INamedTypeSymbol { Name: "Dictionary" or "ConcurrentDictionary" or "SortedDictionary" or "SortedList" or "IDictionary" or "Hashtable" or "List" or "HashSet" or "ConcurrentBag" } => !_emptied.GetOrAdd(holder, one => IsEmptied(one, cancellationToken)),
            _ => false,
        };

    private bool IsEmptied(ISymbol holder, CancellationToken cancellationToken) =>
        compilation.SyntaxTrees.Any(tree => TreeWords.Of(tree, cancellationToken).Mentions(holder.Name) && tree.GetRoot(cancellationToken).DescendantNodes().Any(node =>
            node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Remove" or "TryRemove" or "RemoveAt" or "RemoveAll" or "RemoveRange" or "RemoveWhere" or "Clear" or "TryTake" or "TryUpdate" } access &&
            (access.Expression as SimpleNameSyntax ?? (access.Expression as MemberAccessExpressionSyntax)?.Name)?.Identifier.ValueText == holder.Name && SymbolEqualityComparer.Default.Equals(SymbolOf(access.Expression, cancellationToken), holder)));

    private ISymbol? SymbolOf(ExpressionSyntax expression, CancellationToken cancellationToken) => bodies.ModelOf(expression.SyntaxTree).GetSymbolInfo(expression, cancellationToken).Symbol;

    private static bool IsStatic(ISymbol? holder) => holder is IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true };

    private static bool IsStatic(MemberDeclarationSyntax member) => member.Modifiers.Any(static modifier => modifier.ValueText == "static");
}
