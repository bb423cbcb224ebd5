#!lua
-- Writes a group of commits, each whole or not at all. All that a section names is of one shard; the caller sends one section at a time on Redis Cluster.
--
-- KEYS, per section: entities, history, leases, unique, counts, then the section's indexes.
-- ARGV[1]            above how many bytes a row's events move to the history
-- ARGV, per section:
--   members, indexes, epoch
--   name             of each member
--   version, head, events, lease, keys     of each member:
--     version        the six bytes expected in the stored row; empty: there must be none; one byte: never there
--     head           the new row's version, schema, length of the state, state; the version alone: the state stays; empty: the row stays;
--                    one byte: the entity goes
--     events         to append, each with its length (4 bytes) before it; empty for a new entity: head is its whole row
--     lease          empty: stays; one byte: goes; else the new lease
--     keys           empty, or flags (1 = release, 2 = claim), length of the released key (4 bytes), released key, claimed key
--   index, leaving, coming, places that leave, ('0', place) that come     of each index; leaving and coming name the members (2 bytes each)
-- A stored row: one byte (1 = older events are in the history), version (6), schema (4), length of the state (4), state, events.
--
-- Lua hashes every byte of every string it meets: what is long is passed on as it came, and put together at most once.
--
-- Returns member, status, holder for each member that was refused, counted from 0 over all sections. Status: 1 another version, 2 another epoch, 3 key held.

local call, sub, byte, unpackBytes = redis.call, string.sub, string.byte, struct.unpack
local CHUNK = 4000 -- Lua's stack holds 8000 arguments
local spillAbove = tonumber(ARGV[1])

local function many(command, key, list, from, to)
  local sum = 0
  for i = from, to, CHUNK do
    sum = sum + call(command, key, unpack(list, i, math.min(i + CHUNK - 1, to)))
  end
  return sum
end

local function swapKeys(unique, name, keys)
  local flags, length = unpackBytes('>BI4', keys)
  local released, claimed = sub(keys, 6, 5 + length), sub(keys, 6 + length)
  if flags >= 2 then
    local holder = call('HGET', unique, claimed)
    if holder and holder ~= name then return 3, holder end
  end
  if flags % 2 == 1 and call('HGET', unique, released) == name then call('HDEL', unique, released) end
  if flags >= 2 then call('HSET', unique, claimed, name) end
  return 0
end

