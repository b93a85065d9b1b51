-- Types and functions that the tables are made of. Every script here completes a database in which some of it is there already:
-- that of a supervisor that knew no versions, or that was stopped half-way.

CREATE EXTENSION IF NOT EXISTS pgcrypto;

DO $block$
BEGIN
    IF to_regtype('join_key_enum') IS NULL THEN
        CREATE TYPE join_key_enum AS ENUM ('OPEN', 'KEY_REQUIRED', 'CLOSED');
    END IF;
    IF to_regtype('status_enum') IS NULL THEN
        CREATE TYPE status_enum AS ENUM (
            'STATUS_HEALTHY', 'STATUS_DEGRADED', 'STATUS_UNHEALTHY', 'STATUS_PENDING', 'STATUS_UNKNOWN', 'STATUS_SUCCESS',
            'STATUS_FAILURE', 'STATUS_STARTING', 'STATUS_STOPPING', 'STATUS_STOPPED', 'STATUS_STARTED', 'STATUS_CREATED',
            'STATUS_DELETED', 'STATUS_UPDATED', 'STATUS_CONNECTED', 'STATUS_DISCONNECTED', 'STATUS_CONNECTING',
            'STATUS_DISCONNECTING', 'STATUS_RECONNECTING', 'STATUS_ERROR', 'STATUS_WARNING', 'STATUS_INFO', 'STATUS_DEBUG',
            'STATUS_TRACE', 'STATUS_EMPTY', 'STATUS_JOINING', 'STATUS_LEAVING', 'STATUS_SEEDING', 'STATUS_ORPHANED',
            'STATUS_SENT', 'STATUS_CANCELLED', 'STATUS_PROCESSING', 'STATUS_DONE', 'STATUS_RECEIVED', 'STATUS_ACTIVE',
            'STATUS_CLEAN', 'STATUS_INCONSISTENT'
        );
    END IF;
    IF to_regtype('ulid') IS NULL THEN
        CREATE DOMAIN ulid AS text;
    END IF;
END
$block$;

-- The check of older databases refuses nine prefixes that columns have as their default. Theirs is replaced whatever its name.
-- NOT VALID: what is stored has passed the narrower check, and PostgreSQL cannot look into arrays of a domain.
DO $block$
DECLARE
    old record;
BEGIN
    FOR old IN SELECT conname FROM pg_constraint WHERE contypid = 'ulid'::regtype AND contype = 'c' LOOP
        EXECUTE format('ALTER DOMAIN ulid DROP CONSTRAINT %I', old.conname);
    END LOOP;
END
$block$;

ALTER DOMAIN ulid ADD CONSTRAINT ulid_check CHECK (
    VALUE ~ '^[a-z]{2,11}_[0-9A-F]{26}$'
    AND split_part(VALUE, '_', 1) IN (
        'mesh', 'node', 'route', 'region', 'tenant', 'user', 'group', 'role', 'perm', 'pol', 'ws', 'env', 'instance', 'db',
        'repo', 'branch', 'commit', 'map', 'maprule', 'rel', 'transform', 'mcpserver', 'mcpres', 'mcptool', 'mcpprompt',
        'audit', 'satellite', 'anchor', 'template', 'apitoken', 'cdcs', 'integration', 'intjob', 'container', 'item', 'stream',
        'policy', 'filter', 'product', 'tfio', 'tfnode', 'tfedge', 'raft', 'strm'
    )
) NOT VALID;

-- Twelve digits for the milliseconds since 1970, so that ids sort by time, and fourteen of chance.
CREATE OR REPLACE FUNCTION generate_ulid(prefix text) RETURNS ulid
LANGUAGE sql VOLATILE AS $body$
    SELECT (
        prefix || '_' || upper(
            lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || encode(gen_random_bytes(7), 'hex')
        )
    )::ulid
$body$;
