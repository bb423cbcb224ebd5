namespace ActorJobs.Workloads.Documents;

/// <summary>Counts in how many documents each feature occurs.</summary>
internal sealed class FeatureWeightsFitter
{
    private readonly int[] frequencies = new int[FeatureWeights.Buckets];

    // the last document that touched a bucket, so that each document counts once
    private readonly int[] lastSeen = new int[FeatureWeights.Buckets];
    private readonly List<ulong> features = [];

    public int Documents { get; private set; }

    public void Add(string text)
    {
        Documents++;
        FeatureReader.Read(text, features);
        foreach (var feature in features)
        {
            var bucket = FeatureWeights.Bucket(feature);
            if (lastSeen[bucket] == Documents)
                continue;
            lastSeen[bucket] = Documents;
            frequencies[bucket]++;
        }
    }

    public FeatureWeights Fit() => FeatureWeights.FromFrequencies(frequencies, Documents);
}
