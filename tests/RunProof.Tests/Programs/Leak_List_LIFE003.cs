// mistake: grows
// output: 6
using System.Runtime.InteropServices;

public unsafe struct Node
{
    public fixed byte Data[30000];
    public Node* Next;
}

public static unsafe class Program
{
    public static string Run()
    {
        Node* head = null;
        for (int i = 1; i < 4; i++)
        {
            var node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
            node->Data[0] = (byte)i;
            node->Next = head;
            head = node;
        }

        int sum = 0;
        for (var node = head; node != null; node = node->Next)
        {
            sum += node->Data[0];
        }

        return sum.ToString();
    }
}
