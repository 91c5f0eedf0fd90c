using LifetimeAnalyzers.Candidates;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Families;

/// <summary>Reads what one member does with what imported functions give.</summary>
internal sealed class ImportUsesOfMember(ImportUses uses, SyntaxNode member, HashSet<string> imported)
{
    private readonly MemberSketch _sketch = MemberSketch.Of(member);
    private readonly Dictionary<string, List<(GivenBy Given, SyntaxNode At)>> _given = new(StringComparer.Ordinal);
    private string Type => MemberSyntax.TypeAround(member) ?? "";

    /// <summary>Something goes to a field or comes from one, or to the constructor of a base.</summary>
    public bool ConcernsItsType { get; private set; }

    public void Read()
    {
        List<(InvocationExpressionSyntax Call, int Function)> ends = [];
        List<InvocationExpressionSyntax> others = [];
        foreach (var call in member.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.ArgumentList.Arguments.Any(static argument => argument.NameColon is not null))
            {
                continue;
            }

            if (FunctionOf(call) is not { } function)
            {
                others.Add(call);
                continue;
            }

            uses.Calls[function] = uses.Calls.TryGetValue(function, out var count) ? count + 1 : 1;
            if (uses.Set.StrengthOf(function) != EndStrength.None)
            {
                ends.Add((call, function));
                continue;
            }

            if (uses.Set.Functions[function].Pointers.AsResult)
            {
                AddTarget(call, new(function, -1), call);
            }

            var arguments = call.ArgumentList.Arguments;
            for (var i = 0; i < arguments.Count; i++)
            {
                if (arguments[i].RefKindKeyword.IsKind(SyntaxKind.OutKeyword) || arguments[i].Expression is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression })
                {
                    AddVariable(arguments[i].Expression, new(function, i), call);
                }
            }
        }

        if (_given.Count > 0)
        {
            AddMoves();
            foreach (var call in others)
            {
                AddHandedOn(call);
            }
        }

        foreach (var (call, function) in ends)
        {
            AddEnds(call, function);
        }
    }

    /// <summary>The variable or field that an expression is, without conversions; null for anything else.</summary>
    public static string? NameOf(ExpressionSyntax? expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax inner:
                    expression = inner.Expression;
                    continue;
                case CastExpressionSyntax cast:
                    expression = cast.Expression;
                    continue;
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } address:
                    expression = address.Operand;
                    continue;
                case IdentifierNameSyntax name:
                    return name.Identifier.ValueText;
                case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax } access:
                    return access.Name.Identifier.ValueText;
                case DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable }:
                    return variable.Identifier.ValueText;
                default:
                    return null;
            }
        }
    }

    private int? FunctionOf(InvocationExpressionSyntax call)
    {
        var (name, qualifier) = call.Expression switch
        {
            IdentifierNameSyntax simple => (simple.Identifier.ValueText, null),
            MemberAccessExpressionSyntax { Name: IdentifierNameSyntax simple, Expression: var behind } => (simple.Identifier.ValueText, behind switch
            {
                IdentifierNameSyntax type => type.Identifier.ValueText,
                MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
                AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
                _ => "",
            }),
            _ => ("", null),
        };
        foreach (var function in uses.Set.Named(name))
        {
            var type = uses.Set.Functions[function].Type;
            if (qualifier is null ? imported.Contains(type) || MemberSyntax.TypesAround(member).Contains(type) : qualifier == type)
            {
                return function;
            }
        }

        return null;
    }

    /// <summary>Where the value of a call goes.</summary>
    private void AddTarget(ExpressionSyntax value, GivenBy given, SyntaxNode at)
    {
        while (value.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or CheckedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            value = (ExpressionSyntax)value.Parent;
        }

        switch (value.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }:
                Add(variable.Identifier.ValueText, given, at);
                break;
            case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                Add(property.Identifier.ValueText, given, at);
                break;
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Right == value:
                AddVariable(assignment.Left, given, at);
                break;
            case ArgumentSyntax argument:
                AddHanded(argument, given);
                break;
        }
    }

    private void AddVariable(ExpressionSyntax variable, GivenBy given, SyntaxNode at)
    {
        if (NameOf(variable) is { } name)
        {
            Add(name, given, at);
        }
    }

    private void Add(string variable, GivenBy given, SyntaxNode at)
    {
        if (!_sketch.Locals.Contains(variable) && !IsParameter(variable))
        {
            uses.Filled.Add((Type, variable, given));
            ConcernsItsType = true;
        }

        if (!_given.TryGetValue(variable, out var known))
        {
            _given.Add(variable, known = []);
        }

        known.Add((given, at));
    }

    /// <summary>The value goes to a constructor, or to <c>SetHandle</c>.</summary>
    private void AddHanded(ArgumentSyntax argument, GivenBy given)
    {
        if (argument.Parent is not ArgumentListSyntax list || argument.NameColon is not null)
        {
            return;
        }

        switch (list.Parent)
        {
            case ObjectCreationExpressionSyntax creation when TypeShapes.NameOf(creation.Type) is { } made:
                uses.Handed.Add((made, list.Arguments.IndexOf(argument), given));
                break;
            case ImplicitObjectCreationExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax declaration } } when TypeShapes.NameOf(declaration.Type) is { } made:
                uses.Handed.Add((made, list.Arguments.IndexOf(argument), given));
                break;
            case ImplicitObjectCreationExpressionSyntax { Parent: ReturnStatementSyntax or ArrowExpressionClauseSyntax } when TypeShapes.NameOf(MemberSyntax.ResultTypeOf(member)) is { } made:
                uses.Handed.Add((made, list.Arguments.IndexOf(argument), given));
                break;
            case ConstructorInitializerSyntax initializer when initializer.ThisOrBaseKeyword.IsKind(SyntaxKind.BaseKeyword):
                uses.Filled.Add((Type, "", given));
                if (member.Parent is TypeDeclarationSyntax { BaseList.Types: { Count: > 0 } bases } && TypeShapes.NameOf(bases[0].Type) is { } known)
                {
                    uses.Handed.Add((known, list.Arguments.IndexOf(argument), given));
                }

                ConcernsItsType = true;
                break;
            case ConstructorInitializerSyntax:
                uses.Handed.Add((Type, list.Arguments.IndexOf(argument), given));
                ConcernsItsType = true;
                break;
            case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "SetHandle" } }:
                uses.Filled.Add((Type, "handle", given));
                ConcernsItsType = true;
                break;
            case InvocationExpressionSyntax call when MemberSyntax.NameOfCalled(call) is { } method:
                uses.HandedOn.Add((method, list.Arguments.IndexOf(argument), given));
                break;
        }
    }

    /// <summary>What goes from a variable to a field, or to a constructor.</summary>
    private void AddMoves()
    {
        foreach (var node in member.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && NameOf(assignment.Left) is { } target && !_sketch.Locals.Contains(target) && !IsParameter(target) && NameOf(assignment.Right) is { } source && _given.TryGetValue(source, out var moved))
            {
                uses.Filled.AddRange(moved.Select(from => (Type, target, from.Given)));
                ConcernsItsType = true;
            }
            else if (node is ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax or InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "SetHandle" } } } argument && NameOf(argument.Expression) is { } handed && _given.TryGetValue(handed, out var given))
            {
                foreach (var from in given)
                {
                    AddHanded(argument, from.Given);
                }
            }
        }
    }

    /// <summary>What goes from a variable to a method with a body, which may end it.</summary>
    private void AddHandedOn(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (MemberSyntax.NameOfCalled(call) is { } method && NameOf(arguments[i].Expression) is { } name && _sketch.Locals.Contains(name) && _given.TryGetValue(name, out var given))
            {
                uses.HandedOn.AddRange(given.Where(from => Follows(call, from.At, name)).Select(from => (method, i, from.Given)));
            }
        }
    }

    private void AddEnds(InvocationExpressionSyntax call, int function)
    {
        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (NameOf(arguments[i].Expression) is not { } name)
            {
                continue;
            }

            var ended = new HandedTo(function, i);
            if (!_sketch.Locals.Contains(name) && (IsParameter(name) ? IsRelease() && IsOverride() : IsRelease() || (uses.Set.StrengthOf(function) == EndStrength.Strong && IsSet(name, call.Span.End))))
            {
                uses.Ended.Add((Type, IsParameter(name) ? "" : name, ended));
                uses.Paths.Add((Type, string.Join(".", MemberSyntax.TypesAround(member))));
                ConcernsItsType = true;
            }

            if (member is MethodDeclarationSyntax { Identifier.ValueText: var method } && !_sketch.Locals.Contains(name) && _sketch.Parameters.FindIndex(parameter => parameter.Name == name) is var parameter and >= 0 && !IsUnderFlag(call, name))
            {
                uses.Enders.Add((method, parameter, ended));
            }

            if (_sketch.Locals.Contains(name) && _given.TryGetValue(name, out var given))
            {
                uses.Pairs.AddRange(given.Where(from => Follows(call, from.At, name)).Select(from => (from.Given, ended)));
            }

            if (UseBehind(call, name) is { } use)
            {
                uses.Doubts.Add((function, use.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax further } && FunctionOf(further) is { } other && other != function && uses.Set.StrengthOf(other) != EndStrength.None));
            }
        }
    }

    private bool IsParameter(string name) => _sketch.Parameters.Exists(parameter => parameter.Name == name);

    /// <summary>Whether the member releases by its name: <c>Dispose</c>, <c>ReleaseHandle</c>, <c>~Owner</c>.</summary>
    private bool IsRelease() =>
        member is DestructorDeclarationSyntax || (member is MethodDeclarationSyntax { Identifier.ValueText: var name } && EndWords.IsDisposal(name));

    /// <summary>Whether the member gives a field another value behind a position.</summary>
    private bool IsSet(string field, int position) =>
        member.DescendantNodes().Any(node => node is AssignmentExpressionSyntax assignment && assignment.SpanStart >= position && NameOf(assignment.Left) == field);

    /// <summary><c>protected override void Free(nint handle)</c>: the base says when, and with what.</summary>
    private bool IsOverride() => member is MethodDeclarationSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.OverrideKeyword);

    /// <summary>Whether the call comes behind what gives the value, and no condition stands between the two that is not about the value itself.</summary>
    private static bool Follows(SyntaxNode call, SyntaxNode given, string name)
    {
        if (call.SpanStart < given.SpanStart)
        {
            return false;
        }

        for (var node = call.Parent; node is not null && !node.Span.Contains(given.Span); node = node.Parent)
        {
            switch (node)
            {
                case FinallyClauseSyntax or CatchClauseSyntax:
                    return true;
                case IfStatementSyntax { Condition: var condition } when !Mentions(condition, name):
                case SwitchSectionSyntax or ConditionalExpressionSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether something else than the value itself says whether the call is made.</summary>
    private static bool IsUnderFlag(SyntaxNode call, string name) =>
        call.Ancestors().TakeWhile(static node => node is not MemberDeclarationSyntax).Any(node => node is SwitchSectionSyntax or ConditionalExpressionSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax || (node is IfStatementSyntax { Condition: var condition } && !Mentions(condition, name)));

    /// <summary>Whether a condition asks whether there is something in the variable, and not what.</summary>
    private static bool Mentions(SyntaxNode condition, string name) =>
        condition.DescendantNodesAndSelf().Any(inner => inner is IdentifierNameSyntax { Identifier.ValueText: var mentioned } && mentioned == name && inner.Parent is BinaryExpressionSyntax or IsPatternExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax);

    /// <summary>What reads the variable behind the call, before it gets another value; null when nothing does.</summary>
    private static IdentifierNameSyntax? UseBehind(SyntaxNode call, string name)
    {
        for (var node = call; node is not null and not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax); node = node.Parent)
        {
            var statements = node.Parent switch
            {
                BlockSyntax block => block.Statements,
                SwitchSectionSyntax section => section.Statements,
                _ => default,
            };
            var at = node is StatementSyntax own ? statements.IndexOf(own) : -1;
            for (var i = at + 1; at >= 0 && i < statements.Count; i++)
            {
                foreach (var mention in statements[i].DescendantNodes().OfType<IdentifierNameSyntax>())
                {
                    if (mention.Identifier.ValueText == name && mention.Parent is not MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax })
                    {
                        return IsRead(mention) ? mention : null;
                    }
                }

                if (statements[i] is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax)
                {
                    return null;
                }
            }

            if (node.Parent is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax)
            {
                // the next round begins with another one, or the loop is over
                return null;
            }
        }

        return null;
    }

    private static bool IsRead(IdentifierNameSyntax mention)
    {
        SyntaxNode value = mention.Parent is MemberAccessExpressionSyntax ? mention.Parent : mention;
        return value.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left != value,
            ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.None),
            BinaryExpressionSyntax or IsPatternExpressionSyntax or PrefixUnaryExpressionSyntax => false,
            ReturnStatementSyntax => true,
            _ => true,
        };
    }
}
