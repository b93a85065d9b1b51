using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Redb.Silo.Journal;

/// <summary>The versions of the journal's tables: one numbered script leads to each from the one before.</summary>
internal static class JournalSchema
{
    private const string Folder = "Redb.Silo.Journal.Migrations.";

    private static readonly string[] Scripts =
    [
        .. Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The version that this program writes; the first is 1.</summary>
    public static int Current => Scripts.Length;

    /// <summary>Brings a journal to <see cref="Current"/>, all in one transaction.</summary>
    /// <param name="connection">The journal.</param>
    /// <param name="from">Its version; 0 for an empty file.</param>
    public static void Migrate(SqliteConnection connection, long from)
    {
        if (from >= Current)
        {
            return;
        }

        var steps = Scripts.Skip((int)from).Select(Read);
        using var command = connection.CreateCommand();
        // Names and numbers of our own: PRAGMA takes no parameters.
#pragma warning disable CA2100
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"BEGIN IMMEDIATE;\n{string.Join('\n', steps)}\nPRAGMA user_version = {Current};\nCOMMIT;"
        );
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string Read(string script)
    {
        using var text = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream(script)
                ?? throw new InvalidOperationException($"{script} is not embedded.")
        );
        return text.ReadToEnd();
    }
}
