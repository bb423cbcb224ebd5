using ActorJobs.TestKit.Specs;

namespace ActorJobs.Stores.Tests.Redis;

public sealed class RedisEntityStoreTests() : EntityStoreSpec(() => new(new RedisPlace()), "everysec");
