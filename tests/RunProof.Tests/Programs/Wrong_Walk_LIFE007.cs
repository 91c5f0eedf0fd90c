// mistake: threw NullReferenceException
// output: 3 2 1
using LifetimeAnalyzers;

public static unsafe class Program
{
    private struct Node
    {
        public Node* Next;
        public int Value;
    }

    public static string Run()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true });
        Node* head = null;
        for (int i = 1; i <= 3; i++)
        {
            Node* node = Heap.Emalloc<Node>(1);
            node->Next = head;
            node->Value = i;
            head = node;
        }

        return Walk(head);
    }

    private static string Walk(Node* head)
    {
        var text = "";
        for (Node* node = head; node != null; node = node->Next)
        {
            text += (text.Length > 0 ? " " : "") + node->Value;
            Heap.Efree(node);
        }

        return text;
    }
}
