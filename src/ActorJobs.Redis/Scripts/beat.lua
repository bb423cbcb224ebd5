#!lua
-- Renews a node's lease, forgets the nodes whose lease has run out, and shows the cluster. Leases run by this server's clock: the one clock all
-- nodes share. When a known node comes after half a lease in which nobody came, this server was away or its clock has jumped forward: then all
-- known nodes get a new lease. One that ends later than any lease may is from before the clock has jumped back, and has run out.
--
-- KEYS[1]  nodes
-- KEYS[2]  owners
-- ARGV[1]  the node's name; empty only to look
-- ARGV[2]  what the node says of itself
-- ARGV[3]  the lease in milliseconds
--
-- Returns the living nodes as name, what it says; and the owners as shard, name.

local longest = 600000
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function ends(node)
    local at = tonumber(string.sub(node, 1, 15))
    return at - now > longest and 0 or at
end

if ARGV[1] ~= '' then
    local nodes, isKnown, latest = redis.call('HGETALL', KEYS[1]), false, 0
    for i = 1, #nodes, 2 do
        isKnown = isKnown or nodes[i] == ARGV[1]
        latest = math.max(latest, ends(nodes[i + 1]))
    end
    local renewed = string.format('%015d', now + ARGV[3])
    if isKnown and latest < now + ARGV[3] / 2 then
        for i = 1, #nodes, 2 do
            redis.call('HSET', KEYS[1], nodes[i], renewed .. string.sub(nodes[i + 1], 16))
        end
    end
    redis.call('HSET', KEYS[1], ARGV[1], renewed .. ARGV[2])
end

local nodes, living = redis.call('HGETALL', KEYS[1]), {}
for i = 1, #nodes, 2 do
    if ends(nodes[i + 1]) > now then
        living[#living + 1] = nodes[i]
        living[#living + 1] = string.sub(nodes[i + 1], 16)
    elseif ARGV[1] ~= '' then
        redis.call('HDEL', KEYS[1], nodes[i])
    end
end
return { living, redis.call('HGETALL', KEYS[2]) }
