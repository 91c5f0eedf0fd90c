using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Releases the address that the allocator gave instead of one inside the block; does not release what nobody allocated.</summary>
internal sealed class BasePointer : Repair
{
    public override string Name => "BasePointer";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.NodeAt<ExpressionSyntax>(site.Finding.Span) is not { } node)
        {
            yield break;
        }

        var reason = site.Finding.Reason;
        var call = node.AncestorsAndSelf().TakeWhile(ancestor => ancestor is not StatementSyntax).OfType<InvocationExpressionSyntax>().FirstOrDefault();
        if (call is null)
        {
            yield break;
        }

        if (reason == FixData.ReasonForeign)
        {
            yield return RemoveRelease(site, call, alone: true);
            yield return RemoveRelease(site, call, alone: false);
            yield return OfPin(site, call);
            yield break;
        }

        var argument = call.ArgumentList.Arguments.FirstOrDefault()?.Expression;
        if (argument is null)
        {
            yield break;
        }

        var known = site.Finding.Property(FixData.BaseKey);
        var inner = OwnedBlock.Bare(argument);
        var text = known.Length > 0 ? known : StartKeptIn(site, inner) ?? DeclaredBehind(site, inner) ?? StartInOtherField(site, inner) ?? BaseOf(inner)?.ToString() ?? OwnerOfView(site, inner);
        if (text is null || text == inner.ToString())
        {
            if (!site.Finding.PlacesOf(FixData.Allocation).Any())
            {
                // The inside of what nobody allocated; or of what a call has looked through, which is still there.
                if (SearchedBy(site, inner) is { } searched)
                {
                    yield return searched.Start is { } start ? Plan.Of($"Release '{start}'", Replaced(inner, start)) : null;
                    yield break;
                }

                yield return RemoveRelease(site, call, alone: true);
                yield break;
            }

            foreach (var guarded in MayThrowBefore(call) ? new[] { true, false } : [false, true])
            {
                yield return RememberStart(site, inner, guarded);
            }

            yield break;
        }

        yield return Plan.Of($"Release '{text}'", Replaced(inner, text));
    }

    /// <summary>A field has gone on through the block, and another one keeps the start, as the type's other releases know.</summary>
    private static string? StartInOtherField(FixSite site, ExpressionSyntax released) =>
        released is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } && MovedField.StartOf(site, released) is { } start
        && released.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.ArgumentList.Arguments.Count == 1 && call.Expression.ToString() == released.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Expression.ToString() && OwnedBlock.Bare(call.ArgumentList.Arguments[0].Expression).ToString() == start.Name)
            ? released is MemberAccessExpressionSyntax ? "this." + start.Name : start.Name : null;

    private static TextEdits Replaced(ExpressionSyntax inner, string text)
    {
        var replaced = new TextEdits();
        var around = inner;
        while (around.Parent is ParenthesizedExpressionSyntax parenthesized)
        {
            around = parenthesized;
        }

        replaced.Replace(around.Span, text);
        return replaced;
    }

    /// <summary><c>byte* v = strchr(text, '=');</c>: an address in the block that the function was handed first; with the variable of that, when a call gave it and it has not moved.</summary>
    private static (string? Start, bool IsSearched)? SearchedBy(FixSite site, ExpressionSyntax released)
    {
        if (ValueOf(site, released) is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 1 } arguments } || OwnedBlock.Bare(arguments[0].Expression) is not IdentifierNameSyntax text
            || site.Model.GetSymbolInfo(text, site.CancellationToken).Symbol is not ILocalSymbol { Type: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr } } local)
        {
            return null;
        }

        var isStart = ValueOf(site, text) is InvocationExpressionSyntax && released.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) is { } body && !IsGivenByReference(body, local.Name) && !body.DescendantNodes().Any(node => node switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left.ToString() == local.Name,
            PostfixUnaryExpressionSyntax step => step.Operand.ToString() == local.Name,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step => step.Operand.ToString() == local.Name,
            _ => false,
        });
        return (isStart ? local.Name : null, true);
    }

    /// <summary>What the local was declared with.</summary>
    private static ExpressionSyntax? ValueOf(FixSite site, ExpressionSyntax name) =>
        name is IdentifierNameSyntax && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
        && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value } ? OwnedBlock.Bare(value) : null;

    /// <summary><c>GCHandle.FromIntPtr(address).Free()</c> with the address that a handle pins: the handle itself is released.</summary>
    private static Plan? OfPin(FixSite site, InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } made } || site.Model.GetSymbolInfo(OwnedBlock.Bare(arguments[0].Expression), site.CancellationToken).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
            || declarations[0].GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } address } || OwnedBlock.Bare(address) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AddrOfPinnedObject", Expression: IdentifierNameSyntax handle } }
            || site.Model.GetSymbolInfo(handle, site.CancellationToken).Symbol is not ILocalSymbol { Type: var type } || !SymbolEqualityComparer.Default.Equals(type, site.Model.GetTypeInfo(made, site.CancellationToken).Type))
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Replace(made.Span, handle.ToString());
        return Plan.Of($"Release '{handle}'", edits);
    }

    /// <summary>Takes the release out, and where it was all that a variable was there for, <paramref name="alone"/> not set, the variable with it.</summary>
    private static Plan? RemoveRelease(FixSite site, InvocationExpressionSyntax call, bool alone)
    {
        // What is released is the first argument, or what the release is called on. An object that is disposed of is more than its block.
        var released = call.ArgumentList.Arguments.FirstOrDefault()?.Expression ?? (call.Expression as MemberAccessExpressionSyntax)?.Expression;
        if (call.Parent is not ExpressionStatementSyntax statement || released is null || (call.ArgumentList.Arguments.Count == 0 && site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is not { DeclaringSyntaxReferences.IsEmpty: true }) || !IsNeverAllocated(site, OwnedBlock.Bare(released)))
        {
            return null;
        }

        StatementSyntax[] removed = [statement];
        if (!alone)
        {
            if (OnlyFor(site, statement, released) is not { } declaration)
            {
                return null;
            }

            removed = [declaration, statement];
        }

        var edits = new TextEdits();
        StatementRemoval.Remove(site, edits, removed);
        return Plan.Of("Remove the release of what was not allocated", edits);
    }

    /// <summary>The declaration of a local that nothing but <paramref name="statement"/> uses, and whose value does nothing.</summary>
    private static LocalDeclarationStatementSyntax? OnlyFor(FixSite site, StatementSyntax statement, ExpressionSyntax released)
    {
        var name = released.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault(name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol);
        return name is not null && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol local
            && local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } }
            && (value is null || site.Model.GetConstantValue(value, site.CancellationToken).HasValue)
            && declaration.Parent is not null && declaration.Parent.DescendantNodes().OfType<IdentifierNameSyntax>().All(other => other.Identifier.ValueText != local.Name || statement.Span.Contains(other.Span))
            ? declaration : null;
    }

    /// <summary>The variable that <paramref name="released"/> was made of, step by step, when that is the one which was allocated and it has not moved since.</summary>
    private static string? StartKeptIn(FixSite site, ExpressionSyntax released)
    {
        var inner = released is IdentifierNameSyntax ? released : BaseOf(released);
        for (var steps = 0; steps < 8 && inner is IdentifierNameSyntax; steps++)
        {
            if (StartOf(site, inner) is { } found)
            {
                return found;
            }

            inner = site.Model.GetSymbolInfo(inner, site.CancellationToken).Symbol is ILocalSymbol local
                && local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initial } ? BaseOf(initial) : null;
        }

        return null;
    }

    /// <summary><c>var corners = mesh->Faces[i] + 1;</c>: the address lies behind what a member or element holds, which is still there.</summary>
    private static string? DeclaredBehind(FixSite site, ExpressionSyntax released)
    {
        if (released is not IdentifierNameSyntax || site.Model.GetSymbolInfo(released, site.CancellationToken).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations } local
            || declarations[0].GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } initial, Parent.Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax list } }
            || OwnedBlock.Bare(initial) is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression, Left: MemberAccessExpressionSyntax or ElementAccessExpressionSyntax } sum || !list.Span.Contains(released.Span))
        {
            return null;
        }

        var start = sum.Left.ToString();
        var mentioned = sum.Left.DescendantNodes().OfType<IdentifierNameSyntax>().Select(static name => name.Identifier.ValueText).Append(local.Name).ToList();
        return sum.Left.DescendantNodes().Any(static node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax) || list.DescendantNodes().Where(node => node.Span.End <= released.SpanStart).Any(node => node switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left.ToString() == start || (assignment.Left is IdentifierNameSyntax name && mentioned.Contains(name.Identifier.ValueText)),
            PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } => mentioned.Contains(name.Identifier.ValueText),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression, Operand: IdentifierNameSyntax name } => mentioned.Contains(name.Identifier.ValueText),
            _ => false,
        }) ? null : start;
    }

    private static string? StartOf(FixSite site, ExpressionSyntax released)
    {
        if (site.Model.GetSymbolInfo(released, site.CancellationToken).Symbol is not ILocalSymbol local
            || local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator
            || BaseOf(initial) is not IdentifierNameSyntax start || site.Model.GetSymbolInfo(start, site.CancellationToken).Symbol is not ILocalSymbol first
            || first.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } allocated }
            || site.Finding.PlacesOf(FixData.Allocation).All(place => place != OwnedBlock.Bare(allocated).Span)
            || declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } body)
        {
            return null;
        }

        var moved = body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == first.Name).Any(name => name.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == name,
            PrefixUnaryExpressionSyntax prefix => prefix.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression,
            PostfixUnaryExpressionSyntax => true,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
            _ => false,
        });
        return moved ? null : first.Name;
    }

    /// <summary>Something else than the release is called in the statements around it.</summary>
    private static bool MayThrowBefore(InvocationExpressionSyntax release) =>
        StatementList.Around(release).FirstOrDefault()?.Statements.SelectMany(statement => statement.DescendantNodes())
            .Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or ThrowStatementSyntax && node.SpanStart < release.SpanStart && node.Parent is not (CastExpressionSyntax or EqualsValueClauseSyntax)) == true;

    /// <summary>The pointer is a member of a structure in a local: <c>cursor.Base</c>.</summary>
    private static bool IsMemberOfLocal(FixSite site, OwnedBlock block, ExpressionSyntax released) =>
        block.Owner is IFieldSymbol { ContainingType.IsValueType: true } && released is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax root } && released.ToString() == block.OwnerText && site.Model.GetSymbolInfo(root, site.CancellationToken).Symbol is ILocalSymbol;

    /// <summary>The variable that moves in the release is named behind it.</summary>
    private static bool IsNamedAfter(PostfixUnaryExpressionSyntax step) =>
        step.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax)?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.SpanStart > step.Span.End && name.Identifier.ValueText == step.Operand.ToString()) != false
        || step.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).Any(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax);

    /// <summary>What is released is the address of a view over the block, in which nothing names its variable: that one, when it has not moved.</summary>
    private static string? OwnerOfView(FixSite site, ExpressionSyntax released) =>
        OwnedBlock.Find(site) is { IsWholeStatement: true, Owner: ILocalSymbol { IsRef: false } owner, Statement: LocalDeclarationStatementSyntax { Parent: { } body } } block && !block.References(released).Any() && released.DescendantNodes().Any(node => node is InvocationExpressionSyntax)
        && block.References(body).All(name => name.Parent is not (AssignmentExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } or PostfixUnaryExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 }))
            ? owner.Name : null;

    /// <summary>The pointer moves on its way: a second variable keeps where it began, and is released in a <c>finally</c> where something throws in between.</summary>
    private static Plan? RememberStart(FixSite site, ExpressionSyntax released, bool guarded)
    {
        if (OwnedBlock.Find(site) is not { IsWholeStatement: true, Statement: { } statement } block
            || !(block.Owner is ILocalSymbol ? (released is PostfixUnaryExpressionSyntax step && !IsNamedAfter(step) ? step.Operand : released) is IdentifierNameSyntax : IsMemberOfLocal(site, block, released))
            || block.References(released).Any() == false
            || site.Finding.PlacesOf(FixData.Allocation).All(place => place != block.Allocation.Span)
            || !site.Layout.StartsLine(statement.SpanStart))
        {
            return null;
        }

        var name = NewName.Free(site, statement.SpanStart, "start");
        var isVar = statement is not LocalDeclarationStatementSyntax { Declaration.Type.IsVar: false };
        var declaration = $"{(isVar || block.OwnerType is null ? "var" : LocalType.Of(site, block.OwnerType, statement.SpanStart))} {name} = {block.OwnerText};";
        var title = $"Remember the start of '{block.OwnerText}' and release that";
        var edits = new TextEdits();
        if (guarded)
        {
            if (StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).FirstOrDefault() is not { } list
                || released.FirstAncestorOrSelf<StatementSyntax>() is not { } release
                || !list.Statements.Contains(release))
            {
                return null;
            }

            var guard = new TryFinallyEdits(site, list, list.IndexOf(statement) + 1);
            guard.Edits.Replace(released.Span, name);
            return guard.Guard(list.IndexOf(release), reuse: true, null, [declaration]) ? Plan.Of(title, guard.Edits) : null;
        }

        edits.Insert(site.Layout.NextLine(statement.Span.End), site.Layout.IndentAt(statement.SpanStart) + declaration + site.Layout.NewLine);
        edits.Replace(released.Span, name);
        return Plan.Of(title, edits);
    }

    /// <summary>No allocation ever reaches what is released: its release can go.</summary>
    private static bool IsNeverAllocated(FixSite site, ExpressionSyntax released)
    {
        switch (released is IdentifierNameSyntax ? site.Model.GetSymbolInfo(released, site.CancellationToken).Symbol : null)
        {
            case ILocalSymbol local:
                var body = local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken).FirstAncestorOrSelf<MemberDeclarationSyntax>();
                var values = body?.DescendantNodes().Select(node => node switch
                {
                    VariableDeclaratorSyntax declarator when declarator.Identifier.ValueText == local.Name => declarator.Initializer?.Value,
                    AssignmentExpressionSyntax assignment when assignment.Left.ToString() == local.Name => assignment.Right,
                    _ => null,
                }).Where(value => value is not null).Select(value => value!).ToList();
                return values is not null && (values.TrueForAll(value => value.DescendantNodesAndSelf().All(node => node is not InvocationExpressionSyntax))
                    || values.Count == 1 && IsOneValue(values[0]) && !IsGivenByReference(body!, local.Name));
            case IFieldSymbol field:
                return field.IsReadOnly;
            case not null:
                return false;
            case null:
                // An address or a constant; of what is worked out, what it is worked out from.
                return IsOneValue(released) && released.DescendantNodes().OfType<IdentifierNameSyntax>().All(name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is not ILocalSymbol { Type: not INamedTypeSymbol { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double } } || IsNeverAllocated(site, name));
        }
    }

    /// <summary>The value comes from one place: what the finding says of it holds whenever it is there.</summary>
    private static bool IsOneValue(ExpressionSyntax value) =>
        value.DescendantNodesAndSelf().All(node => node is not (ConditionalExpressionSyntax or SwitchExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } or AssignmentExpressionSyntax));

    private static bool IsGivenByReference(SyntaxNode body, string name) =>
        body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(other => other.Identifier.ValueText == name && other.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression });

    /// <summary><c>p</c> of <c>p + n</c>, <c>p - n</c>, <c>&amp;p[n]</c>, <c>&amp;p-&gt;Field</c>, and of the methods that add.</summary>
    private static ExpressionSyntax? BaseOf(ExpressionSyntax address)
    {
        var inner = OwnedBlock.Bare(address);
        return inner switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } sum => BaseOf(sum.Left),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression, Operand: ElementAccessExpressionSyntax element } => BaseOf(element.Expression),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression, Operand: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression } member } => BaseOf(member.Expression),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "Subtract" or "AddByteOffset", Expression: SimpleNameSyntax { Identifier.ValueText: "IntPtr" or "UIntPtr" or "Unsafe" } }, ArgumentList.Arguments: { Count: 2 } arguments } when arguments[0].RefKindKeyword.RawKind == 0 => BaseOf(arguments[0].Expression),
            IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => inner,
            _ => null,
        };
    }
}
