#!lua flags=no-writes
-- Reads a page of an entity's events.
--
-- KEYS[1]  entities
-- KEYS[2]  history
-- ARGV[1]  name
-- ARGV[2]  begin behind this version
-- ARGV[3]  at most so many
--
-- Returns the events in order, or nothing when there is no such entity.

local row = redis.call('HGET', KEYS[1], ARGV[1])
if not row then return {} end

local events, from = {}, 16 + struct.unpack('>I4', row, 12)
while from <= #row do
  local length = struct.unpack('>I4', row, from)
  events[#events + 1] = string.sub(row, from + 4, from + 3 + length)
  from = from + 4 + length
end

local version = struct.unpack('>I6', row, 2)
local moved = version - #events -- events up to this one have moved to the history
local first, last = tonumber(ARGV[2]) + 1, math.min(tonumber(ARGV[2]) + tonumber(ARGV[3]), version)

local page = {}
for chunk = first, math.min(last, moved), 4000 do
  local fields = {}
  for i = chunk, math.min(chunk + 3999, last, moved) do fields[#fields + 1] = ARGV[1] .. '\0' .. string.format('%.0f', i) end
  for _, event in ipairs(redis.call('HMGET', KEYS[2], unpack(fields))) do page[#page + 1] = event end
end
for i = math.max(first, moved + 1), last do page[#page + 1] = events[i - moved] end
return page
