namespace Redb.Initialization.Database;

/// <summary>The membership tables of a cluster of several hosts, as initialization needs them. What it refuses is an <see cref="InitializationException"/>.</summary>
internal interface IClusterTables
{
    /// <summary>Whether the role finds everything; changes nothing.</summary>
    /// <param name="password">Of the role that silos use; null where it is still to be made.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when it does, else what is to be done.</returns>
    Task<string?> LookAsync(string? password, CancellationToken cancellationToken);

    /// <summary>Makes what is missing: role, database, tables, rights.</summary>
    Task ProvideAsync(string password, CancellationToken cancellationToken);
}
