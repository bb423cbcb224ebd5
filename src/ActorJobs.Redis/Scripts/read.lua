#!lua flags=no-writes
-- Reads entities with their leases, of one moment.
--
-- KEYS, per shard: entities, leases
-- ARGV, per shard: how many names, the names
--
-- Returns row and lease of each name, in order; nil where there is none. A row ends with its state: the events stay here.

local answers, a, n = {}, 1, 0
for k = 1, #KEYS, 2 do
  local count = tonumber(ARGV[a])
  local rows = redis.call('HMGET', KEYS[k], unpack(ARGV, a + 1, a + count))
  local leases = redis.call('HMGET', KEYS[k + 1], unpack(ARGV, a + 1, a + count))
  for i = 1, count do
    local row = rows[i]
    answers[n + 1] = row and string.sub(row, 1, 15 + struct.unpack('>I4', row, 12))
    answers[n + 2] = leases[i]
    n = n + 2
  end
  a = a + 1 + count
end
return answers
