using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.State;

/// <summary>What a place starts from.</summary>
internal enum PlaceKind
{
    /// <summary>A local variable of the body.</summary>
    Local,

    /// <summary>A parameter of the body.</summary>
    Parameter,

    /// <summary>A variable of an enclosing body, captured.</summary>
    Captured,

    /// <summary>The receiver: the variable itself for a struct, the reference for a class.</summary>
    This,

    /// <summary>A static field.</summary>
    Static,

    /// <summary>A temporary of the control-flow graph.</summary>
    Temporary,

    /// <summary>The result of the body.</summary>
    Result,

    /// <summary>The object that a symbolic reference points to.</summary>
    Object,

    /// <summary>The memory of a block that the body allocated.</summary>
    Content,

    /// <summary>A field, an automatic property or a constant index of another place.</summary>
    Member,
}

/// <summary>
/// An access path: a variable, or a field of one, or an element of one. Interned by <see cref="Universe"/>, so two places
/// are the same exactly when they are the same object; <see cref="Id"/> gives them a stable order.
/// </summary>
internal sealed class Place
{
    private string? _text;

    public Place(int id, PlaceKind kind, object root, Place? parent, ITypeSymbol? type)
    {
        Id = id;
        Kind = kind;
        Root = root;
        Parent = parent;
        Type = type;
        Depth = parent is null ? 0 : parent.Depth + 1;
        Nesting = parent is not null ? parent.Nesting : root is Sym symbol ? symbol.Nesting + 1 : 0;
        Base = parent?.Base ?? this;
        IsInput = parent?.IsInput ?? kind switch
        {
            PlaceKind.Parameter or PlaceKind.Captured or PlaceKind.This or PlaceKind.Static => true,
            PlaceKind.Object => ((Sym)root).IsInput,
            _ => false,
        };
    }

    /// <summary>The number of objects that are passed on the way to the place; further than <see cref="Sym.MaxNesting"/> nothing is followed, since lists have no end.</summary>
    public int Nesting { get; }

    /// <summary>The order of first mention in the body.</summary>
    public int Id { get; }

    /// <summary>What the place is.</summary>
    public PlaceKind Kind { get; }

    /// <summary>The variable, temporary, symbolic object, field symbol or element index.</summary>
    public object Root { get; }

    /// <summary>The place that this one is a member of.</summary>
    public Place? Parent { get; }

    /// <summary>The declared type, where there is one.</summary>
    public ITypeSymbol? Type { get; }

    /// <summary>The number of members from the root.</summary>
    public int Depth { get; }

    /// <summary>The variable or object that the path starts from.</summary>
    public Place Base { get; }

    /// <summary>A variable of the body's own, or a part of one: nobody reaches it when the body has ended.</summary>
    public bool EndsWithBody => Base is { Kind: PlaceKind.Local or PlaceKind.Temporary } or { Kind: PlaceKind.Parameter, Root: IParameterSymbol { RefKind: RefKind.None } };

    /// <summary>Whether the path starts from something that exists before and after the body: a parameter, the receiver, a static, what they point to.</summary>
    public bool IsInput { get; }

    /// <summary>The direct member of <paramref name="outer"/> that this is or lies in; null when it lies elsewhere.</summary>
    public Place? MemberOf(Place outer)
    {
        for (var place = this; place is not null; place = place.Parent)
        {
            if (ReferenceEquals(place.Parent, outer))
            {
                return place;
            }
        }

        return null;
    }

    /// <summary>Whether this place lies within <paramref name="outer"/>, or is it.</summary>
    public bool IsWithin(Place outer)
    {
        for (var place = this; place is not null; place = place.Parent)
        {
            if (ReferenceEquals(place, outer))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The field that this place is, if it is one.</summary>
    public IFieldSymbol? Field => Root as IFieldSymbol;

    /// <summary>The name as a message shows it.</summary>
    public string DisplayName => Kind switch
    {
        PlaceKind.This => "this",
        PlaceKind.Member => MemberName,
        PlaceKind.Object => ((Sym)Root).DisplayName,
        _ => Root is ISymbol symbol ? symbol.Name : "",
    };

    private string MemberName
    {
        get
        {
            var outer = Parent!.DisplayName;
            var name = Root switch
            {
                IFieldSymbol { AssociatedSymbol: IPropertySymbol property } => property.Name,
                ISymbol member => member.Name,
                string { Length: > 0 } element when char.IsLetter(element[0]) && char.IsUpper(element[0]) => element,
                _ => "",
            };
            return Root is "*" ? (outer.Length == 0 ? "" : "*" + outer)
                : Root is long index ? (outer.Length == 0 ? "" : $"{outer}[{index}]")
                : name.Length == 0 ? outer
                : outer.Length == 0 ? name
                : Parent is { Kind: PlaceKind.Object or PlaceKind.This } ? name
                : Parent is { Root: "*", Parent.DisplayName: var pointer } ? (pointer.Length == 0 ? name : pointer + "->" + name)
                : outer + "." + name;
        }
    }

    /// <summary>A stable hash, so that tables of places are walked in the same order in every run.</summary>
    public override int GetHashCode() => Id;

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override string ToString() => _text ??= Kind == PlaceKind.Member ? Parent + "." + (Root is ISymbol s ? s.Name : Root) : Kind + ":" + (Root is ISymbol r ? r.Name : Root);
}
