using System.Security.Cryptography;
using System.Text.Json;
using Redb.Security.Certificates;

namespace Redb.Silo.Cluster;

/// <summary>What the supervisors of one host share: who the host is, who serves which group, and the membership of an embedded cluster.</summary>
internal sealed class ClusterFolder
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int IdLength = 12;

    private ClusterFolder(string path, string hostId) => (Path, HostId) = (path, hostId);

    public string Path { get; }

    /// <summary>The host's id, made once: 12 hexadecimal digits.</summary>
    public string HostId { get; }

    /// <summary>Where the silos of an embedded cluster find each other.</summary>
    public string MembershipFile => System.IO.Path.Combine(Path, "membership.db");

    /// <summary>Where it stands who serves which group.</summary>
    public string ClaimFolder => System.IO.Path.Combine(Path, "claims");

    /// <summary>Opens the folder, and makes it and the host's id where they are missing.</summary>
    /// <exception cref="ClusterException">It cannot be used.</exception>
    public static ClusterFolder Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path, FolderMode);
            var file = System.IO.Path.Combine(path, "host.json");
            var id = Read(file) ?? Create(file);
            var folder = new ClusterFolder(path, id);
            Directory.CreateDirectory(folder.ClaimFolder, FolderMode);
            return folder;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException(
                $"the folder that the supervisors of this host share cannot be used: {failure.Message}\n  see that it is yours and writable, or choose another with cluster.directory",
                failure
            );
        }
    }

    /// <summary>Makes an empty file that only its owner reads; one that is there stays as it is.</summary>
    public static void CreateForOwner(string file)
    {
        if (!File.Exists(file))
        {
            using var created = new FileStream(
                file,
                new FileStreamOptions
                {
                    Mode = System.IO.FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.ReadWrite,
                    UnixCreateMode = FileMode,
                }
            );
        }
    }

    private static string? Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (
                document.RootElement.TryGetProperty("id", out var id)
                && id.GetString() is { Length: IdLength } text
                && text.All(char.IsAsciiHexDigitLower)
            )
            {
                return text;
            }
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Told below: what it holds is no identity.
        }

        throw new ClusterException(
            $"{file} does not hold the identity of this host: it should be {{\"id\": \"{IdLength} hexadecimal digits\"}}\n  restore it, or delete it to give the host a new one"
        );
    }

    // Of two supervisors that do this at once, one wins and both read the same.
    private static string Create(string file)
    {
        PrivateFile.Publish(file, $"{{\"id\": \"{RandomNumberGenerator.GetHexString(IdLength, lowercase: true)}\"}}\n");
        return Read(file)!;
    }
}
