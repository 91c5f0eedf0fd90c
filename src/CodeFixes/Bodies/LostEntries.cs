using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>
/// The places of a finding where a member takes an entry out of a collection of blocks, clears it, or puts another block
/// in its place: what is lost there is released.
/// </summary>
internal sealed class LostEntries
{
    private readonly OwningField _field;
    private readonly OwningCollection _collection;
    private readonly FixSite _site;
    private readonly TextEdits _edits;

    private LostEntries(OwningField field, TextEdits edits)
    {
        _field = field;
        _collection = field.Collection!;
        _site = field.Site;
        _edits = edits;
    }

    /// <summary>Writes the releases into <paramref name="edits"/>, except in <paramref name="except"/>.</summary>
    /// <returns>Whether there is such a place, and all of them could be written.</returns>
    public static bool Release(OwningField field, TextEdits edits, SyntaxNode? except)
    {
        var entries = new LostEntries(field, edits);
        var places = field.Site.Finding.PlacesOf(FixData.Overwrite).Where(span => except?.SyntaxTree != field.Site.Root.SyntaxTree || !except.Span.Contains(span)).Distinct().ToList();
        return places.Count > 0 && places.TrueForAll(span => field.Site.Root.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<ExpressionSyntax>() is { } node && node.Span == span && entries.Release(node));
    }

