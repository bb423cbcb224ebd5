#!lua flags=no-writes
-- Counts the entries of indexes over shards.
--
-- KEYS     counts of each shard
-- ARGV[1]  what the names of the indexes begin with
--
-- Returns name, count of each index that has entries.

local prefix, sums, names = ARGV[1], {}, {}
for _, key in ipairs(KEYS) do
  local counts = redis.call('HGETALL', key)
  for i = 1, #counts, 2 do
    local name = counts[i]
    if string.sub(name, 1, #prefix) == prefix then
      if not sums[name] then names[#names + 1] = name end
      sums[name] = (sums[name] or 0) + tonumber(counts[i + 1])
    end
  end
end

local answer = {}
for i, name in ipairs(names) do
  answer[2 * i - 1] = name
  answer[2 * i] = sums[name]
end
return answer
