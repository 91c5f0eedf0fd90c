using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Releases what a field holds before a method gives it another block; releases before it clears.</summary>
internal sealed class ReleaseFieldBeforeOverwrite : Repair
{
    public override string Name => "FieldBeforeOverwrite";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonOverwritten)
        {
            yield break;
        }

        if (OwningField.Find(site) is not { } field || !site.Finding.PlacesOf(FixData.Overwrite).Any())
        {
            yield return ReleaseMember(site);
            yield break;
        }

        if (HandsOutParts(field))
        {
            yield break;
        }

        foreach (var member in site.Finding.PlacesOf(FixData.Overwrite).Select(span => site.NodeAt<MemberDeclarationSyntax>(span)).Concat(Called(site)).Where(member => member is not null))
        {
            foreach (var exchange in member!.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (exchange.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Exchange" } && exchange.ArgumentList.Arguments.Count == 2 && field.IsMeantBy(exchange.ArgumentList.Arguments[0].Expression))
                {
                    yield return DisposeOfGiven(field, exchange);
                }
            }

            foreach (var assignment in member!.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => field.IsTargetOf(assignment) || IsMadeOfOld(field, assignment)))
            {
                if (IsMadeOfOld(field, assignment))
                {
                    yield return ReleaseOld(field, assignment);
                    continue;
                }

                // _span = _array = grown;
                if (Outermost(assignment).Parent is ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement && site.Layout.StartsLine(statement.SpanStart))
                {
                    if (ReleaseCall.IsNothing(assignment.Right))
                    {
                        yield return ClearAfterRelease(field, statement);
                    }

                    yield return ReleaseTakenOut(field, statement);
                    yield return Release(field, statement, assignment);
                }
                else if (assignment.Parent is ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } method } && Lines(field, method, assignment) is { } lines)
                {
                    var edits = new TextEdits();
                    yield return ExpressionBody.Open(site, edits, method, [.. lines, assignment + ";"], site.Layout.UnitAt(field.Type)) ? Plan.Of($"Release '{field.Name}' before it is overwritten", edits) : null;
                }
                else if (assignment.Parent is ArrowExpressionClauseSyntax { Parent: AccessorDeclarationSyntax { RawKind: (int)SyntaxKind.SetAccessorDeclaration } setter } && Lines(field, setter, assignment) is { } before)
                {
                    var edits = new TextEdits();
                    yield return ExpressionBody.Open(site, edits, setter, [.. before, assignment + ";"], site.Layout.UnitAt(field.Type)) ? Plan.Of($"Release '{field.Name}' before it is overwritten", edits) : null;
                }
            }
        }
    }

    /// <summary><c>Interlocked.Exchange(ref _page, next);</c> becomes <c>Interlocked.Exchange(ref _page, next)?.Dispose();</c>.</summary>
    private static Plan? DisposeOfGiven(OwningField field, InvocationExpressionSyntax exchange)
    {
        if (exchange.Parent is not (ExpressionStatementSyntax or ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } }) || !field.Symbol.Type.IsReferenceType || field.Site.ReleaseTemplate != "{0}.Dispose()")
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(exchange.Span.End, "?.Dispose()");
        return Plan.Of($"Dispose of what '{field.Name}' held", edits);
    }

    /// <summary>The type gives its callers addresses in the block, <c>return _chunk + 1;</c>: they have them still when the field gets another one.</summary>
    private static bool HandsOutParts(OwningField field) => field.Symbol.Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr }
        && field.Type.DescendantNodes().Select(node => node switch { ReturnStatementSyntax { Expression: { } value } => value, ArrowExpressionClauseSyntax arrow => arrow.Expression, _ => null }).Any(value => value is not null && IsPart(field, OwnedBlock.Bare(value))
            && field.Site.Model.GetTypeInfo(value, field.Site.CancellationToken).ConvertedType is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr });

    private static bool IsPart(OwningField field, ExpressionSyntax value) => value switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => field.IsMeantBy(OwnedBlock.Bare(sum.Left)) || IsPart(field, OwnedBlock.Bare(sum.Left)),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression, Operand: ElementAccessExpressionSyntax { Expression: var holder } } => field.IsMeantBy(OwnedBlock.Bare(holder)),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression, Operand: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression, Expression: var holder } } => field.IsMeantBy(OwnedBlock.Bare(holder)),
        _ => false,
    };

    /// <summary>A member of an object in a field is given another block: <c>_part.Start = Alloc();</c>.</summary>
    private static Plan? ReleaseMember(FixSite site)
    {
        if (site.Finding.PlacesOf(FixData.Allocation).Select(span => site.NodeAt<ExpressionSyntax>(span)).FirstOrDefault() is not { } node || OwnedBlock.Dressed(OwnedBlock.Bare(node)) is not { Parent: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: MemberAccessExpressionSyntax target, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement } }
            || !site.Layout.StartsLine(statement.SpanStart) || !target.DescendantNodesAndSelf().All(part => part is MemberAccessExpressionSyntax or IdentifierNameSyntax or ThisExpressionSyntax) || target.Name.Identifier.ValueText != site.Finding.Owner.Split('.').Last()
            || site.Model.GetSymbolInfo(target, site.CancellationToken).Symbol is not IFieldSymbol { IsReadOnly: false } member || ReleaseText.Call(site, site.ReleaseTemplate, target.ToString(), member.Type, statement.SpanStart, statement) is not { NeedsUnsafe: false } call)
        {
            return null;
        }

        var unit = site.Layout.UnitAt(statement);
        var lines = ReleaseText.Guarded(site, target.ToString(), member.Type, call.Text, unit);
        if (!ReleaseText.ClearsItself(member.Type) && !site.ReleaseTemplate.StartsWith("{0}.Dispose", StringComparison.Ordinal))
        {
            lines = ReleaseText.AndCleared(lines, ReleaseText.Clearing(site, target.ToString(), member.Type), unit);
        }

        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.Indented(site.Layout.Styled(lines, statement), site.Layout.IndentAt(statement.SpanStart)));
        return Plan.Of($"Release '{target}' before it is overwritten", edits);
    }

    /// <summary>The method of the type that the member leaves it to: <c>Grow();</c>.</summary>
    private static IEnumerable<MemberDeclarationSyntax?> Called(FixSite site) => site.Finding.PlacesOf(FixData.Allocation).Select(span => site.NodeAt<InvocationExpressionSyntax>(span))
        .Where(call => call?.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax })
        .Select(call => site.Model.GetSymbolInfo(call!, site.CancellationToken).Symbol is IMethodSymbol { IsStatic: false, IsVirtual: false, IsOverride: false, IsAbstract: false, DeclaringSyntaxReferences: { Length: 1 } places } && places[0].SyntaxTree == site.Root.SyntaxTree ? places[0].GetSyntax(site.CancellationToken) as MethodDeclarationSyntax : null);

    /// <summary>What the field gets is computed from what it has: <c>_sum = _sum + next</c>, <c>_sum += next</c>.</summary>
    private static bool IsMadeOfOld(OwningField field, AssignmentExpressionSyntax assignment) =>
        field.IsMeantBy(assignment.Left) && !ReleaseText.ClearsItself(field.Symbol.Type) && (assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)
            ? OwnedBlock.Bare(assignment.Right) is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or (BinaryExpressionSyntax and not { RawKind: (int)SyntaxKind.CoalesceExpression }) or PrefixUnaryExpressionSyntax && assignment.Right.DescendantNodes().Any(node => node is ExpressionSyntax value && field.IsMeantBy(value))
            : !assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) && field.Symbol.Type.IsReferenceType);

    /// <summary>A local keeps the old one until the new one is there.</summary>
    private static Plan? ReleaseOld(OwningField field, AssignmentExpressionSyntax assignment)
    {
        var site = field.Site;
        SyntaxNode? at = assignment.Parent switch
        {
            ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement when site.Layout.StartsLine(statement.SpanStart) && site.Layout.EndsLine(statement) => statement,
            ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } method } => method,
            _ => null,
        };
        var name = NewName.Free(site, assignment.SpanStart, "old");
        if (at is null || ReleaseText.Call(site, site.ReleaseTemplate, name, field.Symbol.Type, assignment.SpanStart, at) is not { NeedsUnsafe: false } call)
        {
            return null;
        }

        var mayBeNothing = field.Symbol.Type is not { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated };
        var unit = site.Layout.UnitAt(at);
        var release = site.Layout.Styled(mayBeNothing ? ReleaseText.Guarded(site, name, field.Symbol.Type, call.Text, unit) : [call.Text + ";"], at);
        var taken = $"{LocalType.Of(site, field.Symbol.Type, assignment.SpanStart)} {name} = {assignment.Left};";
        var edits = new TextEdits();
        if (at is MethodDeclarationSyntax opened)
        {
            return ExpressionBody.Open(site, edits, opened, [taken, assignment + ";", .. release], site.Layout.UnitAt(field.Type)) ? Plan.Of($"Release '{field.Name}' when it is replaced", edits) : null;
        }

        var indent = site.Layout.IndentAt(at.SpanStart);
        edits.Insert(site.Layout.LineStart(at.SpanStart), indent + taken + site.Layout.NewLine);
        edits.Insert(site.Layout.NextLine(at.Span.End), site.Layout.Indented(release, indent));
        return Plan.Of($"Release '{field.Name}' when it is replaced", edits);
    }

    private static AssignmentExpressionSyntax Outermost(AssignmentExpressionSyntax assignment)
    {
        while (assignment.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } outer && outer.Right == assignment)
        {
            assignment = outer;
        }

        return assignment;
    }

    /// <summary>A local has what the field held, to be copied into the new block: it is released when that is done.</summary>
    private static Plan? ReleaseTakenOut(OwningField field, ExpressionStatementSyntax statement)
    {
        var site = field.Site;
        if (StatementList.Of(statement.Parent!) is not { } list
            || list.Statements.TakeWhile(other => other != statement).OfType<LocalDeclarationStatementSyntax>().LastOrDefault(other => other.Declaration.Variables is { Count: 1 } variables && variables[0].Initializer?.Value is { } value && field.IsMeantBy(OwnedBlock.Bare(value))) is not { } taken
            || site.Model.GetDeclaredSymbol(taken.Declaration.Variables[0], site.CancellationToken) is not ILocalSymbol { IsRef: false } old
            || list.Statements.LastOrDefault(other => other != taken && other.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == old.Name)) is not { } last || last.SpanStart < statement.SpanStart || last is ReturnStatementSyntax || !site.Layout.StartsLine(last.SpanStart) || !site.Layout.EndsLine(last.Span.End)
            || ReleaseText.Call(site, site.ReleaseTemplate, old.Name, old.Type, last.SpanStart, last) is not { NeedsUnsafe: false } call)
        {
            return null;
        }

        var lines = site.Layout.Styled(ReleaseText.Guarded(site, old.Name, old.Type, call.Text, site.Layout.UnitAt(last)), last);
        var edits = new TextEdits();
        edits.Insert(site.Layout.NextLine(last.Span.End), (last.GetLastToken().IsKind(SyntaxKind.CloseBraceToken) ? site.Layout.NewLine : string.Empty) + site.Layout.Indented(lines, site.Layout.IndentAt(last.SpanStart)));
        return Plan.Of($"Release '{old.Name}' when it is needed no more", edits);
    }

    private static Plan? Release(OwningField field, ExpressionStatementSyntax statement, AssignmentExpressionSyntax assignment)
    {
        if (MovedField.IsReleasedBefore(field.Site, field.Symbol, statement) || Lines(field, statement, assignment) is not { } lines)
        {
            return null;
        }

        var site = field.Site;
        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.Indented(lines, site.Layout.IndentAt(statement.SpanStart)));
        return Plan.Of($"Release '{field.Name}' before it is overwritten", edits);
    }

    /// <summary>The lines that release what the field holds before the <paramref name="assignment"/>, which is all of the <paramref name="statement"/> or of the member.</summary>
    private static IReadOnlyList<string>? Lines(OwningField field, SyntaxNode statement, AssignmentExpressionSyntax assignment)
    {
        var site = field.Site;
        var unit = site.Layout.UnitAt(statement);
        var allocation = site.Finding.PlacesOf(FixData.Allocation).Select(span => (int?)span.Start).FirstOrDefault(start => field.Type.Span.Contains(start!.Value)) ?? statement.SpanStart;
        if (field.Symbol.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } values })
        {
            var old = NewName.Free(site, assignment.SpanStart, "old");
            return ReleaseText.Call(site, site.ReleaseTemplate, old, values[0], allocation, statement) is { NeedsUnsafe: false } one
                ? site.Layout.Styled([$"if ({field.Name} is {{ }} {old})", "{", unit + one.Text + ";", unit + field.Name + " = null;", "}", string.Empty], statement) : null;
        }

        if (!ReleaseText.ClearsItself(field.Symbol.Type) && assignment.Right.DescendantNodesAndSelf().Any(node => node is ExpressionSyntax value && field.IsMeantBy(value))
            || ReleaseText.Call(site, site.ReleaseTemplate, field.Name, field.Symbol.Type, allocation, statement) is not { } call)
        {
            return null;
        }

        var mayBeNothing = field.Symbol.Type is not { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated };
        var lines = mayBeNothing ? ReleaseText.Guarded(site, field.Name, field.Symbol.Type, call.Text, unit) : [call.Text + ";"];
        if (!ReleaseText.ClearsItself(field.Symbol.Type) && assignment.Right.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax) && !site.ReleaseTemplate.StartsWith("{0}.Dispose", StringComparison.Ordinal))
        {
            // When that throws, whoever disposes of the object must not find what is gone.
            lines = ReleaseText.AndCleared(lines, ReleaseText.Clearing(site, field.Name, field.Symbol.Type), unit);
        }

        return site.Layout.SetApart(site.Layout.Styled(call.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines, statement));
    }

    /// <summary><c>_p = null; Free(_p);</c> releases nothing: the other way round it does.</summary>
    private static Plan? ClearAfterRelease(OwningField field, ExpressionStatementSyntax clearing)
    {
        var site = field.Site;
        var list = StatementList.Of(clearing.Parent!)!;
        var index = list.IndexOf(clearing);
        if (index + 1 >= list.Statements.Count || list.Statements[index + 1] is not (ExpressionStatementSyntax or IfStatementSyntax { Else: null }) || !site.Layout.StartsLine(list.Statements[index + 1].SpanStart)
            || !list.Statements[index + 1].DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.DescendantNodes().OfType<ExpressionSyntax>().Any(field.IsMeantBy)))
        {
            return null;
        }

        var release = list.Statements[index + 1];
        var edits = new TextEdits();
        edits.Delete(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(site.Layout.LineStart(clearing.SpanStart), site.Layout.LineStart(release.SpanStart)));
        edits.Insert(release.Span.End, site.Layout.NewLine + site.Layout.IndentAt(clearing.SpanStart) + clearing);
        return Plan.Of($"Clear '{field.Name}' after its release", edits);
    }
}
