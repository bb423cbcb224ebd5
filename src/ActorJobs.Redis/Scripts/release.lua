#!lua
-- Gives shards back; those of another owner stay as they are.
--
-- KEYS[1]  owners
-- ARGV[1]  the node's name
-- ARGV[2]  and on: the shards
--
-- Returns how many were given back.

local released = 0
for i = 2, #ARGV do
    if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[1] then
        released = released + redis.call('HDEL', KEYS[1], ARGV[i])
    end
end
return released
