using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>
/// Delegates of which the engine does not know the target. They borrow what they are handed, as callbacks do, unless what
/// the code calls them hints at a release, or one of the lambdas and methods that the source puts where they come from
/// releases or keeps what it is handed.
/// </summary>
internal sealed class UnknownDelegates
{
    /// <summary>So many steps from a variable to what it was read from.</summary>
    private const int MaxHops = 3;
    private readonly KnownMembers _known;
    private readonly Calls _calls;
    private readonly Dictionary<SyntaxNode, bool> _mayTake = new();

    public UnknownDelegates(KnownMembers known, Calls calls)
    {
        _known = known;
        _calls = calls;
    }

    /// <summary>Whether what the call runs may release or keep what it is handed.</summary>
    public bool MayTake(Call call)
    {
        if (call.Operation.Syntax is not InvocationExpressionSyntax invocation)
        {
            return false;
        }

        if (!_mayTake.TryGetValue(invocation, out var may))
        {
            var called = CalledBy(invocation);
            _mayTake.Add(invocation, may = IsNamedSo(called) || (call.Method.ContainingType is { } type && !IsOfLibrary(type) && _known.HintsAtHandOver(type.Name)) || ComesFromTaker(called));
        }

        return may;
    }

    /// <summary>What is called a factory makes an object of what it is handed, which may keep it: <c>containerFactory(count, block)</c>.</summary>
    public static bool IsFactory(Call call) =>
        call.Method.ReturnType is { SpecialType: SpecialType.None or SpecialType.System_Object } and (not { TypeKind: TypeKind.Enum }) &&
        call.Operation.Syntax is InvocationExpressionSyntax invocation && CalledBy(invocation).DescendantNodesAndSelf().OfType<SimpleNameSyntax>().LastOrDefault()?.Identifier.ValueText is { } name &&
        s_makers.Any(word => name.EndsWith(word, StringComparison.Ordinal) || name.EndsWith(word.ToLowerInvariant(), StringComparison.Ordinal));

    private static readonly string[] s_makers = { "Factory", "Creator", "Create", "Constructor", "Ctor", "Wrap", "Wrapper", "Make", "Build" };

