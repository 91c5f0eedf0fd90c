namespace LifetimeAnalyzers.AspNetCore.Tests;

/// <summary>Waits for what happens shortly after the client has its answer.</summary>
internal static class Eventually
{
    public static async Task IsTrue(Func<bool> condition)
    {
        for (int attempt = 0; attempt < 3000 && !condition(); attempt++)
        {
            await Task.Delay(10);
        }

        Assert.True(condition());
    }
}
