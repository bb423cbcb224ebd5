#!lua
-- Makes a node the owner of a shard: from now on commits with an older epoch are refused.
--
-- KEYS[1]  entities of the shard
-- ARGV[1]  the node's name
--
-- Returns the new epoch.

redis.call('HSET', KEYS[1], 'owner', ARGV[1])
return redis.call('HINCRBY', KEYS[1], 'epoch', 1)
