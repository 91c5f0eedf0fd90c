using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Contracts;

/// <summary>What a signature says about ownership against what its body does: LIFE017 where they disagree, LIFE018 where the signature says nothing. Thread-safe.</summary>
internal sealed class ContractRules
{
    private static readonly int[] s_wordsOfAttributes = new[] { "Owned", "Held", "Borrowed", "Releases" }.SelectMany(static name => new[] { name, name + "Attribute" }).Select(TreeWords.HashOf).ToArray();
    private readonly KnownMembers _known;
    private readonly BrokenContracts _broken;
    private readonly UnwrittenContracts _unwritten;
    private readonly PairedMembers _pairs;

    public ContractRules(KnownMembers known, FieldOwnership ownership)
    {
        _known = known;
        _broken = new BrokenContracts(known);
        _unwritten = new UnwrittenContracts(known, ownership);
        _pairs = new PairedMembers(ownership);
    }

    /// <summary>Whether a declaration says of a parameter what becomes of it: its body is judged even when it mentions no allocation.</summary>
    public static bool IsWrittenOn(SyntaxNode declaration, CancellationToken cancellationToken) =>
        declaration is BaseMethodDeclarationSyntax { ParameterList.Parameters: { Count: > 0 } parameters } && MayBeWrittenIn(declaration.SyntaxTree, cancellationToken) &&
        parameters.Any(parameter => parameter.AttributeLists.Any(list => list.Attributes.Any(attribute => NameOf(attribute.Name) is "Owned" or "Held" or "Borrowed" or "Releases")));

    /// <summary>Most files have none of the words.</summary>
    private static bool MayBeWrittenIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var words = TreeWords.Of(tree, cancellationToken);
        return Array.Exists(s_wordsOfAttributes, words.Mentions);
    }

    /// <summary>Whether a line of the project's own text files makes a promise for <paramref name="member"/>, so that its body is judged even when it mentions no allocation.</summary>
    public bool IsWrittenInFileFor(ISymbol member) => member is IMethodSymbol method && _known.StatementsOfOwnFiles(method).Any(statement => statement.Kind is StatementKind.Releases or StatementKind.Takes or StatementKind.Holds or StatementKind.Borrows);

    /// <summary>Whether a contract says of a member that it allocates or releases: its body is judged even when it does nothing of the kind.</summary>
    public bool IsPromised(ISymbol member) => member is IMethodSymbol method && _known.ContractOf(method) is { Source: not null, GivesOrReleases: true };

    public IEnumerable<Diagnostic> Judge(BodyResult result, CancellationToken cancellationToken)
    {
        if (result.Unit is { IsIterator: true } || result.Facts.Budget is not null || result.Summary.Outcomes.IsEmpty ||
            result.Unit.Method is not { MethodKind: MethodKind.Ordinary or MethodKind.Constructor or MethodKind.UserDefinedOperator or MethodKind.Conversion or MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.ExplicitInterfaceImplementation } method)
        {
            return [];
        }

        var contract = _known.ContractOf(method);
        if (contract?.Source?.StartsWith("[", StringComparison.Ordinal) == true)
        {
            return _broken.Judge(method, contract, result);
        }

        return contract is null ? _pairs.Judge(method, result, cancellationToken).Concat(UnwrittenContracts.IsPublic(method) ? _unwritten.Judge(method, result, cancellationToken) : [])
            : _broken.Judge(method, contract, result, _known.StatementsOfOwnFiles(method));
    }

    private static string NameOf(NameSyntax name)
    {
        var simple = name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : name is AliasQualifiedNameSyntax alias ? alias.Name.Identifier.ValueText : ((SimpleNameSyntax)name).Identifier.ValueText;
        return simple.EndsWith("Attribute", StringComparison.Ordinal) ? simple.Substring(0, simple.Length - "Attribute".Length) : simple;
    }
}
