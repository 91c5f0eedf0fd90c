using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>
/// A native array of blocks in a field. How many elements it has is known only when a constant or a field says so for as
/// long as the array lives, and they can be read only when the array began as zeros or the constructor fills all of it.
/// Where the one is not so, a field is written that keeps the number; where the other is not, the array begins as zeros.
/// </summary>
internal sealed class NativeTable
{
    private readonly FixSite _site;
    private readonly IFieldSymbol _field;
    private readonly TypeDeclarationSyntax _type;
    private readonly List<TextChange> _changes = [];

    private NativeTable(FixSite site, IFieldSymbol field, TypeDeclarationSyntax type)
    {
        _site = site;
        _field = field;
        _type = type;
    }

    /// <summary>The type of the elements; null when the field holds no native array of addresses.</summary>
    public static ITypeSymbol? ElementType(ITypeSymbol type) =>
        type is IPointerTypeSymbol { PointedAtType: var elements } && IsAddress(elements) ? elements : null;

    /// <summary>The number of elements as any member of the type can write it, and what has to be changed so that it can; null when it is not certain.</summary>
    public static (string Count, ImmutableArray<TextChange> Changes)? CountOf(FixSite site, IFieldSymbol field, TypeDeclarationSyntax type)
    {
        if (field is not { DeclaredAccessibility: Accessibility.Private, IsStatic: false, ContainingType: { DeclaringSyntaxReferences.Length: 1, TypeKind: TypeKind.Class } })
        {
            return null;
        }

        var table = new NativeTable(site, field, type);
        return table.Count() is { } count ? (count, table._changes.ToImmutableArray()) : null;
    }

    private string? Count()
    {
        var allocations = Uses(_field).Select(Given).Where(value => value is not null && !ReleaseCall.IsNothing(value)).Select(value => value!).Concat(Initializers(_field)).ToList();
        if (allocations.Count != 1 || !Uses(_field).All(name => Given(name) is not null || IsOnlyRead(name)))
        {
            return null;
        }

        var body = allocations[0].Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault() switch
        {
            FieldDeclarationSyntax => null,
            ConstructorDeclarationSyntax { Body: { } block } made when _field.ContainingType.InstanceConstructors.Length == 1 && allocations[0].FirstAncestorOrSelf<StatementSyntax>()?.Parent == block => made,
            _ => (MemberDeclarationSyntax)_type,
        };
        if (body == _type || Allocation(allocations[0], (ConstructorDeclarationSyntax?)body) is not var (call, local) || Asked(call) is not var (asked, isCleared))
        {
            return null;
        }

        var constructor = ((ConstructorDeclarationSyntax?)body)?.Body;
        if ((Lasting(asked, constructor) ?? KeptAnew(asked, allocations[0])) is not { } count || !HoldsOnlySuchBlocks(local, constructor))
        {
            return null;
        }

        // A constructor that returns early may leave the rest unfilled, and a finalizer also runs for an object whose constructor has not come so far.
        var isFilled = constructor is not null && !constructor.DescendantNodes().Any(node => node is ReturnStatementSyntax or GotoStatementSyntax) && !_type.Members.Any(member => member is DestructorDeclarationSyntax) && constructor.Statements.OfType<ForStatementSyntax>().Any(loop => loop.SpanStart > call.SpanStart && Fills(loop, asked, count, local));
        return isCleared || isFilled || BeginsAsZeros(call) ? count : null;
    }

    /// <summary>Lets the array begin as zeros, where its allocator can do that.</summary>
    private bool BeginsAsZeros(InvocationExpressionSyntax call)
    {
        var name = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        if (name is null || _site.Model.GetSymbolInfo(call, _site.CancellationToken).Symbol is not IMethodSymbol { Name: "Alloc", ContainingType: { Name: "NativeMemory" } type } || type.GetMembers("AllocZeroed").IsEmpty)
        {
            return false;
        }

        _changes.Add(new TextChange(name.Span, "AllocZeroed"));
        return true;
    }

