using System.Net.Sockets;
using Npgsql;
using Redb.Silo.Cluster;

namespace Redb.Silo.Hosting;

/// <summary>Puts into words why the supervisor could not start, where the cause is the machine and not a mistake of ours.</summary>
internal static class StartFailure
{
    /// <summary>What failed, why, and what to do next; null for what is a mistake of ours.</summary>
    public static string? Describe(Exception failure) =>
        Root(failure) switch
        {
            ClusterException cause => cause.Message,
            SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } cause => Listener(
                cause,
                "something took the port this moment: start again, or choose another supervisor.port"
            ),
            SocketException { SocketErrorCode: SocketError.AddressNotAvailable } cause => Listener(
                cause,
                "supervisor.bind_address must be an address of this machine, such as 127.0.0.1"
            ),
            SocketException { SocketErrorCode: SocketError.AccessDenied } cause => Listener(
                cause,
                "ports below 1024 belong to root: choose another supervisor.port"
            ),
            SocketException cause => Listener(cause, "see supervisor.bind_address and supervisor.port"),
            IOException or UnauthorizedAccessException => Describe(
                "the supervisor's own files cannot be written",
                Root(failure),
                "see that the data folder is writable and its disk not full, or choose another with --data-dir"
            ),
            NpgsqlException cause => Describe(
                "the cluster's database failed while the silo joined",
                cause,
                "see that it runs; the supervisor tries again by itself"
            ),
            OrleansException or TimeoutException => Describe(
                "the silo cannot start",
                Root(failure),
                "start again; if it stays so, see the supervisor's log in the data folder"
            ),
            _ => null,
        };

    /// <summary>Whether it failed because of other hosts or the database, which may be otherwise a moment later.</summary>
    public static bool IsOfTheCluster(Exception failure) =>
        Root(failure) is NpgsqlException or OrleansException or TimeoutException;

    /// <summary>Lets the next life of this process begin as an island: its services have nobody else.</summary>
    /// <param name="cause">Why it could not join, for people.</param>
    /// <param name="backOff">How soon it tries to join again.</param>
    /// <param name="life">How long this life has lasted.</param>
    public static void NoteIsland(string cause, RestartBackOff backOff, TimeSpan life)
    {
        var (wait, row) = backOff.Next(RestartBackOff.Row, life);
        RestartBackOff.Note(row);
        new FailedJoin(cause, wait).Note();
    }

    private static string Listener(SocketException cause, string next) =>
        Describe("the listeners cannot start", cause, next);

    private static string Describe(string what, Exception cause, string next) => $"{what}: {cause.Message}\n  {next}";

    // What is already in words says more than what was behind it.
    private static Exception Root(Exception failure) =>
        failure is not (ClusterException or NpgsqlException) && failure.InnerException is { } inner
            ? Root(inner)
            : failure;
}
