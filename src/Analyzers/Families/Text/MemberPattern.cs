using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>What a statement is about: a documentation-comment id (with or without parameter list), a type, or the entry point of a native library.</summary>
internal sealed record MemberPattern
{
    /// <summary>As it stands in the file, without white space.</summary>
    public required string Text { get; init; }

    /// <summary><c>M</c> for methods and constructors, <c>P</c> for properties, <c>T</c> for every member of a type, <c>I</c> for an imported function.</summary>
    public required char Kind { get; init; }

    /// <summary>The type in a documentation id's spelling: <c>System.Buffers.ArrayPool`1</c>; empty for an import.</summary>
    public string TypeName { get; init; } = "";

    /// <summary>The simple name: <c>Rent</c>, <c>#ctor</c>, an entry point; with a <c>*</c> at its end when it is the beginning of a name; empty for a type.</summary>
    public string Name { get; init; } = "";

    /// <summary>The number of type parameters if the id gives one, else -1: any.</summary>
    public int Arity { get; init; } = -1;

    /// <summary>Whether the id has a parameter list, and so means one overload.</summary>
    public bool HasParameterList { get; init; }

    /// <summary>The native library of an import, without directory and extension, or null for any.</summary>
    public string? Library { get; init; }

    /// <summary>Whether <see cref="Name"/> is only the beginning of a name.</summary>
    public bool IsPrefix => Name.EndsWith("*", StringComparison.Ordinal);

    /// <summary>The last part of the type's name with its arity, as metadata has it: <c>ArrayPool`1</c>.</summary>
    public string SimpleTypeName => TypeName.Substring(TypeName.LastIndexOf('.') + 1);

    /// <summary>The last part of the type's name as code has it: <c>ArrayPool</c>.</summary>
    public string TypeNameInCode => SimpleTypeName.IndexOf('`') is var tick and >= 0 ? SimpleTypeName.Substring(0, tick) : SimpleTypeName;

    /// <summary>The member as messages name it: <c>ArrayPool.Rent</c>; a constructor is <c>new GCHandle</c>.</summary>
    public string DisplayName => Kind switch
    {
        'I' => Name,
        'T' => TypeNameInCode,
        _ => Name == "#ctor" ? "new " + TypeNameInCode : TypeNameInCode + "." + Name,
    };

    /// <summary>Reads a pattern; null with a <paramref name="problem"/> when <paramref name="text"/> is none.</summary>
    public static MemberPattern? Parse(string text, out string? problem)
    {
        problem = null;
        if (text.StartsWith("import:", StringComparison.Ordinal))
        {
            var entry = text.Substring("import:".Length);
            var bang = entry.IndexOf('!');
            var name = entry.Substring(bang + 1);
            if (name.Length == 0 || bang == 0)
            {
                problem = $"'{text}' names no function; write 'import:malloc' or 'import:kernel32!LocalAlloc'";
                return null;
            }

            return new MemberPattern { Text = text, Kind = 'I', Name = name, Library = bang < 0 ? null : ImportedFunction.NormaliseLibrary(entry.Substring(0, bang)) };
        }

        if (text.Length < 3 || text[1] != ':' || text[0] is not ('M' or 'P' or 'T'))
        {
            problem = $"'{text}' is no documentation-comment id; write 'M:Namespace.Type.Method', 'P:Namespace.Type.Property' or 'T:Namespace.Type'";
            return null;
        }

        var parenthesis = text.IndexOf('(');
        if (parenthesis >= 0 && text.IndexOf(')') < 0)
        {
            problem = $"the parameter list of '{text}' does not end";
            return null;
        }

        var path = parenthesis < 0 ? text.Substring(2) : text.Substring(2, parenthesis - 2);
        if (text[0] == 'T')
        {
            return new MemberPattern { Text = text, Kind = 'T', TypeName = path };
        }

        var dot = path.LastIndexOf('.');
        if (dot <= 0 || dot == path.Length - 1)
        {
            problem = $"'{text}' has no type and member; write 'M:Namespace.Type.Method'";
            return null;
        }

        var member = path.Substring(dot + 1);
        var arity = -1;
        if (member.IndexOf("``", StringComparison.Ordinal) is var ticks and > 0)
        {
            if (!int.TryParse(member.Substring(ticks + 2), out arity))
            {
                problem = $"'{text}' does not say how many type parameters it has; write '``1' for one";
                return null;
            }

            member = member.Substring(0, ticks);
        }
        else if (parenthesis >= 0)
        {
            arity = 0;
        }

        return new MemberPattern { Text = text, Kind = text[0], TypeName = path.Substring(0, dot), Name = member, Arity = arity, HasParameterList = parenthesis >= 0 };
    }

    /// <summary>Whether <paramref name="method"/>, an original definition whose simple name or type is already known to fit, is meant.</summary>
    public bool Matches(IMethodSymbol method, string simpleName, string typeName)
    {
        if (typeName != TypeName || !NameMatches(simpleName))
        {
            return false;
        }

        if (Kind == 'T')
        {
            return true;
        }

        if (Kind == 'P' != method.AssociatedSymbol is IPropertySymbol || (Arity >= 0 && Arity != method.Arity))
        {
            return false;
        }

        // the compiler's own form of an empty list is none
        return !HasParameterList || (((ISymbol?)(method.AssociatedSymbol as IPropertySymbol) ?? method).GetDocumentationCommentId() is { } id && (id == Text || (method.Parameters.IsEmpty && id + "()" == Text)));
    }

    private bool NameMatches(string simpleName) =>
        Kind == 'T' || (IsPrefix ? simpleName.StartsWith(Name.Substring(0, Name.Length - 1), StringComparison.Ordinal) : simpleName == Name);
}
