#!lua
-- Makes a node the owner of a shard: from now on commits with another epoch are refused.
--
-- A server that was switched over to, or that lost its last second, has forgotten owners, and would give their epochs out again: two nodes would write as
-- the same owner. So an epoch is the server's time in microseconds, or one more than the last when that is later.
--
-- KEYS[1]  entities of the shard
-- ARGV[1]  the node's name
--
-- Returns the new epoch, as text: a number in Lua is printed with 14 digits only.

local time = redis.call('TIME')
local last = tonumber(redis.call('HGET', KEYS[1], 'epoch') or 0)
local epoch = string.format('%.0f', math.max(last + 1, time[1] * 1000000 + time[2]))
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'epoch', epoch)
return epoch
