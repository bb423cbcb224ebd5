-- Removes a job of RQ from its queue or from the scheduled ones, with all that RQ keeps of it. One that a worker has taken meanwhile is left alone.
--
-- KEYS[1] -> rq:queue:{name} (list) or rq:scheduled:{name} (sorted set)
-- KEYS[2] -> rq:job:{id}
-- KEYS[3] -> rq:job:{id}:dependents
-- KEYS[4] -> rq:job::{id}:dependencies
-- ARGV[1] -> the id
--
-- Returns 1 when it was removed, 0 when it was not there any more.
local removed
if redis.call('TYPE', KEYS[1]).ok == 'zset' then
    removed = redis.call('ZREM', KEYS[1], ARGV[1])
else
    removed = redis.call('LREM', KEYS[1], 1, ARGV[1])
end
if removed > 0 then
    redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
end
return removed
