using LifetimeAnalyzers.CodeFixes.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>Edits of the declaration of a field or a property.</summary>
internal static class FieldModifiers
{
    /// <summary>Takes <c>readonly</c> away from a field that has to be cleared after its release; gives a property that can only be read a private <c>set</c>.</summary>
    public static void MakeWritable(OwningField field, TextEdits edits)
    {
        switch (field.Declaration)
        {
            case FieldDeclarationSyntax declaration when field.MustBeWritable:
                var keyword = declaration.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.ReadOnlyKeyword));
                edits.Delete(TextSpan.FromBounds(keyword.SpanStart, keyword.GetNextToken().SpanStart));
                break;
            case PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } when field.MustBeWritable:
                edits.Insert(accessors.Last().Span.End, " private set;");
                break;
        }
    }
}