    /// <summary>Where <paramref name="method"/> forgets all that is in the collection at once; null when it does not.</summary>
    public static SyntaxNode? ClearingIn(OwningField field, SyntaxNode method) =>
        method.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == field.Name).Select(name => name.Ancestors().FirstOrDefault(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax)).FirstOrDefault(node => node switch
        {
            InvocationExpressionSyntax call => IsClearing(call),
            AssignmentExpressionSyntax assignment => field.IsTargetOf(assignment),
            _ => false,
        });

    /// <summary><c>Clear()</c>, or <c>Array.Clear(array)</c>.</summary>
    private static bool IsClearing(InvocationExpressionSyntax call) => NameOf(call) == "Clear";

    private static string NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => string.Empty,
    };

    private bool Release(ExpressionSyntax lost)
    {
        if (lost is ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment, ArgumentList.Arguments: { Count: 1 } index } && assignment.Left == lost)
        {
            return Replaced(lost, index[0].Expression, assignment);
        }

        if (lost is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } emptied && _field.IsTargetOf(emptied))
        {
            return Before(emptied, unit => _collection.ReleaseLines(emptied, emptied.SpanStart, emptied.SpanStart, unit, _field.MayBeNull, isCleared: true), apart: true);
        }

        if (lost is not InvocationExpressionSyntax call)
        {
            return false;
        }

        var arguments = call.ArgumentList.Arguments;
        return NameOf(call) switch
        {
            "Clear" => Before(call, unit => _collection.ReleaseLines(call, call.SpanStart, call.SpanStart, unit, call.Parent is not ConditionalAccessExpressionSyntax && _field.MayBeNull, isCleared: true), apart: true),
            "Remove" when _collection.IsKeyed && arguments.Count == 1 => Taken(call, name => _edits.Insert(arguments[0].Span.End, ", out " + name)),
            "Remove" or "TryRemove" when _collection.IsKeyed && arguments.Count == 2 && IsDiscard(arguments[1]) => Taken(call, name => _edits.Replace(arguments[1].Span, "out " + name)),
            "TryDequeue" or "TryPop" or "TryTake" when arguments.Count == 1 && IsDiscard(arguments[0]) => Taken(call, name => _edits.Replace(arguments[0].Span, "out " + name)),
            "Remove" when arguments.Count == 1 && arguments[0].Expression is IdentifierNameSyntax node && _site.Model.GetTypeInfo(node, _site.CancellationToken).Type?.Name == "LinkedListNode" => Behind(call, node.Identifier.Text + ".Value"),
            "Remove" when arguments.Count == 1 && arguments[0].Expression is IdentifierNameSyntax item => Tested(call, item.Identifier.Text),
            "RemoveAt" when arguments.Count == 1 && IsStable(arguments[0].Expression) => Before(call, unit => _collection.ReleaseOf($"{_field.Name}[{arguments[0]}]", call, call.SpanStart, unit, mayBeNothing: false), apart: false),
            "RemoveRange" when arguments.Count == 2 && IsStable(arguments[0].Expression) && arguments[1].Expression.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or AssignmentExpressionSyntax)) => Before(call, unit => Range(call, unit), apart: true),
            "RemoveAll" when arguments.Count == 1 => Chosen(call, arguments[0].Expression),
            "Dequeue" or "Pop" when arguments.Count == 0 && call.Parent is ExpressionStatementSyntax => Outright(call),
            _ => false,
        };
    }

    /// <summary>The loop over the elements that <c>RemoveRange(from, count)</c> takes out.</summary>
    private IReadOnlyList<string>? Range(InvocationExpressionSyntax call, string unit)
    {
        var (from, count) = (call.ArgumentList.Arguments[0].Expression, call.ArgumentList.Arguments[1].Expression);
        var index = NewName.Counter(_site, call);
        var end = count is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } rest && rest.Right.ToString() == from.ToString() ? rest.Left.ToString() : from.ToString() == "0" ? count.ToString() : $"{from} + {count}";
        return _collection.ReleaseOf($"{_field.Name}[{index}]", call, call.SpanStart, unit, mayBeNothing: false) is { } release
            ? [$"for ({LocalType.Of(_site, _site.Model.Compilation.GetSpecialType(SpecialType.System_Int32), call.SpanStart)} {index} = {from}; {index} < {end}; {index}++)", "{", .. release.Select(line => unit + line), "}"] : null;
    }

    /// <summary><c>blocks[key] = block</c>: the entry under the key goes first, so that nobody finds it when what follows throws.</summary>
    private bool Replaced(ExpressionSyntax target, ExpressionSyntax key, AssignmentExpressionSyntax assignment)
    {
        if (!IsStable(key))
        {
            return false;
        }

        if (assignment.Right.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == _field.Name))
        {
            // what is there is needed to make what comes
            return !_collection.IsKeyed && ReplacedByResult(target, assignment);
        }

        if (!_collection.IsKeyed)
        {
            return Before(assignment, unit => _collection.ReleaseOf(target.ToString(), target, target.SpanStart, unit, mayBeNothing: _site.Model.GetTypeInfo(target, _site.CancellationToken).Type is not { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } || _site.Model.GetTypeInfo(((ElementAccessExpressionSyntax)target).Expression, _site.CancellationToken).Type is IArrayTypeSymbol, clears: true), apart: false);
        }

        var (name, declared) = _collection.Local(target.SpanStart);
        var take = _collection.Type.Name == "ConcurrentDictionary" ? "TryRemove" : "Remove";
        return Before(
            assignment,
            unit => _collection.ReleaseOf(name, target, target.SpanStart, unit, mayBeNothing: false) is { } release ? [$"if ({_field.Name}.{take}({key}, out {declared} {name}))", "{", .. release.Select(line => unit + line), "}"] : null,
            apart: true);
    }

    /// <summary><c>layers[at] = new Layer(layers[at].Size * 2)</c>: the old one goes when the new one is there.</summary>
    private bool ReplacedByResult(ExpressionSyntax target, AssignmentExpressionSyntax assignment)
    {
        var name = NewName.Free(_site, target.SpanStart, "old");
        var unit = _site.Layout.UnitAt(assignment.FirstAncestorOrSelf<MemberDeclarationSyntax>()!);
        if (_site.Model.GetTypeInfo(target, _site.CancellationToken).Type is not { } type || _collection.ReleaseOf(name, target, target.SpanStart, unit, mayBeNothing: type.NullableAnnotation != NullableAnnotation.NotAnnotated) is not { } release)
        {
            return false;
        }

        IReadOnlyList<string> lines = [$"{LocalType.Of(_site, type, target.SpanStart)} {name} = {target};", assignment + ";", .. _site.Layout.Styled(release, target)];
        switch (assignment.Parent)
        {
            case ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement when _site.Layout.StartsLine(statement.SpanStart):
                _edits.Replace(statement.Span, _site.Layout.Indented(lines, _site.Layout.IndentAt(statement.SpanStart)).Trim());
                return true;
            case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } method }:
                return ExpressionBody.Open(_site, _edits, method, lines, unit);
            case ArrowExpressionClauseSyntax { Parent: AccessorDeclarationSyntax { RawKind: (int)SyntaxKind.SetAccessorDeclaration } setter }:
                return ExpressionBody.Open(_site, _edits, setter, lines, unit);
            default:
                return false;
        }
    }

    /// <summary><c>RemoveAll(layer => layer.Size == 0)</c>: who is asked releases what goes.</summary>
    private bool Chosen(InvocationExpressionSyntax call, ExpressionSyntax predicate)
    {
        var (name, condition) = predicate switch
        {
            SimpleLambdaExpressionSyntax { AsyncKeyword.RawKind: 0, ExpressionBody: { } body, Parameter.Identifier.Text: var own } => (own, Negation.Of(_site, body)),
            ParenthesizedLambdaExpressionSyntax { AsyncKeyword.RawKind: 0, ExpressionBody: { } body, ParameterList.Parameters: { Count: 1 } parameters } => (parameters[0].Identifier.Text, Negation.Of(_site, body)),
            IdentifierNameSyntax or MemberAccessExpressionSyntax when _collection.Local(call.SpanStart).Name is var free => (free, $"!{predicate}({free})"),
            _ => (string.Empty, string.Empty),
        };
        var unit = _site.Layout.UnitAt(call.FirstAncestorOrSelf<MemberDeclarationSyntax>()!);
        if (name.Length == 0 || predicate.ToString().Contains('\n') || predicate.DescendantTrivia().Any(trivia => trivia.ToString().StartsWith("/", StringComparison.Ordinal)) || _collection.ReleaseOf(name, call, call.SpanStart, unit, mayBeNothing: false) is not { } release)
        {
            return false;
        }

        var indent = _site.Layout.IndentAt(call.SpanStart);
        IReadOnlyList<string> lines = _site.Layout.Styled([$"{name} =>", "{", unit + $"if ({condition})", unit + "{", unit + unit + "return false;", unit + "}", string.Empty, .. release.Select(line => unit + line), unit + "return true;", "}"], call);
        _edits.Replace(predicate.Span, _site.Layout.Indented(lines, indent).Trim());
        return true;
    }

    /// <summary>The call gives out what it takes; <paramref name="edits"/> declares a variable for that in it.</summary>
    private bool Taken(InvocationExpressionSyntax call, Action<string> edits)
    {
        var (name, declared) = _collection.Local(call.SpanStart);
        return Tested(call, name, () => edits(declared + " " + name), declared + " " + name);
    }

    /// <summary>The entry <paramref name="name"/> is released when the call says that it was there.</summary>
    private bool Tested(InvocationExpressionSyntax call, string name, Action? edits = null, string? declaration = null)
    {
        var unit = _site.Layout.UnitAt(call.FirstAncestorOrSelf<MemberDeclarationSyntax>()!);
        if (_collection.ReleaseOf(name, call, call.SpanStart, unit, mayBeNothing: false) is not { } release)
        {
            return false;
        }

        edits?.Invoke();
        var condition = edits is null ? call.ToString() : _edits.Take(_site.Text, call.Span);
        IReadOnlyList<string> IfTaken() => _site.Layout.Styled([$"if ({condition})", "{", .. release.Select(line => unit + line), "}"], call);
        IReadOnlyList<string> Returned() => _site.Layout.Styled([$"if (!{condition})", "{", unit + "return false;", "}", string.Empty, .. release, "return true;"], call);
        switch (call.Parent)
        {
            case ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement when _site.Layout.StartsLine(statement.SpanStart):
                _edits.Replace(statement.Span, string.Join(_site.Layout.NewLine + _site.Layout.IndentAt(statement.SpanStart), IfTaken()));
                return true;
            case ExpressionStatementSyntax statement when EmbeddedStatement.Is(statement):
                return EmbeddedStatement.Replace(_site, _edits, statement, IfTaken());
            case ReturnStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement when _site.Layout.StartsLine(statement.SpanStart):
                _edits.Replace(statement.Span, _site.Layout.Indented(Returned(), _site.Layout.IndentAt(statement.SpanStart)).Trim());
                return true;
            case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method }:
                return ExpressionBody.Open(_site, _edits, method, method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } ? IfTaken() : Returned(), unit);
            case IfStatementSyntax { Statement: BlockSyntax { Statements: { Count: > 0 } statements } } when _site.Layout.StartsLine(statements[0].SpanStart):
                _edits.Replace(call.Span, condition);
                _edits.Insert(_site.Layout.LineStart(statements[0].SpanStart), _site.Layout.Indented(release, _site.Layout.IndentAt(statements[0].SpanStart)));
                return true;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Parent: IfStatementSyntax { Else: null, Statement: var branch } test } when Leaves(branch) && _site.Layout.StartsLine(test.SpanStart) && test.Parent is BlockSyntax:
                _edits.Replace(call.Span, condition);
                _edits.Insert(_site.Layout.NextLine(test.Span.End), _site.Layout.NewLine + _site.Layout.Indented(release, _site.Layout.IndentAt(test.SpanStart)));
                return true;
            default:
                return false;
        }
    }

    /// <summary>A node that has been taken out of its list has what it had in it; when nobody puts it back or hands it on.</summary>
    private bool Behind(InvocationExpressionSyntax call, string entry)
    {
        var node = call.ArgumentList.Arguments[0].ToString();
        if (call.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.SpanStart > call.Span.End && name.Identifier.Text == node) || call.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement || !_site.Layout.StartsLine(statement.SpanStart) || !_site.Layout.EndsLine(statement)
            || _collection.ReleaseOf(entry, call, call.SpanStart, _site.Layout.UnitAt(statement), mayBeNothing: false) is not { } release)
        {
            return false;
        }

        _edits.Insert(_site.Layout.NextLine(statement.Span.End), _site.Layout.Indented(_site.Layout.Styled(release, call), _site.Layout.IndentAt(statement.SpanStart)));
        return true;
    }

    /// <summary><c>Pop();</c> becomes <c>Free(Pop());</c>.</summary>
    private bool Outright(InvocationExpressionSyntax call)
    {
        var unit = _site.Layout.UnitAt(call);
        if (_collection.ReleaseOf(call.ToString(), call, call.SpanStart, unit, mayBeNothing: false) is not { Count: 1 } lines)
        {
            return false;
        }

        _edits.Replace(call.Parent!.Span, lines[0]);
        return true;
    }

    /// <summary>Writes lines before the statement that is <paramref name="expression"/>, or into the block of a member that is nothing else.</summary>
    private bool Before(ExpressionSyntax expression, Func<string, IReadOnlyList<string>?> written, bool apart)
    {
        var member = expression.FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
        var unit = _site.Layout.UnitAt(member);
        if (written(unit) is not { } release)
        {
            return false;
        }

        IReadOnlyList<string> lines = [.. _site.Layout.Styled(release, expression), .. Enumerable.Repeat(string.Empty, apart ? 1 : 0)];
        ExpressionSyntax whole = expression.Parent is ConditionalAccessExpressionSyntax outer ? outer : expression;
        switch (whole.Parent)
        {
            case ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement when _site.Layout.StartsLine(statement.SpanStart):
                _edits.Insert(_site.Layout.LineStart(statement.SpanStart), _site.Layout.Indented(lines, _site.Layout.IndentAt(statement.SpanStart)));
                return true;
            case ExpressionStatementSyntax statement when EmbeddedStatement.Is(statement):
                return EmbeddedStatement.Replace(_site, _edits, statement, [.. lines, statement.ToString()]);
            case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } method }:
                return ExpressionBody.Open(_site, _edits, method, [.. lines, whole + ";"], unit);
            case ArrowExpressionClauseSyntax { Parent: AccessorDeclarationSyntax { RawKind: (int)SyntaxKind.SetAccessorDeclaration } setter }:
                return ExpressionBody.Open(_site, _edits, setter, [.. lines, whole + ";"], unit);
            default:
                return false;
        }
    }

    private static bool Leaves(StatementSyntax branch) => (branch is BlockSyntax { Statements.Count: > 0 } block ? block.Statements.Last() : branch) is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax;

    private static bool IsDiscard(ArgumentSyntax argument) => argument is { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword, Expression: IdentifierNameSyntax { Identifier.ValueText: "_" } or DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax } };

    /// <summary>Read again it is the same, and does nothing.</summary>
    private static bool IsStable(ExpressionSyntax key) => key.DescendantNodesAndSelf().All(node => node is IdentifierNameSyntax or MemberAccessExpressionSyntax or LiteralExpressionSyntax or BinaryExpressionSyntax or ThisExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.IndexExpression });
}