    /// <summary>A new field that keeps the number from where the field gets its array.</summary>
    private string? KeptAnew(ExpressionSyntax asked, ExpressionSyntax given)
    {
        if (asked is not IdentifierNameSyntax || _site.Model.GetSymbolInfo(asked, _site.CancellationToken).Symbol is not { } symbol
            || !(symbol is IParameterSymbol { RefKind: RefKind.None } or ILocalSymbol { IsRef: false } && Uses(symbol).All(IsOnlyRead) || symbol is IFieldSymbol { IsStatic: false, IsVolatile: false })
            || _site.Model.GetTypeInfo(asked, _site.CancellationToken).Type is not { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 or SpecialType.System_UIntPtr } number
            || given.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement || !_site.Layout.StartsLine(statement.SpanStart) || !_site.Layout.EndsLine(statement.Span.End)
            || _field.DeclaringSyntaxReferences[0].GetSyntax(_site.CancellationToken).FirstAncestorOrSelf<FieldDeclarationSyntax>() is not { } declared || !_site.Layout.StartsLine(declared.SpanStart) || !_site.Layout.EndsLine(declared.Span.End))
        {
            return null;
        }

        var one = _field.Name.Length > 2 && _field.Name.EndsWith("s", StringComparison.Ordinal) ? _field.Name.Substring(0, _field.Name.Length - 1) : _field.Name;
        var name = one + "Count";
        for (var i = 2; _type.DescendantTokens().Any(token => token.ValueText == name) || !_field.ContainingType.GetMembers(name).IsEmpty; i++)
        {
            name = one + "Count" + i;
        }

        var (layout, start) = (_site.Layout, declared.Modifiers.FirstOrDefault() is { RawKind: not 0 } first ? first.SpanStart : declared.Declaration.SpanStart);
        _changes.Add(new TextChange(new TextSpan(layout.NextLine(declared.Span.End), 0), layout.IndentAt(start) + $"private readonly {number.ToMinimalDisplayString(_site.Model, declared.SpanStart)} {name};" + layout.NewLine));
        _changes.Add(new TextChange(new TextSpan(layout.NextLine(statement.Span.End), 0), layout.IndentAt(statement.SpanStart) + $"{name} = {asked};" + layout.NewLine));
        return name;
    }

