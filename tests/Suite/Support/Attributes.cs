using System;

namespace LifetimeAnalyzers;

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class RequestHandlerAttribute : Attribute
{
}

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class PersistentServerAttribute : Attribute
{
}

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
internal sealed class AllocatesAttribute : Attribute
{
    public AllocatesAttribute(string family) => Family = family;

    public string Family { get; }
}

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
internal sealed class ReleasesAttribute : Attribute
{
    public ReleasesAttribute(string family) => Family = family;

    public string Family { get; }
}

[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field)]
internal sealed class OwnedAttribute : Attribute
{
}

[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field)]
internal sealed class BorrowedAttribute : Attribute
{
}

[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Field)]
internal sealed class HeldAttribute : Attribute
{
}
