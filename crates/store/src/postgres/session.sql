-- What a connection of a lane keeps to, whatever the server's settings are.
-- Durable on return: a server that commits faster is slowed down, one that waits for its replicas is left to it.
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
SET default_transaction_isolation = 'read committed';
-- Every statement goes by a key: a plan made while the tables were small must not read them whole when they are large.
SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off;
SET jit = off;
