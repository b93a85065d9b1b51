using System.Text.Json;
using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Database.Files;

namespace Redb.Database.Providers;

/// <summary>The record in a data folder: whole or not there, however the program ends.</summary>
public static class ProviderRecordFile
{
    /// <summary>Where it is.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "database.json");

    /// <summary>What was decided; nothing where nothing has been.</summary>
    public static Answer<ProviderRecord?> Read(string folder)
    {
        var path = PathIn(folder);
        try
        {
            if (!File.Exists(path))
            {
                return (ProviderRecord?)null;
            }

            var record = JsonSerializer.Deserialize(
                File.ReadAllBytes(path),
                ProviderJsonContext.Default.ProviderRecord
            );
            return record is { Provider: DatabaseProvider.Postgres or DatabaseProvider.Embedded }
                ? record
                : Unreadable(path, "it does not say which provider was chosen");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return Unreadable(path, failure.Message);
        }
    }

    /// <summary>Puts a record in the place of the one before it.</summary>
    public static DatabaseFailure? Write(string folder, ProviderRecord record)
    {
        var path = PathIn(folder);
        var next = path + ".new";
        try
        {
            OwnerFiles.CreateFolder(folder);
            using (var file = OwnerFiles.Create(next, FileMode.Create))
            {
                JsonSerializer.Serialize(file, record, ProviderJsonContext.Default.ProviderRecord);
                file.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: true);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(
                DatabaseFailureKind.Full,
                $"{path} cannot be written",
                failure.Message,
                "see that the data folder is writable and its disk not full, then run the same command again"
            );
        }
    }

    private static DatabaseFailure Unreadable(string path, string cause) =>
        new(
            DatabaseFailureKind.Unfit,
            $"{path} cannot be read",
            cause,
            "it says where this node keeps its data, and was left as it is: restore it from a backup"
        );
}