-- A row with many or large events would be copied by each commit: they go where each has a field of its own.
local function moveEvents(history, name, version, events)
  local fields, from, last = {}, 1, unpackBytes('>I6', version)
  while from <= #events do
    local length = unpackBytes('>I4', events, from)
    fields[#fields + 1] = sub(events, from + 4, from + 3 + length)
    from = from + 4 + length
  end
  local list = {}
  for i = 1, #fields do
    list[2 * i - 1] = name .. '\0' .. string.format('%.0f', last - #fields + i)
    list[2 * i] = fields[i]
  end
  many('HSET', history, list, 1, #list)
end

local function rowOf(history, name, row, head, events)
  if not row and events == '' then return head end
  local from = row and 16 + unpackBytes('>I4', row, 12)
  if #events + (row and #row - from + 1 or 0) > spillAbove then
    moveEvents(history, name, sub(head, 1, 6), row and sub(row, from) .. events or events)
    return '\1' .. head
  end
  if row then return sub(row, 1, 1) .. head .. sub(row, from) .. events end
  return '\0' .. head .. events
end

local function forgetEvents(history, name, version)
  local list = {}
  for i = 1, unpackBytes('>I6', version) do list[i] = name .. '\0' .. string.format('%.0f', i) end
  many('HDEL', history, list, 1, #list)
end

-- The owners' arguments without those of refused members.
local function kept(owners, from, width, failed)
  local list = {}
  for i = 0, #owners / 2 - 1 do
    local high, low = byte(owners, 2 * i + 1, 2 * i + 2)
    if not failed[high * 256 + low] then
      for j = from + i * width, from + i * width + width - 1 do list[#list + 1] = ARGV[j] end
    end
  end
  return list
end

local function add(key, owners, from, failed)
  if owners == '' then return 0 end
  if not failed then return many('ZADD', key, ARGV, from, from + #owners - 1) end
  local list = kept(owners, from, 2, failed)
  return many('ZADD', key, list, 1, #list)
end

local function remove(key, owners, from, failed, names)
  if owners == '' then return 0 end
  local list, first, last = ARGV, from, from + #owners / 2 - 1
  if failed then list, first, last = kept(owners, from, 1, failed), 1, nil end
  last = last or #list
  local gone = many('ZREM', key, list, first, last)
  if gone > last - first then return gone end
  -- What was not there may be there with another value, put there by an older build.
  for i = 1, #owners / 2 do
    local high, low = byte(owners, 2 * i - 1, 2 * i)
    local owner = high * 256 + low
    if not (failed and failed[owner]) then
      local place = sub(ARGV[from + i - 1], 1, 8) .. ARGV[names + owner]
      gone = gone + call('ZREMRANGEBYLEX', key, '[' .. place, '(' .. place .. '\0\255')
    end
  end
  return gone
end

local k, a, base, refused = 0, 2, 0, {}
while a <= #ARGV do
  local entities, history, leases, unique, counts = KEYS[k + 1], KEYS[k + 2], KEYS[k + 3], KEYS[k + 4], KEYS[k + 5]
  local members, indexes, epoch, names = tonumber(ARGV[a]), tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2]), a + 2
  local rows = call('HMGET', entities, 'epoch', unpack(ARGV, names + 1, names + members))
  local isStale = tonumber(rows[1] or 0) ~= epoch -- higher than the stored one: of an owner that this server has forgotten
  local failed, set, gone, leased, unleased = nil, {}, {}, {}, {}

  local m = names + members + 1
  for i = 1, members do
    local name, row, status, holder = ARGV[names + i], rows[i + 1], 0, ''
    if isStale then
      status = 2
    elseif (row and sub(row, 2, 7) or '') ~= ARGV[m] then
      status = 1
    elseif ARGV[m + 4] ~= '' then
      status, holder = swapKeys(unique, name, ARGV[m + 4])
    end

    if status ~= 0 then
      failed = failed or {}
      failed[i] = true
      local r = #refused
      refused[r + 1], refused[r + 2], refused[r + 3] = base + i - 1, status, holder or ''
    else
      local head, lease = ARGV[m + 1], ARGV[m + 3]
      if #head == 1 then
        gone[#gone + 1] = name
        if byte(row) == 1 then forgetEvents(history, name, ARGV[m]) end
      elseif head ~= '' then
        if #head == 6 then head = head .. sub(row, 8, 15 + unpackBytes('>I4', row, 12)) end
        local s = #set
        set[s + 1], set[s + 2] = name, rowOf(history, name, row, head, ARGV[m + 2])
      end
      if #lease > 1 then
        local l = #leased
        leased[l + 1], leased[l + 2] = name, lease
      elseif lease ~= '' then
        unleased[#unleased + 1] = name
      end
    end
    m = m + 5
  end
  many('HSET', entities, set, 1, #set)
  many('HDEL', entities, gone, 1, #gone)
  many('HSET', leases, leased, 1, #leased)
  many('HDEL', leases, unleased, 1, #unleased)

  a = m
  for i = 1, indexes do
    local key, leaving, coming = KEYS[k + 5 + i], ARGV[a + 1], ARGV[a + 2]
    local comes = a + 3 + #leaving / 2
    local change = -remove(key, leaving, a + 3, failed, names)
    change = change + add(key, coming, comes, failed)
    if change ~= 0 and call('HINCRBY', counts, ARGV[a], change) == 0 then call('HDEL', counts, ARGV[a]) end
    a = comes + #coming
  end
  k, base = k + 5 + indexes, base + members
end
return refused
