using System.Globalization;

namespace LifetimeAnalyzers;

/// <summary>The defaults of <see cref="RequestScopeOptions"/>, from <c>LIFETIME_*</c> environment variables.</summary>
internal static class RuntimeDefaults
{
    public static readonly long MemoryLimit =
        MemorySize.TryParse(Environment.GetEnvironmentVariable("LIFETIME_MEMORY_LIMIT"), out long limit) ? limit : RequestScopeOptions.Unlimited;

    public static readonly bool Debug = Flag("LIFETIME_DEBUG");

    public static readonly bool Trace = Flag("LIFETIME_TRACE");

    public static readonly bool CollectStatistics = Flag("LIFETIME_STATISTICS");

    public static readonly FaultInjectionOptions? FaultInjection = ReadFaults();

    private static bool Flag(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value
        && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("on", StringComparison.OrdinalIgnoreCase));

    private static FaultInjectionOptions? ReadFaults()
    {
        _ = long.TryParse(Environment.GetEnvironmentVariable("LIFETIME_FAIL_NTH"), NumberStyles.None, CultureInfo.InvariantCulture, out long nth);
        _ = double.TryParse(Environment.GetEnvironmentVariable("LIFETIME_FAIL_PROBABILITY"), NumberStyles.Float, CultureInfo.InvariantCulture, out double probability);
        _ = int.TryParse(Environment.GetEnvironmentVariable("LIFETIME_FAIL_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int seed);
        if (nth <= 0 && !(probability > 0))
        {
            return null;
        }

        _ = Enum.TryParse(Environment.GetEnvironmentVariable("LIFETIME_FAIL_FUNCTIONS"), ignoreCase: true, out FaultFunctions functions);
        return new FaultInjectionOptions
        {
            FailNth = nth,
            Probability = probability,
            Seed = seed,
            Functions = functions == FaultFunctions.None ? FaultFunctions.All : functions,
        };
    }
}
