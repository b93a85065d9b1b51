using Redb.Security.Certificates;

namespace Redb.Security.Connections;

/// <summary>The secret of the silos that share a folder: drawn by the first of them, read by the others.</summary>
internal static class LocalKeyFile
{
    /// <summary>Name of the file, mode 0600.</summary>
    public const string FileName = "local.key";

    /// <summary>Reads the secret of a folder, or draws it.</summary>
    /// <exception cref="CredentialFailure">The file is open to others, or holds something else.</exception>
    public static LocalKey Open(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            Create(folder, file);
        }

        if (PrivateFile.IsOpenToOthers(file))
        {
            throw new CredentialFailure(
                "the key of the local silos is not private",
                $"{file} may be used by others than its owner",
                $"stop the supervisors, remove {file}, and start them again: they draw a new one"
            );
        }

        return LocalKey.Parse(File.ReadAllText(file))
            ?? throw new CredentialFailure(
                "the key of the local silos cannot be used",
                $"{file} does not hold {LocalKey.Bytes} bytes in base64",
                $"stop the supervisors, remove {file}, and start them again: they draw a new one"
            );
    }

    private static void Create(string folder, string file)
    {
        PrivateFile.CreateFolder(folder);
        PrivateFile.Publish(file, LocalKey.Draw().Text + "\n");
    }
}
