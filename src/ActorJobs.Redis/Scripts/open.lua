#!lua
-- Creates the store when there is none, and says how it was created.
--
-- KEYS[1]  meta
-- ARGV[1]  shards
-- ARGV[2]  the layout of the keys that this build knows
--
-- Returns the shards and the layout that the store has.

redis.call('HSETNX', KEYS[1], 'shards', ARGV[1])
redis.call('HSETNX', KEYS[1], 'layout', ARGV[2])
return redis.call('HMGET', KEYS[1], 'shards', 'layout')
