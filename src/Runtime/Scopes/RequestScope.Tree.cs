namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    // Most scopes are alone; only those that are not pay for knowing their family.
    private Kin? _kin;

    private RequestScope? FirstChild
    {
        get => Volatile.Read(ref _kin)?.FirstChild;
        set
        {
            if (value is not null || _kin is not null)
            {
                (_kin ??= new Kin()).FirstChild = value;
            }
        }
    }

    private RequestScope? NextSibling
    {
        get => _kin?.NextSibling;
        set
        {
            if (value is not null || _kin is not null)
            {
                (_kin ??= new Kin()).NextSibling = value;
            }
        }
    }

    private void Attach()
    {
        if (Parent is { } parent)
        {
            lock (Gate)
            {
                parent.ThrowIfEnded();
                NextSibling = parent.FirstChild;
                parent.FirstChild = this;
            }
        }
    }

    private void Detach()
    {
        if (Parent is not { } parent)
        {
            return;
        }

        RequestScope? before = null;
        for (RequestScope? child = parent.FirstChild; child is not null; before = child, child = child.NextSibling)
        {
            if (child == this)
            {
                if (before is null)
                {
                    parent.FirstChild = NextSibling;
                }
                else
                {
                    before.NextSibling = NextSibling;
                }

                NextSibling = null;
                return;
            }
        }
    }

    /// <summary>The next scope of the tree below <paramref name="top"/>, parents first.</summary>
    private RequestScope? NextIn(RequestScope top)
    {
        if (FirstChild is { } child)
        {
            return child;
        }

        for (RequestScope scope = this; scope != top; scope = scope.Parent!)
        {
            if (scope.NextSibling is { } sibling)
            {
                return sibling;
            }
        }

        return null;
    }

    private sealed class Kin
    {
        public volatile RequestScope? FirstChild;
        public RequestScope? NextSibling;
    }
}
