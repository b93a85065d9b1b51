using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Instances;

namespace Redb.Initialization.Interview;

/// <summary>What has to be known to reach PostgreSQL as its administrator (contract, 6.2 step 1).</summary>
internal static class AdministratorQuestions
{
    public static ImmutableArray<Question> All { get; } =
    [
        new(
            "Enter PostgreSQL username",
            "--postgres-user",
            "REDB_POSTGRES_USER",
            access => access.User,
            (access, text) => access with { User = text }
        ),
        new(
            "Enter PostgreSQL password",
            "",
            "REDB_POSTGRES_PASSWORD",
            access => access.Password,
            (access, text) => access with { Password = text }
        ),
        new(
            "Enter PostgreSQL host",
            "--postgres-host",
            "REDB_POSTGRES_HOST",
            access => access.Host,
            (access, text) => access with { Host = text }
        ),
        new(
            "Enter PostgreSQL port",
            "--postgres-port",
            "REDB_POSTGRES_PORT",
            access => access.Port.ToString(CultureInfo.InvariantCulture),
            (access, text) =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                && PortTable.IsPort(port)
                    ? access with
                    {
                        Port = port,
                    }
                    : null
        ),
    ];

    /// <summary>All the ways to answer without a terminal, for people.</summary>
    public static string Sources { get; } = string.Join(", ", All.Select(question => question.Sources));
}
