namespace Redb.Silo.Hosting;

/// <summary>Replaces files that only their owner may read (0600) in one step: a reader finds the old one or the new one, and never half of one.</summary>
internal static class WholeFile
{
    /// <summary>Puts what is written in the place of a file, or of none.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Replace(string file, Action<Stream> write)
    {
        var fresh = file + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var stream = new FileStream(fresh, options))
        {
            write(stream);
        }

        File.Move(fresh, file, overwrite: true);
    }
}