    private static bool IsAddress(ITypeSymbol type) => type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr };

    /// <summary>The call that gives the value, and the local in between.</summary>
    private (InvocationExpressionSyntax Call, ILocalSymbol? Local)? Allocation(ExpressionSyntax value, ConstructorDeclarationSyntax? constructor)
    {
        switch (OwnedBlock.Bare(value))
        {
            case InvocationExpressionSyntax call:
                return (call, null);
            case IdentifierNameSyntax name when constructor is not null && _site.Model.GetSymbolInfo(name, _site.CancellationToken).Symbol is ILocalSymbol { IsRef: false } local && Uses(local).All(IsOnlyRead)
                && local.DeclaringSyntaxReferences[0].GetSyntax(_site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initializer, Parent.Parent: LocalDeclarationStatementSyntax declaration } && declaration.Parent == constructor.Body && OwnedBlock.Bare(initializer) is InvocationExpressionSyntax call:
                return (call, local);
            default:
                return null;
        }
    }

    /// <summary>How many elements the call asks for, and whether they begin as zeros.</summary>
    private (ExpressionSyntax Count, bool IsCleared)? Asked(InvocationExpressionSyntax call)
    {
        if (_site.Model.GetSymbolInfo(call, _site.CancellationToken).Symbol is not IMethodSymbol { ContainingType.Name: "NativeMemory" or "Marshal", Name: "Alloc" or "AllocZeroed" or "AllocHGlobal" or "AllocCoTaskMem" } allocates)
        {
            return null;
        }

        var arguments = call.ArgumentList.Arguments.Select(argument => OwnedBlock.Bare(argument.Expression)).ToList();
        var asked = arguments switch
        {
            { Count: 2 } when IsSizeOfElement(arguments[1]) => arguments[0],
            { Count: 1 } when arguments[0] is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression } product => IsSizeOfElement(OwnedBlock.Bare(product.Right)) ? OwnedBlock.Bare(product.Left) : IsSizeOfElement(OwnedBlock.Bare(product.Left)) ? OwnedBlock.Bare(product.Right) : null,
            _ => null,
        };
        return asked is null ? null : (asked, allocates.Name == "AllocZeroed");
    }

    private bool IsSizeOfElement(ExpressionSyntax size) => size switch
    {
        SizeOfExpressionSyntax { Type: var type } => _site.Model.GetTypeInfo(type, _site.CancellationToken).Type is { } meant && IsAddress(meant),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Size" } access => _site.Model.GetSymbolInfo(access, _site.CancellationToken).Symbol is { ContainingType.SpecialType: SpecialType.System_IntPtr },
        _ => false,
    };

    /// <summary>The number as it can be read later: a constant, or a field that keeps what the constructor puts into it.</summary>
    private string? Lasting(ExpressionSyntax asked, BlockSyntax? constructor)
    {
        var symbol = _site.Model.GetSymbolInfo(asked, _site.CancellationToken).Symbol;
        if (_site.Model.GetConstantValue(asked, _site.CancellationToken).HasValue)
        {
            return asked is LiteralExpressionSyntax || symbol is IFieldSymbol ? asked.ToString() : null;
        }

        if (symbol is IFieldSymbol or IPropertySymbol)
        {
            return asked is IdentifierNameSyntax && IsKept(symbol) ? asked.ToString() : null;
        }

        if (constructor is null || symbol is not (IParameterSymbol { RefKind: RefKind.None } or ILocalSymbol { IsRef: false }) || !Uses(symbol).All(IsOnlyRead))
        {
            return null;
        }

        return constructor.Statements.OfType<ExpressionStatementSyntax>().Select(statement => statement.Expression).OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment is { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax, Right: IdentifierNameSyntax value } && SymbolEqualityComparer.Default.Equals(_site.Model.GetSymbolInfo(value, _site.CancellationToken).Symbol, symbol))
            .FirstOrDefault(assignment => _site.Model.GetSymbolInfo(assignment.Left, _site.CancellationToken).Symbol is { } keeps && IsKept(keeps))?.Left.ToString();
    }

    /// <summary>The member gets one value, in a constructor or where it is declared, and keeps it.</summary>
    private bool IsKept(ISymbol member)
    {
        if (member.IsStatic || !SymbolEqualityComparer.Default.Equals(member.ContainingType, _field.ContainingType) || !(member is IFieldSymbol { DeclaredAccessibility: Accessibility.Private } or IFieldSymbol { IsReadOnly: true } || member is IPropertySymbol { SetMethod: null, IsVirtual: false, IsAbstract: false, IsOverride: false } property && IsAutomatic(property)))
        {
            return false;
        }

        var writes = Uses(member).Where(name => !IsOnlyRead(name)).ToList();
        return writes.TrueForAll(name => Given(name) is not null && name.Ancestors().OfType<MemberDeclarationSyntax>().First() is ConstructorDeclarationSyntax) && writes.Count + Initializers(member).Count() == 1;
    }

    private static bool IsAutomatic(IPropertySymbol property) => property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    /// <summary>All that is put into the elements are blocks of the finding's allocation, and none is handed on or released in another way.</summary>
    private bool HoldsOnlySuchBlocks(ILocalSymbol? local, BlockSyntax? constructor)
    {
        if (OwnedBlock.Find(_site) is not { } block || _site.Model.GetSymbolInfo(block.Allocation, _site.CancellationToken).Symbol is not { } allocates)
        {
            return false;
        }

        foreach (var name in Uses(_field).Concat(local is null ? [] : Uses(local)))
        {
            if (Part(name).Parent is not ElementAccessExpressionSyntax element || element.Expression != Part(name))
            {
                // The array itself is only given to the field, released and tested.
                var isPutIntoField = local is not null && Part(name).Parent is AssignmentExpressionSyntax put && constructor!.Span.Contains(put.Span) && put.Right == name;
                if (Given(name) is null && !isPutIntoField && OwnedBlock.Dressed(Part(name)).Parent is not (BinaryExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax } } or IsPatternExpressionSyntax))
                {
                    return false;
                }

                continue;
            }

            var isRight = OwnedBlock.Dressed(element).Parent switch
            {
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left == element => ReleaseCall.IsNothing(assignment.Right) || SymbolEqualityComparer.Default.Equals(_site.Model.GetSymbolInfo(OwnedBlock.Bare(assignment.Right), _site.CancellationToken).Symbol, allocates),
                ElementAccessExpressionSyntax or MemberAccessExpressionSyntax or BinaryExpressionSyntax or IsPatternExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax => true,
                PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PointerIndirectionExpression),
                _ => false,
            };
            if (!isRight)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>for (int i = 0; i &lt; count; i++) rows[i] = Alloc();</c>, every turn of it.</summary>
    private bool Fills(ForStatementSyntax loop, ExpressionSyntax asked, string count, ILocalSymbol? local)
    {
        if (loop is not { Declaration.Variables: { Count: 1 } variables, Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression, Left: IdentifierNameSyntax tested } condition, Incrementors: { Count: 1 } steps }
            || variables[0] is not { Identifier.ValueText: var index, Initializer.Value: LiteralExpressionSyntax { Token.ValueText: "0" } } || tested.Identifier.ValueText != index
            || (OwnedBlock.Bare(condition.Right).ToString() is var end && end != asked.ToString() && end != count) || steps[0] is not (PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression, Operand: IdentifierNameSyntax } or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression, Operand: IdentifierNameSyntax })
            || _site.Model.GetDeclaredSymbol(variables[0], _site.CancellationToken) is not { } counter || Uses(counter).Any(name => !steps.Span.Contains(name.Span) && !IsOnlyRead(name))
            || loop.Statement.DescendantNodes().Any(node => node is BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax or ReturnStatementSyntax or TryStatementSyntax))
        {
            return false;
        }

        var statements = loop.Statement is BlockSyntax block ? block.Statements.AsEnumerable() : [loop.Statement];
        return statements.OfType<ExpressionStatementSyntax>().Select(statement => statement.Expression).OfType<AssignmentExpressionSyntax>().Any(assignment =>
            assignment.Left is ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } place } element && OwnedBlock.Bare(place[0].Expression) is IdentifierNameSyntax at && at.Identifier.ValueText == index
            && _site.Model.GetSymbolInfo(element.Expression, _site.CancellationToken).Symbol is { } table && (SymbolEqualityComparer.Default.Equals(table, _field) || SymbolEqualityComparer.Default.Equals(table, local)));
    }

    private IEnumerable<IdentifierNameSyntax> Uses(ISymbol symbol) => _type.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == symbol.Name && SymbolEqualityComparer.Default.Equals(_site.Model.GetSymbolInfo(name, _site.CancellationToken).Symbol, symbol));

    private IEnumerable<ExpressionSyntax> Initializers(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Select(place => place.GetSyntax(_site.CancellationToken) switch
    {
        VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
        PropertyDeclarationSyntax property => property.Initializer?.Value,
        _ => null,
    }).Where(value => value is not null).Select(value => value!);

    /// <summary>The name with <c>this.</c> before it.</summary>
    private static ExpressionSyntax Part(IdentifierNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;

    /// <summary>What an assignment gives to what <paramref name="name"/> names; null when there is none.</summary>
    private static ExpressionSyntax? Given(IdentifierNameSyntax name) =>
        Part(name) is var part && part is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } && part.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && assignment.Left == part ? assignment.Right : null;

    private static bool IsOnlyRead(IdentifierNameSyntax name) => Part(name) is var part && part is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } && part.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left != part,
        ArgumentSyntax argument => argument.RefKindKeyword.RawKind == 0 && argument.Parent is not TupleExpressionSyntax,
        PrefixUnaryExpressionSyntax prefix => !prefix.IsKind(SyntaxKind.PreIncrementExpression) && !prefix.IsKind(SyntaxKind.PreDecrementExpression) && !prefix.IsKind(SyntaxKind.AddressOfExpression),
        PostfixUnaryExpressionSyntax postfix => postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        RefExpressionSyntax => false,
        _ => true,
    };
}
