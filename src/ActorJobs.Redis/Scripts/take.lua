#!lua
-- Makes a living node the owner of those shards that have no other living owner.
--
-- KEYS[1]  nodes
-- KEYS[2]  owners
-- ARGV[1]  the node's name
-- ARGV[2]  and on: the shards
--
-- Returns the shards it owns now.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function lives(name)
    local node = redis.call('HGET', KEYS[1], name)
    local left = node and tonumber(string.sub(node, 1, 15)) - now
    return left and left > 0 and left <= 600000 -- no lease is longer: the clock has jumped back
end

local taken = {}
if not lives(ARGV[1]) then
    return taken
end
for i = 2, #ARGV do
    local owner = redis.call('HGET', KEYS[2], ARGV[i])
    if not owner or owner == ARGV[1] or not lives(owner) then
        redis.call('HSET', KEYS[2], ARGV[i], ARGV[1])
        taken[#taken + 1] = ARGV[i]
    end
end
return taken
