using Npgsql;
using Redb.Database.Failures;
using Redb.Database.Schema;
using Redb.Database.Tests.Kit;

namespace Redb.Database.Tests.Schema;

public sealed class NodeSchemaTests(SharedServer shared)
{
    [Fact]
    public async Task A_fresh_database_gets_every_table_and_three_runs_leave_it_as_the_first_did()
    {
        var site = new Site(shared.Server);

        (await site.InitializeAsync()).Should().BeNull();
        var first = await site.CatalogAsync();
        (await site.InitializeAsync()).Should().BeNull();
        (await site.InitializeAsync()).Should().BeNull();

        (await site.CatalogAsync()).Should().Equal(first);
        (await TablesAsync(site))
            .Should()
            .HaveCount(71)
            .And.BeEquivalentTo(NodeSchema.Expected.Select(table => table.Table));
        (
            await site.RunAsync(
                "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'audit\\_log\\_%'"
            )
        )
            .Should()
            .Be(320L);
        await using var schema = site.Schema();
        (await schema.FindFaultAsync(Site.Token)).Should().BeNull();
    }

    [Fact]
    public async Task Every_column_takes_the_id_that_is_its_default()
    {
        var site = await shared.InitializedAsync();

        var prefixes = await site.LinesAsync(
            "SELECT DISTINCT substring(pg_get_expr(adbin, adrelid) FROM '''(.*)''::text') FROM pg_attrdef WHERE pg_get_expr(adbin, adrelid) LIKE 'generate_ulid%'"
        );

        prefixes
            .Should()
            .Contain(["policy", "filter", "product", "tfio", "tfnode", "tfedge", "raft", "strm", "integration"]);
        foreach (var prefix in prefixes)
        {
            (await site.RunAsync($"SELECT generate_ulid('{prefix}')::text")).Should().BeOfType<string>();
        }
    }

    [Theory]
    [InlineData("nonsense_0000019AB12C000102030405FF")]
    [InlineData("tenant_0000019ab12c000102030405ff")]
    [InlineData("tenant_123")]
    public async Task What_is_no_id_is_refused(string text)
    {
        var site = await shared.InitializedAsync();

        var act = () => site.RunAsync($"SELECT '{text}'::ulid");

        (await act.Should().ThrowAsync<PostgresException>())
            .Which.SqlState.Should()
            .Be(PostgresErrorCodes.CheckViolation);
    }

