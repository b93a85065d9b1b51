using System.Globalization;
using Npgsql;
using Redb.Abstractions.Configuration;

namespace Redb.Database.Postgres;

/// <summary>Opens connections with exactly what is configured: nothing comes from <c>PG*</c> variables or the files of libpq.</summary>
internal static class PostgresConnections
{
    /// <summary>How we appear in <c>pg_stat_activity</c>.</summary>
    private const string Name = "redb-supervisor";

    // Npgsql counts in whole seconds, and takes 0 for ever.
    private const int MostSeconds = 1024;

    public static NpgsqlDataSource Open(PostgresConfiguration server, PostgresLogin login) =>
        NpgsqlDataSource.Create(Settings(server, login));

    public static NpgsqlConnectionStringBuilder Settings(PostgresConfiguration server, PostgresLogin login) =>
        new()
        {
            ApplicationName = Name,
            Host = server.Host,
            Port = server.Port,
            Username = login.User,
            Database = login.Database,
            SslMode = ModeOf(server.Tls),
            RootCertificate = server.Ca.Length > 0 ? server.Ca : null,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Password = login.Password,
            // Bounds the wait for locks, and takes the place of what PGOPTIONS says.
            Options = string.Create(
                CultureInfo.InvariantCulture,
                $"-c lock_timeout={(long)server.CommandTimeout.TotalMilliseconds}"
            ),
            SearchPath = "public",
            Timeout = Math.Clamp((int)Math.Ceiling(server.ConnectTimeout.TotalSeconds), 1, MostSeconds),
            CommandTimeout = Math.Max((int)Math.Ceiling(server.CommandTimeout.TotalSeconds), 1),
            MaxPoolSize = 4,
            IncludeErrorDetail = false,
        };

    private static SslMode ModeOf(PostgresTls tls) =>
        tls switch
        {
            PostgresTls.Disable => SslMode.Disable,
            PostgresTls.Require => SslMode.Require,
            PostgresTls.VerifyCa => SslMode.VerifyCA,
            PostgresTls.VerifyFull => SslMode.VerifyFull,
            _ => SslMode.Prefer,
        };
}
