#!lua
-- Ends a node's lease.
--
-- KEYS[1]  nodes
-- ARGV[1]  the node's name
--
-- Returns whether it had one.

return redis.call('HDEL', KEYS[1], ARGV[1])
