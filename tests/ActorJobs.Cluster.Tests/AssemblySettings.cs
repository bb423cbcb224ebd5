// several clusters at once would measure how two cores are shared, not what a cluster survives
[assembly: CollectionBehavior(DisableTestParallelization = true)]
