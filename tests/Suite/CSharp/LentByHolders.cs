// weakness: CWE-401
// construct: what a function gives and somebody else's memory has as well, and functions that say by their names that they lend

using System;
using System.Runtime.InteropServices;

namespace Suite.LentByHolders;

public unsafe struct Vertex
{
    public int* Distances;
    public int Weight;
}

public unsafe struct Graph
{
    public Vertex* Vertices;
    public int Count;
}

public static unsafe class Caches
{
    private static int* DistancesOf(Graph* graph, int from) // good: the vertex has them
    {
        var vertex = &graph->Vertices[from];
        if (vertex->Distances != null)
        {
            return vertex->Distances;
        }

        var distances = (int*)NativeMemory.AllocZeroed((nuint)graph->Count, sizeof(int));
        distances[from] = vertex->Weight;
        vertex->Distances = distances;
        return distances;
    }

    private static int* NewDistances(Graph* graph, int from) // good: the caller has them
    {
        var vertex = &graph->Vertices[from];
        var distances = (int*)NativeMemory.AllocZeroed((nuint)graph->Count, sizeof(int));
        distances[from] = vertex->Weight;
        return distances;
    }

    private static int* PutAside(Graph* graph, int from) // good: its own structure is gone, the caller has them
    {
        var vertex = (Vertex*)NativeMemory.Alloc((nuint)sizeof(Vertex));
        var distances = (int*)NativeMemory.AllocZeroed((nuint)graph->Count, sizeof(int));
        vertex->Distances = distances;
        vertex->Weight = from;
        NativeMemory.Free(vertex);
        return distances;
    }

    public static int First(Graph* graph) // good: the cache is only read
    {
        var distances = DistancesOf(graph, 0);
        return distances[0];
    }

    public static int FirstOfNew(Graph* graph) // bad: LIFE003
    {
        var distances = NewDistances(graph, 0);
        return distances[0];
    }

    public static int FirstPutAside(Graph* graph) // bad: LIFE003
    {
        var distances = PutAside(graph, 0);
        return distances[0];
    }

    public static int FirstOfNewFreed(Graph* graph) // good
    {
        var distances = NewDistances(graph, 0);
        var first = distances[0];
        NativeMemory.Free(distances);
        return first;
    }
}

internal static class Crypto
{
    [DllImport("crypto")]
    public static extern nint X509_get_pubkey(nint certificate);

    [DllImport("crypto")]
    public static extern nint X509_get0_pubkey(nint certificate);

    [DllImport("crypto")]
    public static extern int EVP_PKEY_bits(nint key);

    [DllImport("crypto")]
    public static extern void EVP_PKEY_free(nint key);
}

public static class Keys
{
    public static int Bits(nint certificate) // good: 'get0' lends
    {
        var key = Crypto.X509_get0_pubkey(certificate);
        return Crypto.EVP_PKEY_bits(key);
    }

    public static int BitsFreed(nint certificate) // good: 'get' gives
    {
        var key = Crypto.X509_get_pubkey(certificate);
        var bits = Crypto.EVP_PKEY_bits(key);
        Crypto.EVP_PKEY_free(key);
        return bits;
    }

    public static void Misled(nint certificate) // good for all that can be told: one caller that frees what is lent does not make it his
    {
        var key = Crypto.X509_get0_pubkey(certificate);
        Crypto.EVP_PKEY_free(key);
    }
}
