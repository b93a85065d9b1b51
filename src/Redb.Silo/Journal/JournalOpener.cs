using System.Globalization;
using System.Text.Json;
using Redb.Silo.Processes;

namespace Redb.Silo.Journal;

/// <summary>Opens the journal of a data folder; one that is damaged is moved aside and a new one begun.</summary>
internal sealed class JournalOpener(string folder, JournalOptions options, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Log = "-wal";

    // Beside the file: its write-ahead log and the index of that.
    private static readonly string[] Parts = ["", Log, "-shm"];

    /// <summary>The file.</summary>
    public string File { get; } = Path.Combine(folder, "journal.db");

    public JournalOpening Open()
    {
        try
        {
            return TryOpen("");
        }
        catch (Exception failure) when (IsDamage(failure))
        {
            return BeginAnew(failure.Message);
        }
        catch (Exception failure) when (JournalTrouble.IsOfTheWorld(failure))
        {
            return Unusable(failure);
        }
    }

    private JournalOpening BeginAnew(string damage)
    {
        try
        {
            var aside = SetAside();
            return TryOpen(
                $"the journal {File} was damaged ({damage}) and was moved to {aside}; a new one was begun: services that still run are found by their marks, and what was asked of them before is forgotten"
            );
        }
        catch (Exception failure) when (IsDamage(failure) || JournalTrouble.IsOfTheWorld(failure))
        {
            return Unusable(failure);
        }
    }

    private JournalOpening TryOpen(string note)
    {
        var hasLosses = HasLosses();
        CreateForOwner();
        var file = JournalFile.Open(File, options);
        try
        {
            var version = file.Version();
            if (version > JournalSchema.Current)
            {
                file.Dispose();
                return new JournalOpening.Refused(OfNewer(version));
            }

            if (file.FindDamage() is { Length: > 0 } damage)
            {
                throw new InvalidDataException(damage);
            }

            // Of another boot no process is left that newer entries could name; then old ones are worth more than none.
            if (hasLosses && (version == 0 || file.Reader().LastBoot() == BootId.Current))
            {
                throw new InvalidDataException("its write-ahead log cannot be read to the end");
            }

            file.Migrate();
            return new JournalOpening.Opened(file, file.Reader().Read(options.RecalledEvents), note);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private bool HasLosses() =>
        System.IO.File.Exists(File + Log) && WalCheck.HasLosses(System.IO.File.ReadAllBytes(File + Log));

    // What services registered with and were started with is nobody else's business; SQLite gives its other files the same mode.
    private void CreateForOwner()
    {
        if (!System.IO.File.Exists(File))
        {
            using var created = new FileStream(
                File,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    UnixCreateMode = OwnerOnly,
                }
            );
        }
    }

    private string SetAside()
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var aside = $"{File}.damaged-{stamp}";
        foreach (var part in Parts.Where(part => System.IO.File.Exists(File + part)))
        {
            System.IO.File.Move(File + part, aside + part, overwrite: true);
        }

        return aside;
    }

    private JournalOpening Unusable(Exception failure) =>
        JournalTrouble.IsLocked(failure)
            ? new JournalOpening.Refused(JournalTrouble.Held(File))
            : new JournalOpening.Unusable(JournalTrouble.Describe(File, failure));

    private string OfNewer(long version) =>
        $"the journal {File} is of version {version}, this supervisor knows versions up to {JournalSchema.Current}\n  start the newer redb-supervisor that wrote it, or move the file away to begin a new one";

    // Beside what SQLite finds: columns that do not hold what is written there.
    private static bool IsDamage(Exception failure) =>
        JournalTrouble.IsDamage(failure)
        || failure
            is InvalidDataException
                or FormatException
                or ArgumentException
                or InvalidCastException
                or InvalidOperationException
                or OverflowException
                or JsonException;
}
