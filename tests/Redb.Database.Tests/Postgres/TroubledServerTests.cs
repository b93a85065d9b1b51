using System.Diagnostics;
using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Database.Postgres;
using Redb.Database.Tests.Kit;
using Redb.TestKit.Postgres;

namespace Redb.Database.Tests.Postgres;

/// <summary>Servers of their own, which suffer.</summary>
public sealed class TroubledServerTests
{
    [Fact]
    public async Task A_server_that_goes_in_the_middle_loses_nothing_and_the_next_run_completes()
    {
        await using var server = await PostgresServer.StartAsync();
        var site = new Site(server);
        (await site.PrepareAsync()).Should().BeNull();
        await using var schema = site.Schema();

        // The upgrade waits for a lock that the test holds, with half its statements behind it.
        await using var source = PostgresConnections.Open(site.Configuration, site.Login);
        await using (var holder = await source.OpenConnectionAsync(Site.Token))
        {
            await using var transaction = await holder.BeginTransactionAsync(Site.Token);
            await holder.ExecuteAsync("CREATE TABLE data_products (blocks text)", Site.Token);
            var upgrade = schema.EnsureAsync(Site.Token);
            await WaitsAsync(source);
            await server.StopImmediatelyAsync();

            (await upgrade)!.Kind.Should().BeOneOf(DatabaseFailureKind.Lost, DatabaseFailureKind.Unreachable);
        }

        (await schema.EnsureAsync(Site.Token))!.Kind.Should().Be(DatabaseFailureKind.Unreachable);
        await server.StartAgainAsync();
        (await site.LinesAsync("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")).Should().BeEmpty();
        (await schema.EnsureAsync(Site.Token)).Should().BeNull();
        (await schema.FindFaultAsync(Site.Token)).Should().BeNull();
    }

    [Fact]
    public async Task TLS_is_spoken_and_certificates_are_looked_at_where_that_is_asked_for()
    {
        await using var server = await PostgresServer.StartAsync(new() { IsTls = true });

        (await ReachAsync(server, PostgresTls.Require, "")).Should().BeNull();
        (await ReachAsync(server, PostgresTls.VerifyFull, server.CertificateFile)).Should().BeNull();
        (await ReachAsync(server, PostgresTls.VerifyFull, ""))!.Kind.Should().Be(DatabaseFailureKind.Tls);
        (await ReachAsync(server, PostgresTls.VerifyFull, "/nowhere.pem"))!.Cause.Should().Contain("/nowhere.pem");
        (await ReachAsync(server, PostgresTls.Disable, ""))!.Kind.Should().Be(DatabaseFailureKind.Tls);
        var site = new Site(server) { Configuration = Of(server, PostgresTls.VerifyFull, server.CertificateFile) };
        (await site.InitializeAsync()).Should().BeNull();
    }

    [Fact]
    public async Task A_full_disk_is_said_and_the_next_run_completes()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount a small disk");
        var folder = Directory.CreateTempSubdirectory("redb-pg-").FullName;
        Mount("mount", "-t", "tmpfs", "-o", "size=110m", "tmpfs", folder);
        try
        {
            await using var server = await PostgresServer.StartAsync(new() { Folder = folder });
            var site = new Site(server);
            (await site.PrepareAsync()).Should().BeNull();
            var ballast = Path.Combine(folder, "ballast");
            Fill(ballast);

            var failure = await site.InitializeSchemaAsync();

            failure!.Kind.Should().BeOneOf(DatabaseFailureKind.Full, DatabaseFailureKind.Lost);
            File.Delete(ballast);
            await server.StopImmediatelyAsync();
            await server.StartAgainAsync();
            (await site.InitializeSchemaAsync()).Should().BeNull();
        }
        finally
        {
            Mount("umount", "-l", folder);
            Directory.Delete(folder);
        }
    }

    private static async Task<DatabaseFailure?> ReachAsync(PostgresServer server, PostgresTls tls, string ca)
    {
        await using var administration = new PostgresAdministration(Of(server, tls, ca));
        return (await administration.ReachAsync(Site.Token)).Failure;
    }

    private static PostgresConfiguration Of(PostgresServer server, PostgresTls tls, string ca) =>
        new()
        {
            Host = server.Host,
            Port = server.Port,
            Password = server.Password,
            Tls = tls,
            Ca = ca,
        };

    private static Task WaitsAsync(Npgsql.NpgsqlDataSource source) =>
        Redb.TestKit.Until.TrueAsync(
            async () =>
            {
                await using var command = source.CreateCommand(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                );
                return await command.ExecuteScalarAsync(Site.Token) is > 0L;
            },
            "the upgrade waits for the lock"
        );

    private static void Fill(string ballast)
    {
        using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full, as intended.
        }
    }

    private static void Mount(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }
}
