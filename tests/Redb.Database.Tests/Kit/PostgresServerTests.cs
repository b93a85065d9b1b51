using Npgsql;
using Redb.TestKit.Postgres;

namespace Redb.Database.Tests.Kit;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task It_answers_again_on_its_old_port_after_every_kind_of_end()
    {
        await using var server = await PostgresServer.StartAsync(new() { IsTls = true });

        await server.RestartAsync();
        await server.StopImmediatelyAsync();
        await server.StartAgainAsync();
        await server.KillAsync();
        await server.StartAgainAsync();

        (await AnswerAsync(server, "SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
            .Should()
            .Be("true");
    }

    private static async Task<object?> AnswerAsync(PostgresServer server, string question)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = question;
        return await command.ExecuteScalarAsync();
    }
}
