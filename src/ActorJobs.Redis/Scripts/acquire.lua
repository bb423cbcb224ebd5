#!lua
-- Makes a node the owner of a shard: from now on commits with another epoch are refused.
--
-- A server that was switched over to, or that lost its last second, has forgotten owners, and would give their epochs out again: two nodes would write as
-- the same owner. So an epoch is the server's time in microseconds, or one more than the last when that is later.
--
-- KEYS[1]  entities of the shard
-- ARGV[1]  the owner's name
-- ARGV[2]  the epoch that the shard must be at, when it is only to be raised; left out to take the shard from anybody
--
-- Returns the new epoch, as text: a number in Lua is printed with 14 digits only. Nothing when the shard is at another epoch than it must be; but the same
-- as before when the name owns it already, for that is the same call again.

local stored = redis.call('HMGET', KEYS[1], 'epoch', 'owner')
if ARGV[2] and stored[1] ~= ARGV[2] then return stored[2] == ARGV[1] and stored[1] end
local time = redis.call('TIME')
local epoch = string.format('%.0f', math.max(tonumber(stored[1] or 0) + 1, time[1] * 1000000 + time[2]))
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'epoch', epoch)
return epoch
