using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>How many bytes an allocation takes, when its arguments are constants.</summary>
internal static class BlockSize
{
    private static readonly HashSet<string> s_bytes = new(StringComparer.Ordinal) { "byteCount", "bytes", "cb", "size", "elementSize", "length", "len" };
    private static readonly HashSet<string> s_counts = new(StringComparer.Ordinal) { "count", "elementCount" };

    /// <summary>The size in words (<c>2 MiB</c>, <c>100 bytes</c>); null when it is not known.</summary>
    public static string? InWords(Block block) => Of(block) switch
    {
        null or <= 0 => null,
        { } size when size % (1 << 20) == 0 => $"{size >> 20} MiB",
        { } size when size % (1 << 10) == 0 => $"{size >> 10} KiB",
        1 => "1 byte",
        { } size => $"{size} bytes",
    };

    /// <summary>The size in bytes; null when it is not known.</summary>
    public static long? Of(Block block)
    {
        if (block.Site is not IInvocationOperation call)
        {
            return null;
        }

        long? bytes = null, count = null;
        foreach (var argument in call.Arguments)
        {
            var name = argument.Parameter?.Name ?? "";
            var isSize = s_bytes.Contains(name);
            if (!isSize && !s_counts.Contains(name))
            {
                continue;
            }

            if (ConstantOf(argument.Value) is not { } value)
            {
                return null;
            }

            if (isSize)
            {
                bytes = value;
            }
            else
            {
                count = value;
            }
        }

        bytes ??= call.TargetMethod.TypeArguments.Length == 1 ? SizeOf(call.TargetMethod.TypeArguments[0]) : null;
        try
        {
            return bytes is null ? null : checked(bytes.Value * (count ?? 1));
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static long? ConstantOf(IOperation operation)
    {
        while (operation is IConversionOperation { ConstantValue.HasValue: false } conversion)
        {
            operation = conversion.Operand;
        }

        return operation.ConstantValue is { HasValue: true, Value: { } value } ? value switch
        {
            int number => number,
            uint number => number,
            long number => number,
            ulong number and <= long.MaxValue => (long)number,
            short number => number,
            ushort number => number,
            byte number => number,
            _ => null,
        } : null;
    }

    private static long? SizeOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean => 1,
        SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => 2,
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
        _ => null,
    };
}