    [Fact]
    public async Task Ids_that_are_a_millisecond_apart_sort_by_time()
    {
        var site = await shared.InitializedAsync();

        var ids = await site.LinesAsync(
            "SELECT generate_ulid('tenant')::text FROM generate_series(1, 20) AS n, LATERAL (SELECT pg_sleep(0.002 + 0 * n)) AS pause"
        );

        ids.Should().BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Another_supervisors_whole_schema_comes_to_the_same_end_and_keeps_its_rows()
    {
        var fresh = await shared.InitializedAsync();
        var site = await UnversionedAsync();
        await site.RunAsync("INSERT INTO tenants (tenant_name, tenant_url) VALUES ('T', 't')");

        (await site.InitializeSchemaAsync()).Should().BeNull();

        (await site.CatalogAsync()).Should().Equal(await fresh.CatalogAsync());
        (await site.RunAsync("SELECT count(*) FROM tenants")).Should().Be(1L);
    }

    [Theory]
    [InlineData("DROP TABLE data_product_items, data_products, resource_items, resource_containers CASCADE")]
    [InlineData(
        "DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE DOMAIN ulid AS text CHECK (VALUE ~ '^[a-z]{2,10}_')"
    )]
    [InlineData("DROP TABLE audit_log, mesh_streams, policies CASCADE; DROP FUNCTION create_audit_log_partition")]
    [InlineData(
        "DO $$ DECLARE i record; BEGIN FOR i IN SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE '%idx' AND tablename NOT LIKE 'audit%' LOOP EXECUTE format('DROP INDEX IF EXISTS %I', i.indexname); END LOOP; END $$"
    )]
    public async Task A_schema_that_is_half_there_is_completed(string loss)
    {
        var fresh = await shared.InitializedAsync();
        var site = await UnversionedAsync();
        await site.RunAsync(loss);

        (await site.InitializeSchemaAsync()).Should().BeNull();

        (await site.CatalogAsync()).Should().Equal(await fresh.CatalogAsync());
    }

    [Fact]
    public async Task Somebody_elses_tables_are_refused_and_not_touched()
    {
        var site = new Site(shared.Server);
        (await site.PrepareAsync()).Should().BeNull();
        await site.RunAsync("CREATE TABLE users (user_id int, name text); INSERT INTO users VALUES (1, 'Ada')");
        var before = await site.CatalogAsync();

        var failure = await site.InitializeAsync();

        failure!.Kind.Should().Be(DatabaseFailureKind.Unfit);
        failure
            .ToString()
            .Should()
            .Be(
                $"database {site.Database} has tables that reDB cannot use: not found: users.created timestamp without time zone, users.password_changed timestamp without time zone, users.tenant_id ulid!, users.updated timestamp without time zone, users.user_email character varying(255)! and 4 more\n  it was left as it is: name another database in database.name"
            );
        (await site.CatalogAsync()).Should().Equal(before);
        (await site.RunAsync("SELECT name FROM users")).Should().Be("Ada");
    }

    [Fact]
    public async Task A_database_of_a_newer_supervisor_is_refused()
    {
        var site = await shared.InitializedAsync();
        await site.RunAsync(
            "INSERT INTO redb_supervisor.node_versions (scriptname, applied) VALUES ('0999_future', now())"
        );

        (await site.InitializeSchemaAsync())!
            .ToString()
            .Should()
            .Contain("a newer redb-supervisor has made 0999_future there");
    }

    [Fact]
    public async Task What_was_lost_since_is_found_before_services_are_started()
    {
        var site = await shared.InitializedAsync();
        await site.RunAsync("ALTER TABLE nodes DROP COLUMN ip_address");

        await using var schema = site.Schema();
        var fault = await schema.FindFaultAsync(Site.Token);

        fault!.Kind.Should().Be(DatabaseFailureKind.Unfit);
        fault.Cause.Should().Be("not found: nodes.ip_address inet");
    }

    [Fact]
    public async Task An_empty_database_says_what_to_run()
    {
        var site = new Site(shared.Server);
        (await site.PrepareAsync()).Should().BeNull();

        await using var schema = site.Schema();
        var fault = await schema.FindFaultAsync(Site.Token);

        fault!
            .ToString()
            .Should()
            .Be(
                $"database {site.Database} is not ready: its schema has not been made by this supervisor\n  run redb-supervisor --initialize"
            );
    }

    [Fact]
    public async Task The_audit_log_has_a_partition_for_every_month_of_the_next_year_and_rows_move_there()
    {
        var site = await shared.InitializedAsync();
        var tenant = await site.RunAsync(
            "INSERT INTO tenants (tenant_name, tenant_url) VALUES ('T', 't') RETURNING tenant_id::text"
        );
        await site.RunAsync("DO $$ BEGIN EXECUTE 'DROP TABLE ' || to_char(now(), '\"audit_log_\"YYYY_MM'); END $$");
        await site.RunAsync(
            $"INSERT INTO audit_log (tenant_id, user_id, action, resource_type) VALUES ('{tenant}', generate_ulid('user'), 'a', 'r')"
        );

        await using var schema = site.Schema();
        (await schema.EnsurePartitionsAsync(Site.Token)).Should().BeNull();
        (await schema.EnsurePartitionsAsync(Site.Token)).Should().BeNull();

        (await site.RunAsync("SELECT count(*) FROM audit_log_default")).Should().Be(0L);
        (
            await site.RunAsync(
                "SELECT to_char(now(), '\"audit_log_\"YYYY_MM') = tableoid::regclass::text FROM audit_log"
            )
        )
            .Should()
            .Be(true);
        (await site.RunAsync("SELECT count(*) FROM pg_class WHERE relname ~ '^audit_log_[0-9]{4}_[0-9]{2}$'"))
            .Should()
            .Be(13L);
    }

    [Fact]
    public async Task Two_initializations_at_once_make_one_schema()
    {
        var site = new Site(shared.Server);
        (await site.PrepareAsync()).Should().BeNull();

        var failures = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.InitializeSchemaAsync()));

        failures.Should().AllSatisfy(failure => failure.Should().BeNull());
    }

    private static Task<List<string>> TablesAsync(Site site) =>
        site.LinesAsync(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
        );

    // As the supervisor left it that knew no versions: the narrow check, its own names for the indexes, no months of the audit log.
    private async Task<Site> UnversionedAsync()
    {
        var site = await shared.InitializedAsync();
        await site.RunAsync(
            """
            DROP SCHEMA redb_supervisor CASCADE;
            ALTER DOMAIN ulid DROP CONSTRAINT ulid_check;
            ALTER DOMAIN ulid ADD CONSTRAINT old_check CHECK (
                VALUE ~ '^[a-z]{2,10}_[0-9A-F]{26}$' AND split_part(VALUE, '_', 1) IN ('mesh', 'node', 'tenant', 'user', 'pol')
            ) NOT VALID;
            DROP FUNCTION create_audit_log_partition(date);
            CREATE FUNCTION create_audit_log_partition(partition_date date) RETURNS text LANGUAGE sql AS 'SELECT ''''';
            CREATE OR REPLACE FUNCTION generate_ulid(prefix text) RETURNS ulid LANGUAGE plpgsql AS $f$
            BEGIN RETURN prefix || '_' || upper(encode(gen_random_bytes(13), 'hex')); END $f$;
            DO $$
            DECLARE
                old record;
            BEGIN
                FOR old IN SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE '%\_status\_idx' LOOP
                    EXECUTE format('ALTER INDEX %I RENAME TO %I', old.indexname, 'idx_' || old.indexname);
                END LOOP;
                FOR old IN SELECT relname FROM pg_class WHERE relname ~ '^audit_log_[0-9]{4}_[0-9]{2}$' LOOP
                    EXECUTE format('DROP TABLE %I', old.relname);
                END LOOP;
            END
            $$;
            """
        );
        return site;
    }
}
