#!lua
-- Renews a node's lease, forgets the nodes whose lease has run out, and shows the cluster. Leases run by this server's clock: the one clock all
-- nodes share.
--
-- KEYS[1]  nodes
-- KEYS[2]  owners
-- ARGV[1]  the node's name; empty only to look
-- ARGV[2]  what the node says of itself
-- ARGV[3]  the lease in milliseconds
--
-- Returns the living nodes as name, what it says; and the owners as shard, name.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[1] ~= '' then
    redis.call('HSET', KEYS[1], ARGV[1], string.format('%015d', now + ARGV[3]) .. ARGV[2])
end

local nodes, living = redis.call('HGETALL', KEYS[1]), {}
for i = 1, #nodes, 2 do
    if tonumber(string.sub(nodes[i + 1], 1, 15)) > now then
        living[#living + 1] = nodes[i]
        living[#living + 1] = string.sub(nodes[i + 1], 16)
    elseif ARGV[1] ~= '' then
        redis.call('HDEL', KEYS[1], nodes[i])
    end
end
return { living, redis.call('HGETALL', KEYS[2]) }
