namespace Redb.Configuration.Keys;

/// <summary>The flags that override keys, as they are typed.</summary>
internal static class Flags
{
    public const string Port = "--port";
    public const string DataDirectory = "--data-dir";
    public const string PostgresUser = "--postgres-user";
    public const string PostgresHost = "--postgres-host";
    public const string PostgresPort = "--postgres-port";
    public const string PostgresDatabase = "--postgres-database";
}
