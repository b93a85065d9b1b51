using Npgsql;
using Redb.Abstractions.Configuration;
using Redb.Database.Failures;

namespace Redb.Database.Postgres;

/// <summary>One login to one database: opens, asks, and turns what the world refuses into a value, once.</summary>
internal sealed class PostgresPort(PostgresConfiguration server, PostgresLogin login) : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _source = new(() => PostgresConnections.Open(server, login));

    public NpgsqlDataSource Source => _source.Value;

    public PostgresLogin Login => login;

    /// <summary>Does something that has a result.</summary>
    /// <param name="what">What fails when it does.</param>
    /// <param name="ask">What is done.</param>
    /// <param name="token">Ends it.</param>
    public async Task<Answer<T>> AskAsync<T>(
        string what,
        Func<NpgsqlConnection, Task<Answer<T>>> ask,
        CancellationToken token
    )
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync(token);
            return await ask(connection);
        }
        catch (Exception failure) when (PostgresTrouble.IsOfTheWorld(failure))
        {
            return Describe(what, failure);
        }
    }

    /// <summary>Does something that has no result.</summary>
    public async Task<DatabaseFailure?> DoAsync(
        string what,
        Func<NpgsqlConnection, Task<DatabaseFailure?>> act,
        CancellationToken token
    ) =>
        (
            await AskAsync(
                what,
                async connection => await act(connection) is { } failure ? failure : (Answer<bool>)true,
                token
            )
        ).Failure;

    /// <summary>A failure of this login in words.</summary>
    public DatabaseFailure Describe(string what, Exception failure) =>
        PostgresTrouble.Describe(what, failure, server, login);

    public async ValueTask DisposeAsync()
    {
        if (_source.IsValueCreated)
        {
            await _source.Value.DisposeAsync();
        }
    }
}
