using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Npgsql;
using Redb.Abstractions.Configuration;
using Redb.Database.Failures;

namespace Redb.Database.Postgres;

/// <summary>Puts what PostgreSQL, or the way there, refused into words. What is a mistake of ours stays an exception.</summary>
internal static class PostgresTrouble
{
    /// <summary>Whether the world is to blame.</summary>
    public static bool IsOfTheWorld(Exception failure) =>
        failure
            is NpgsqlException
                or SocketException
                or TimeoutException
                or IOException
                or UnauthorizedAccessException
                or AuthenticationException
                or CryptographicException;

    /// <summary>A failure of one login.</summary>
    /// <param name="what">What was tried, such as <c>the database cannot be created</c>.</param>
    /// <param name="failure">What came back.</param>
    /// <param name="server">Where.</param>
    /// <param name="login">As whom.</param>
    public static DatabaseFailure Describe(
        string what,
        Exception failure,
        PostgresConfiguration server,
        PostgresLogin login
    )
    {
        var (kind, cause) = Classify(failure);
        return new(kind, $"{what} (PostgreSQL at {Place(server)})", cause, Next(kind, server, login));
    }

    /// <summary>Where a server is, for people.</summary>
    public static string Place(PostgresConfiguration server) =>
        string.Create(CultureInfo.InvariantCulture, $"{server.Host}:{server.Port}");

    private static (DatabaseFailureKind Kind, string Cause) Classify(Exception failure) =>
        failure switch
        {
            PostgresException refusal => (KindOf(refusal), $"{refusal.MessageText} (SQLSTATE {refusal.SqlState})"),
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => (
                DatabaseFailureKind.Unreachable,
                "connection refused, nothing listens there"
            ),
            SocketException
            {
                SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
            } unknown => (DatabaseFailureKind.UnknownHost, unknown.Message),
            SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown } broken => (
                DatabaseFailureKind.Lost,
                broken.Message
            ),
            SocketException unreachable => (DatabaseFailureKind.Unreachable, unreachable.Message),
            TimeoutException => (DatabaseFailureKind.TimedOut, "no answer in time"),
            AuthenticationException or CryptographicException => (DatabaseFailureKind.Tls, failure.Message),
            { InnerException: { } inner } when IsOfTheWorld(inner) => Classify(inner),
            NpgsqlException when failure.Message.Contains("SSL", StringComparison.Ordinal) => (
                DatabaseFailureKind.Tls,
                "the server does not speak TLS"
            ),
            IOException or NpgsqlException => (DatabaseFailureKind.Lost, failure.Message),
            _ => (DatabaseFailureKind.Other, failure.Message),
        };

    private static DatabaseFailureKind KindOf(PostgresException refusal) =>
        refusal.SqlState switch
        {
            // A server that takes encrypted connections only says so in the same breath as one that takes none from here.
            PostgresErrorCodes.InvalidAuthorizationSpecification
                when refusal.MessageText.Contains("no encryption", StringComparison.Ordinal) => DatabaseFailureKind.Tls,
            PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidPassword =>
                DatabaseFailureKind.Credentials,
            PostgresErrorCodes.InvalidCatalogName => DatabaseFailureKind.NoDatabase,
            PostgresErrorCodes.InsufficientPrivilege => DatabaseFailureKind.Rights,
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => DatabaseFailureKind.TimedOut,
            ['5', '3', ..] => DatabaseFailureKind.Full,
            ['5', '7', 'P', ..] or ['0', '8', ..] => DatabaseFailureKind.Lost,
            _ => DatabaseFailureKind.Other,
        };

    private static string Next(DatabaseFailureKind kind, PostgresConfiguration server, PostgresLogin login) =>
        kind switch
        {
            DatabaseFailureKind.Unreachable or DatabaseFailureKind.TimedOut =>
                "start that server, or say where it is with REDB_POSTGRES_HOST and REDB_POSTGRES_PORT or in database.postgres",
            DatabaseFailureKind.UnknownHost => "correct REDB_POSTGRES_HOST or database.postgres.host",
            DatabaseFailureKind.Credentials when login.User == server.User =>
                "set REDB_POSTGRES_USER and REDB_POSTGRES_PASSWORD to an administrator of that server; its pg_hba.conf says from where it lets whom in",
            DatabaseFailureKind.Credentials =>
                $"the keyring has another password for role {login.User} than the server: run redb-supervisor --initialize",
            DatabaseFailureKind.Rights =>
                "give that role the right, or set REDB_POSTGRES_USER and REDB_POSTGRES_PASSWORD to one that has it",
            DatabaseFailureKind.Tls =>
                "see database.postgres.tls and database.postgres.ca, and the server's ssl settings and pg_hba.conf",
            DatabaseFailureKind.NoDatabase => "run redb-supervisor --initialize",
            DatabaseFailureKind.Full => "make room on the server, then run the same command again; nothing was lost",
            DatabaseFailureKind.Lost => "see that the server runs, then run the same command again; nothing was lost",
            _ => "see the server's log, then run the same command again; nothing was lost",
        };
}
