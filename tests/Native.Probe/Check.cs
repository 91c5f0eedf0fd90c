namespace LifetimeAnalyzers.Tests.Native;

/// <summary>Says what held, and stops the program when something did not.</summary>
internal static class Check
{
    public static void That(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"This does not hold: {what}.");
        }

        Console.WriteLine(what);
    }

    public static void Throws<TException>(Action action, string what)
        where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException)
        {
            Console.WriteLine(what);
            return;
        }

        throw new InvalidOperationException($"This does not hold: {what}.");
    }
}
