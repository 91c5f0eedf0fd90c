using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>
/// Imported functions that show what lies in a handle, by their names: <c>text = sql_column_text(row)</c>. The address dies with the handle.
/// Where the body hands it to a function that ends something it may be a block of its own, and nothing is said.
/// </summary>
internal static class HandleContents
{
    private static readonly HashSet<string> s_contents = new(StringComparer.Ordinal) { "data", "ptr", "pointer", "bytes", "buffer", "text", "str", "string", "chars", "contents", "begin", "pixels", "samples", "payload" };

    private static readonly HashSet<string> s_making = new(StringComparer.Ordinal) { "dup", "copy", "alloc", "create", "new", "make", "to", "read", "load", "clone", "encode", "decode", "format", "print", "dump", "take", "detach", "steal", "release", "serialize" };

    /// <summary>The address in the handle that the call is handed first; null when it gives something else.</summary>
    public static Value? In(Call call, KnownMembers known)
    {
        if (call is not { Method: { ReturnType: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } } method, Arguments: { Length: > 0 } arguments } || !(method.IsExtern || KnownMembers.IsImport(method)) ||
            arguments[0].Value is not Pointer { IsView: false, Block: { Site: not null, Family.IsInferred: true } } handle || known.ContractOf(method) is { GivesOrReleases: true })
        {
            return null;
        }

        var words = NameReader.WordsOf(method.Name);
        return words.Count > 1 && s_contents.Contains(words[words.Count - 1]) && !words.Exists(s_making.Contains) && IsOnlySeen(call.Operation.Syntax) ? handle with { IsView = true, Offset = Offset.Somewhere, Distance = null } : null;
    }

    private static bool IsOnlySeen(SyntaxNode call)
    {
        while (call.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            call = call.Parent;
        }

        var variable = call.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => declarator.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } => target.Identifier.ValueText,
            _ => null,
        };
        return variable is not null && call.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member && !member.DescendantNodes().Any(node => node is InvocationExpressionSyntax { Expression: var called, ArgumentList.Arguments: var handed } &&
            handed.Any(argument => argument.Expression.DescendantNodesAndSelf().Any(name => name is IdentifierNameSyntax { Identifier.ValueText: var used } && used == variable)) && EndWords.SaysSo(called.ToString()));
    }
}
