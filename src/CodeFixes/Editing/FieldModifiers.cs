using LifetimeAnalyzers.CodeFixes.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>Edits of a field's modifiers.</summary>
internal static class FieldModifiers
{
    /// <summary>Takes <c>readonly</c> away from a field that has to be cleared after its release.</summary>
    public static void MakeWritable(OwningField field, TextEdits edits)
    {
        if (field.MustBeWritable && field.Declarator.Parent?.Parent is FieldDeclarationSyntax declaration)
        {
            var keyword = declaration.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.ReadOnlyKeyword));
            edits.Delete(TextSpan.FromBounds(keyword.SpanStart, keyword.GetNextToken().SpanStart));
        }
    }
}
