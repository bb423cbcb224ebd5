using ActorJobs.TestKit.Specs;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Stores.Tests.Memory;

public sealed class MemoryEntityStoreTests() : EntityStoreSpec(() => new(new MemoryPlace()), "memory");
