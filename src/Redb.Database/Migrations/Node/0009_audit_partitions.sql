-- The years that every reDB database has, and the function that makes a month.

CREATE TABLE IF NOT EXISTS audit_log_2024 PARTITION OF audit_log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE IF NOT EXISTS audit_log_2025 PARTITION OF audit_log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE IF NOT EXISTS audit_log_default PARTITION OF audit_log DEFAULT;

-- Anew: an older one may have another result or another name for its parameter.
DROP FUNCTION IF EXISTS create_audit_log_partition(date);

CREATE FUNCTION create_audit_log_partition(day date) RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
    month_begin date := date_trunc('month', day)::date;
    month_end date := (date_trunc('month', day) + interval '1 month')::date;
    partition_name text := to_char(day, '"audit_log_"YYYY_MM');
BEGIN
    IF to_regclass(partition_name) IS NOT NULL THEN
        RETURN;
    END IF;

    -- Nobody writes meanwhile: a row that came into the default partition after its month was emptied would be in the way.
    LOCK TABLE audit_log IN SHARE ROW EXCLUSIVE MODE;
    IF to_regclass(partition_name) IS NOT NULL THEN
        -- Somebody else has made it while we waited.
        RETURN;
    END IF;

    EXECUTE format('CREATE TABLE %I (LIKE audit_log INCLUDING DEFAULTS)', partition_name);
    EXECUTE format(
        'WITH moved AS (DELETE FROM audit_log_default WHERE created >= %L AND created < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
        month_begin, month_end, partition_name
    );
    -- Brings the indexes of the whole with it.
    EXECUTE format(
        'ALTER TABLE audit_log ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition_name, month_begin, month_end
    );
EXCEPTION
    WHEN invalid_object_definition THEN
        -- Another partition has that month.
        RETURN;
END
$body$;
