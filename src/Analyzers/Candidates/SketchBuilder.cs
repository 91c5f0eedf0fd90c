using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Candidates;

/// <summary>Reads one member, for its <see cref="MemberSketch"/>.</summary>
internal sealed class SketchBuilder
{
    private readonly SyntaxNode _member;
    private readonly HashSet<string> _locals = new(StringComparer.Ordinal);
    private readonly List<(string Name, TypeSyntax? Type)> _parameters = new();
    private readonly List<NamedFlow> _flows = new();
    private readonly List<NamedCall> _calls = new();
    private readonly HashSet<string> _cleared = new(StringComparer.Ordinal);

    public SketchBuilder(SyntaxNode member) => _member = member;

    public MemberSketch Build()
    {
        CollectVariables();
        foreach (var node in _member.DescendantNodes())
        {
            Visit(node);
        }

        return new MemberSketch(_locals, _parameters, _flows, _calls, _cleared);
    }

    private void CollectVariables()
    {
        foreach (var node in _member.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Parent.Parent: not BaseFieldDeclarationSyntax } variable:
                    _locals.Add(variable.Identifier.ValueText);
                    break;
                case SingleVariableDesignationSyntax designation:
                    _locals.Add(designation.Identifier.ValueText);
                    break;
                case ForEachStatementSyntax loop:
                    _locals.Add(loop.Identifier.ValueText);
                    break;
                case LocalFunctionStatementSyntax function:
                    _locals.Add(function.Identifier.ValueText);
                    break;
                case ParameterSyntax parameter when parameter.Parent?.Parent == _member:
                    _parameters.Add((parameter.Identifier.ValueText, parameter.Type));
                    break;
                case ParameterSyntax parameter:
                    _locals.Add(parameter.Identifier.ValueText);
                    break;
            }
        }
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case VariableDeclaratorSyntax { Initializer.Value: { } value } variable:
                var declared = (variable.Parent as VariableDeclarationSyntax)?.Type;
                Flow(variable.Parent?.Parent is BaseFieldDeclarationSyntax ? MemberSketch.Field : variable.Identifier.ValueText, value, declared);
                break;
            case PropertyDeclarationSyntax { Initializer.Value: { } value } property:
                Flow(MemberSketch.Field, value, property.Type);
                break;
            case AssignmentExpressionSyntax assignment:
                Assign(assignment.Left, assignment.Right);
                NoteCleared(assignment.Left, assignment.Right);
                break;
            case ForEachStatementSyntax loop:
                Flow(loop.Identifier.ValueText, loop.Expression, null);
                break;
            case IsPatternExpressionSyntax pattern:
                FlowToDesignations(pattern.Pattern, pattern.Expression);
                break;
            case SwitchStatementSyntax { Sections: var sections } statement:
                foreach (var section in sections)
                {
                    FlowToDesignations(section, statement.Expression);
                }

                break;
            case ReturnStatementSyntax { Expression: { } value }:
                Flow(ResultOf(node), value, ResultType(node));
                if (value is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray" or "ToList", Expression: IdentifierNameSyntax copied } })
                {
                    // the copy has the same elements
                    Flow(ResultOf(node), copied, ResultType(node));
                }

                break;
            case YieldStatementSyntax { Expression: { } value }:
                Flow(ResultOf(node), value, null);
                break;
            case ArrowExpressionClauseSyntax arrow:
                Flow(arrow.Parent == _member || arrow.Parent is AccessorDeclarationSyntax ? MemberSketch.Result : ResultOf(arrow), arrow.Expression, ResultType(arrow));
                break;
            case InvocationExpressionSyntax invocation:
                if (invocation.ArgumentList.Arguments is { Count: 2 } exchanged && NameOfCallee(invocation.Expression) == "Exchange")
                {
                    NoteCleared(exchanged[0].Expression, exchanged[1].Expression);
                }

                Call(invocation, NameOfCallee(invocation.Expression), invocation.ArgumentList, Receiver(invocation.Expression));
                break;
            case BaseObjectCreationExpressionSyntax { ArgumentList: { } arguments } creation:
                Call(creation, TypeShapes.NameOf((creation as ObjectCreationExpressionSyntax)?.Type) ?? "", arguments, null);
                break;
            case ConstructorInitializerSyntax initializer:
                Call(initializer, "base", initializer.ArgumentList, null);
                foreach (var argument in initializer.ArgumentList.Arguments)
                {
                    // the other constructor may keep it
                    Flow(MemberSketch.Field, argument.Expression, null, isPart: true);
                }

                break;
        }
    }

    /// <summary>A field is given nothing: <c>_block = null;</c>.</summary>
    private void NoteCleared(ExpressionSyntax target, ExpressionSyntax value)
    {
        if (TypeShapes.IsNothing(value) && (target as IdentifierNameSyntax ?? (target as MemberAccessExpressionSyntax)?.Name) is { Identifier.ValueText: var name })
        {
            _cleared.Add(name);
        }
    }

    private void Assign(ExpressionSyntax target, ExpressionSyntax value)
    {
        switch (target)
        {
            case TupleExpressionSyntax tuple:
                foreach (var element in tuple.Arguments)
                {
                    Assign(element.Expression, value);
                }

                break;
            case DeclarationExpressionSyntax declaration:
                FlowToDesignations(declaration, value);
                break;
            default:
                Flow(TargetOf(target), value, null, target is not IdentifierNameSyntax);
                break;
        }
    }

    private void FlowToDesignations(SyntaxNode pattern, ExpressionSyntax value)
    {
        foreach (var node in pattern.DescendantNodes())
        {
            if (node is SingleVariableDesignationSyntax designation)
            {
                Flow(designation.Identifier.ValueText, value, null);
            }
        }
    }

    private void Call(SyntaxNode at, string name, ArgumentListSyntax arguments, ExpressionSyntax? receiver)
    {
        var handed = new List<List<Mention>>();
        foreach (var argument in arguments.Arguments)
        {
            var mentions = new List<Mention>();
            Collect(argument.Expression, mentions, null);
            handed.Add(mentions);
            if (at is ExpressionSyntax reached && PointedTo(argument.Expression) is { } pointed)
            {
                // through a pointer as by reference
                Flow(pointed, reached, null, isPart: true);
                continue;
            }

            if (at is { Parent: ExpressionStatementSyntax } and ExpressionSyntax filling && argument.Expression is IdentifierNameSyntax { Identifier.ValueText: var given } && !_locals.Contains(given) && IsTable(given))
            {
                // 'Fill(list);': what another body puts into it is there for the caller as well
                Flow(MemberSketch.Parameter(IndexOf(given)), filling, null, isPart: true);
            }

            if (argument.RefKindKeyword.IsKind(SyntaxKind.None) || at is not ExpressionSyntax call || IsNumber(argument.Expression))
            {
                continue;
            }

            // a variable that is handed by reference may get what the call gives
            if (argument.Expression is DeclarationExpressionSyntax declaration)
            {
                FlowToDesignations(declaration, call);
            }
            else
            {
                Flow(TargetOf(argument.Expression), call, null);
            }
        }

        var on = new List<Mention>();
        // what a fluent chain is called on was judged by its first link
        if (receiver is not null and not InvocationExpressionSyntax && (arguments.Arguments.Count == 0 || (RootOf(receiver) is { } root && (_locals.Contains(root) || IsParameter(root)))))
        {
            Collect(receiver, on, null);
        }

        if (receiver is not null && IsAddition(name) && !(IsHandingToOthers(name) && TargetOf(receiver) == MemberSketch.Field))
        {
            var given = receiver is IdentifierNameSyntax { Identifier.ValueText: var list } && !_locals.Contains(list) && !IsHandingToOthers(name) && IsTable(list) ? IndexOf(list) : -1;
            foreach (var argument in arguments.Arguments)
            {
                Flow(TargetOf(receiver), argument.Expression, null, isPart: true);
                if (given >= 0)
                {
                    // the caller finds it in what it has handed in
                    Flow(MemberSketch.Parameter(given), argument.Expression, null, isPart: true);
                }
            }
        }

        if (name == "SetHandle" && arguments.Arguments.Count == 1)
        {
            // SafeHandle: the block becomes the object's own
            Flow(receiver is null ? MemberSketch.Field : TargetOf(receiver), arguments.Arguments[0].Expression, null, isPart: true);
        }

        _calls.Add(new NamedCall(name, handed, on, receiver is null or ThisExpressionSyntax or BaseExpressionSyntax));
    }

    /// <summary>What a call can fill that is handed the address of a variable, or a pointer that the member was handed itself; null for anything else.</summary>
    private string? PointedTo(ExpressionSyntax argument) => argument switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression, Operand: var variable } => TargetOf(variable),
        IdentifierNameSyntax { Identifier.ValueText: var name } when !_locals.Contains(name) && _parameters.FindIndex(parameter => parameter.Name == name) is >= 0 and var index && _parameters[index].Type is PointerTypeSyntax { ElementType: not PredefinedTypeSyntax } => MemberSketch.Parameter(index),
        _ => null,
    };

    /// <summary>A variable of a type that has a keyword of its own, which can hold no block, is handed by reference.</summary>
    private bool IsNumber(ExpressionSyntax argument)
    {
        var type = argument is DeclarationExpressionSyntax declaration ? declaration.Type
            : argument is IdentifierNameSyntax { Identifier.ValueText: var name } && _parameters.Find(parameter => parameter.Name == name) is { Name: not null } parameter ? parameter.Type
            : null;
        return type is PredefinedTypeSyntax { Keyword.RawKind: not (int)SyntaxKind.ObjectKeyword };
    }

    private void Flow(string target, ExpressionSyntax value, TypeSyntax? type, bool isPart = false)
    {
        var sources = new List<Mention>();
        Collect(value, sources, type);
        if (sources.Count > 0)
        {
            _flows.Add(new NamedFlow(target, sources, isPart));
        }
    }

    /// <summary>The names that the value of an expression can be made of.</summary>
    private static void Collect(ExpressionSyntax expression, List<Mention> mentions, TypeSyntax? type)
    {
        var pending = new Stack<(SyntaxNode Node, int Outer)>();
        pending.Push((expression, -1));
        while (pending.Count > 0)
        {
            var (node, outer) = pending.Pop();
            switch (node)
            {
                case BinaryExpressionSyntax { RawKind: not ((int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression or (int)SyntaxKind.AsExpression or (int)SyntaxKind.BitwiseOrExpression or (int)SyntaxKind.BitwiseAndExpression) }:
                case IsPatternExpressionSyntax or TypeOfExpressionSyntax or SizeOfExpressionSyntax or LiteralExpressionSyntax or TypeSyntax and not SimpleNameSyntax:
                case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }:
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" or "IsEmpty" or "IsAllocated" }:
                    break;
                case ArrayCreationExpressionSyntax array:
                    if (array.Initializer is { } elements)
                    {
                        pending.Push((elements, outer));
                    }

                    break;
                case InvocationExpressionSyntax invocation:
                    mentions.Add(new Mention(NameOfCallee(invocation.Expression), MentionKind.Call, outer, QualifierOf(invocation.Expression), invocation.ArgumentList.Arguments.Count > 0));
                    var call = mentions.Count - 1;
                    PushAll(pending, invocation.ArgumentList, call);
                    if (Receiver(invocation.Expression) is { } receiver)
                    {
                        pending.Push((receiver, call));
                    }

                    break;
                case BaseObjectCreationExpressionSyntax creation:
                    mentions.Add(new Mention(TypeShapes.NameOf((creation as ObjectCreationExpressionSyntax)?.Type ?? type) ?? "", MentionKind.Creation, outer));
                    var made = mentions.Count - 1;
                    if (creation.ArgumentList is { } arguments)
                    {
                        PushAll(pending, arguments, made);
                    }

                    if (creation.Initializer is { } initializer)
                    {
                        pending.Push((initializer, made));
                    }

                    break;
                case MemberAccessExpressionSyntax access:
                    mentions.Add(new Mention(access.Name.Identifier.ValueText, MentionKind.Name, outer, QualifierOf(access)));
                    pending.Push((access.Expression, outer));
                    break;
                case MemberBindingExpressionSyntax binding:
                    mentions.Add(new Mention(binding.Name.Identifier.ValueText, MentionKind.Name, outer, ""));
                    break;
                case SimpleNameSyntax name:
                    // in a pattern it is a member of the object that is looked at
                    mentions.Add(new Mention(name.Identifier.ValueText, MentionKind.Name, outer, name.Parent is BaseExpressionColonSyntax ? "" : null));
                    break;
                case CastExpressionSyntax cast:
                    pending.Push((cast.Expression, outer));
                    break;
                case ConditionalExpressionSyntax conditional:
                    pending.Push((conditional.WhenTrue, outer));
                    pending.Push((conditional.WhenFalse, outer));
                    break;
                case AssignmentExpressionSyntax assignment:
                    pending.Push((assignment.Right, outer));
                    break;
                default:
                    PushAll(pending, node, outer);
                    break;
            }
        }
    }

    private static void PushAll(Stack<(SyntaxNode, int)> pending, SyntaxNode node, int outer)
    {
        foreach (var child in node.ChildNodes())
        {
            pending.Push((child, outer));
        }
    }

    /// <summary>Calls that put what they are handed into the collection or promise that they are called on.</summary>
    private static bool IsAddition(string name) =>
        MemberNames.Additions.Contains(name) || IsHandingToOthers(name) || name is "AddRange" or "Set";

    /// <summary>Additions to channels and promises: what goes into one that a field holds is for others, not for the object to own.</summary>
    private static bool IsHandingToOthers(string name) => MemberNames.Offers.Contains(name);

    private static string NameOfCallee(ExpressionSyntax callee) => callee switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => "",
    };

    private static string? QualifierOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax { Expression: SimpleNameSyntax name } => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: PredefinedTypeSyntax type } => type.Keyword.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => "this",
        SimpleNameSyntax => null,
        _ => "",
    };

    private static ExpressionSyntax? Receiver(ExpressionSyntax callee) => callee switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        // in 'a?.B()?.C()' the call of B is what the inner access begins with: it does not lie behind the inner question mark
        MemberBindingExpressionSyntax binding => binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault(access => access.WhenNotNull.Span.Contains(binding.Span))?.Expression,
        SimpleNameSyntax => null,
        _ => callee,
    };

    private string TargetOf(ExpressionSyntax target)
    {
        var isDirect = target is IdentifierNameSyntax;
        var root = RootOf(target);
        return root is null ? MemberSketch.Field
            : _locals.Contains(root) ? root
            : IndexOf(root) is var index && index < 0 ? MemberSketch.Field
            : isDirect && !IsByReference(root) ? root : MemberSketch.Parameter(index);
    }

    private bool IsParameter(string name) => IndexOf(name) >= 0;

    /// <summary>A parameter in which a body can leave more than one block for its caller: a collection, an array, a pointer.</summary>
    private bool IsTable(string parameter) =>
        _parameters.Find(declared => declared.Name == parameter).Type is var type && (type is NullableTypeSyntax nullable ? nullable.ElementType : type) is GenericNameSyntax or QualifiedNameSyntax { Right: GenericNameSyntax } or ArrayTypeSyntax or PointerTypeSyntax;

    private int IndexOf(string parameter) => _parameters.FindIndex(declared => declared.Name == parameter);

    private bool IsByReference(string parameter) =>
        _member is BaseMethodDeclarationSyntax { ParameterList.Parameters: var parameters } && parameters.Any(declared =>
            declared.Identifier.ValueText == parameter && (declared.Modifiers.Any(SyntaxKind.OutKeyword) || declared.Modifiers.Any(SyntaxKind.RefKeyword)));

    /// <summary>The variable that a path starts from; null for <c>this</c> and what has no name.</summary>
    private static string? RootOf(ExpressionSyntax path)
    {
        while (true)
        {
            switch (path)
            {
                case IdentifierNameSyntax name:
                    return name.Identifier.ValueText;
                case MemberAccessExpressionSyntax access:
                    path = access.Expression;
                    continue;
                case ElementAccessExpressionSyntax element:
                    path = element.Expression;
                    continue;
                case ParenthesizedExpressionSyntax inner:
                    path = inner.Expression;
                    continue;
                case CastExpressionSyntax cast:
                    path = cast.Expression;
                    continue;
                case PrefixUnaryExpressionSyntax prefix:
                    path = prefix.Operand;
                    continue;
                case PostfixUnaryExpressionSyntax postfix:
                    path = postfix.Operand;
                    continue;
                case RefExpressionSyntax reference:
                    path = reference.Expression;
                    continue;
                default:
                    return null;
            }
        }
    }

    /// <summary>Where a returned value goes: out of the member, or to whoever calls the local function.</summary>
    private string ResultOf(SyntaxNode node)
    {
        for (var outer = node.Parent; outer is not null && outer != _member; outer = outer.Parent)
        {
            if (outer is LocalFunctionStatementSyntax function)
            {
                return function.Identifier.ValueText;
            }
        }

        return MemberSketch.Result;
    }

    private TypeSyntax? ResultType(SyntaxNode node)
    {
        for (var outer = node.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case LocalFunctionStatementSyntax function:
                    return function.ReturnType;
                case MethodDeclarationSyntax method:
                    return method.ReturnType;
                case BasePropertyDeclarationSyntax property:
                    return property.Type;
                case AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }
}
