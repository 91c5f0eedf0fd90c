#if !NET9_0_OR_GREATER
namespace System.Runtime.CompilerServices;

/// <summary>Compilers know it by its name: of the overloads that would do, the one with the highest number is taken.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property, Inherited = false)]
internal sealed class OverloadResolutionPriorityAttribute(int priority) : Attribute
{
    /// <summary>The number.</summary>
    public int Priority { get; } = priority;
}
#endif