    /// <summary>The delegate: <c>free(p)</c>, <c>_table["free"].Invoke(p)</c>, <c>Released?.Invoke(p)</c>.</summary>
    private static ExpressionSyntax CalledBy(InvocationExpressionSyntax invocation) => invocation.Expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" or "DynamicInvoke", Expression: var called } => called,
        MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Invoke" or "DynamicInvoke" } => invocation.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression ?? invocation.Expression,
        var called => called,
    };

    private static bool IsOfLibrary(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.IsEmpty;

    /// <summary>A word of the path to the delegate, or a key that it is found by, hints at it.</summary>
    private bool IsNamedSo(ExpressionSyntax called) =>
        called.DescendantTokens().Any(token => token.RawKind is (int)SyntaxKind.IdentifierToken or (int)SyntaxKind.StringLiteralToken && token.ValueText is { Length: > 0 } name && char.IsLetter(name[name.Length - 1]) && _known.HintsAtHandOver(name));

    private bool ComesFromTaker(ExpressionSyntax called)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var sources = new List<SyntaxNode> { called };
        for (var hop = 0; hop < MaxHops && sources.Count > 0; hop++)
        {
            var next = new List<SyntaxNode>();
            foreach (var source in sources)
            {
                var model = _calls.ModelOf(source.SyntaxTree);
                foreach (var name in source.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
                {
                    if (model.GetSymbolInfo(name).Symbol is { } symbol && seen.Add(symbol))
                    {
                        next.AddRange(GivenTo(symbol));
                    }
                }
            }

            if (next.Any(HasTaker))
            {
                return true;
            }

            sources = next;
        }

        return false;
    }

    /// <summary>The expressions that the source puts into a variable, field or property, or that a method may give.</summary>
    private static IEnumerable<SyntaxNode> GivenTo(ISymbol symbol)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax();
            switch (symbol)
            {
                case IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction }:
                    yield return declaration;
                    break;
                case ILocalSymbol:
                    foreach (var given in OfLocal(declaration, symbol.Name))
                    {
                        yield return given;
                    }

                    break;
                case IFieldSymbol or IPropertySymbol or IEventSymbol:
                    if (declaration is VariableDeclaratorSyntax { Initializer: { } initializer })
                    {
                        yield return initializer;
                    }
                    else if (declaration is PropertyDeclarationSyntax)
                    {
                        yield return declaration;
                    }

                    if (declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type)
                    {
                        foreach (var given in AssignedIn(type, symbol.Name))
                        {
                            yield return given;
                        }
                    }

                    break;
            }
        }
    }

    private static IEnumerable<SyntaxNode> OfLocal(SyntaxNode declaration, string name)
    {
        switch (declaration)
        {
            case VariableDeclaratorSyntax { Initializer: { } initializer }:
                yield return initializer;
                break;
            case CommonForEachStatementSyntax each:
                yield return each.Expression;
                break;
            case SingleVariableDesignationSyntax designation:
                // 'out var f', '(var name, var run)'
                if (designation.Ancestors().FirstOrDefault(static node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or ForEachVariableStatementSyntax) is { } around)
                {
                    yield return around is ForEachVariableStatementSyntax walk ? walk.Expression : around;
                }

                break;
        }

        if (declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member)
        {
            foreach (var given in AssignedIn(member, name))
            {
                yield return given;
            }
        }
    }

    /// <summary><c>name = x</c>, <c>name += x</c>, <c>name[key] = x</c>, <c>name.Add(x)</c>.</summary>
    private static IEnumerable<SyntaxNode> AssignedIn(SyntaxNode within, string name)
    {
        foreach (var node in within.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax assignment when Mentions(assignment.Left, name):
                    yield return assignment.Right;
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver, Name.Identifier.ValueText: "Add" or "TryAdd" or "Push" or "Enqueue" or "Insert" }, ArgumentList: var arguments } when Mentions(receiver, name):
                    yield return arguments;
                    break;
            }
        }
    }

    private static bool Mentions(ExpressionSyntax target, string name) => target switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText == name,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == name,
        ElementAccessExpressionSyntax element => Mentions(element.Expression, name),
        _ => false,
    };

    /// <summary>Whether a lambda or method that is no call itself, or what a lambda calls, releases or keeps what it is handed.</summary>
    private bool HasTaker(SyntaxNode source)
    {
        SemanticModel? model = null;
        foreach (var name in source.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        {
            if ((IsCalled(name) && !name.Ancestors().TakeWhile(node => node != source).Any(static node => node is AnonymousFunctionExpressionSyntax) && source is not AnonymousFunctionExpressionSyntax) ||
                (model ??= _calls.ModelOf(source.SyntaxTree)).GetSymbolInfo(name) is var info && (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol method || !Takes(method))
            {
                continue;
            }

            return true;
        }

        return source.DescendantNodesAndSelf().OfType<AnonymousFunctionExpressionSyntax>().Any(static lambda => lambda.DescendantNodes().Any(static node => node is AssignmentExpressionSyntax { Right: IdentifierNameSyntax }));
    }

    private static bool IsCalled(SimpleNameSyntax name) =>
        name.Parent is InvocationExpressionSyntax call ? call.Expression == name
            : name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax outer } access && access.Name == name && outer.Expression == access;

    private bool Takes(IMethodSymbol method)
    {
        if (_known.ContractOf(method) is { } contract && contract.ParameterHandovers.Any(static handover => handover is Handover.Releases or Handover.Takes or Handover.Holds))
        {
            return true;
        }

        return method.DeclaringSyntaxReferences.IsEmpty ? method.MethodKind == MethodKind.Ordinary && _known.HintsAtHandOver(method.Name)
            : !method.Parameters.IsEmpty && (_calls.SummaryOf(new Closure(method, null, null)) is not { IsUnknown: false } summary || summary.Outcomes.Any(static outcome => !outcome.Effects.IsEmpty));
    }
}
