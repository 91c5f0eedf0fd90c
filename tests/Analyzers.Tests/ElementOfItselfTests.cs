namespace LifetimeAnalyzers.Tests;

/// <summary>Arrays and collections whose elements are again such.</summary>
public class ElementOfItselfTests
{
    [Fact]
    public Task Array_that_is_walked_into_its_own_elements_IsFollowedToAnEnd() => Verify.AnalyzerAsync("""
        using System.Runtime.InteropServices;

        abstract class C
        {
            protected abstract void Keep(object value);

            void Walk(object[] tree, int i)
            {
                var handle = {|LIFE005:GCHandle.Alloc(tree)|};
                while (tree.Length > 3)
                {
                    tree = (object[])tree[i];
                }

                Keep(tree);
                handle.Free();
            }
        }
        """);
}
