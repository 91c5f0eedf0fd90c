// The heap is the process's: what one test releases, another would get, and what is told of stale pointers depends on it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
