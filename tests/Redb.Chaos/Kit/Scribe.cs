using System.Globalization;
using Redb.KeyringWriter;
using Redb.TestKit;

namespace Redb.Chaos.Kit;

/// <summary>One writer of a keyring: a process that is killed and replaced, and what must be in the keyring because of it.</summary>
/// <param name="name">Its name, and its entries' part in the keyring.</param>
/// <param name="file">The keyring.</param>
internal sealed class Scribe(string name, string file) : IAsyncDisposable
{
    /// <summary>The master password of all writers.</summary>
    public const string Password = "master of the torment";

    private const string WantedWord = "want";
    private const string DoneWord = "done";

    private Child? _process;

    /// <summary>The last number whose write was confirmed to its writer; -1 for none.</summary>
    public long Done { get; private set; } = -1;

    /// <summary>The last number that was begun to be written.</summary>
    public long Wanted { get; private set; } = -1;

    /// <summary>Starts a process, which goes on with the first number that was not confirmed, and returns once it has written one.</summary>
    public async Task StartAsync()
    {
        _process = Child.Start(
            Programs.KeyringWriter,
            [file, name, (Done + 1).ToString(CultureInfo.InvariantCulture)],
            Path.GetDirectoryName(file)!,
            (WrittenSlots.PasswordVariable, Password)
        );
        await _process.LineAsync(DoneWord);
    }

    /// <summary>Kills the process, and takes note of all that it has said. True when it died in the middle of a write.</summary>
    public async Task<bool> KillAsync()
    {
        _process!.Signal("KILL");
        await _process.EndAsync();
        Listen();
        await _process.DisposeAsync();
        _process = null;
        return Wanted > Done;
    }

    /// <summary>Takes note of what the process has said so far.</summary>
    public void Listen()
    {
        var lines = _process?.Lines ?? [];
        Wanted = Last(lines, WantedWord) ?? Wanted;
        Done = Last(lines, DoneWord) ?? Done;
    }

    /// <summary>Sees that every pair of entries holds a value that was the last one, at some moment between two looks at the process.</summary>
    /// <param name="done">What was confirmed before the keyring was read.</param>
    /// <param name="keyring">The keyring, as it was read in one piece.</param>
    /// <param name="because">What happened.</param>
    public void Check(long done, IReadOnlyDictionary<string, string> keyring, string because)
    {
        for (var slot = 0; slot < WrittenSlots.Count; slot++)
        {
            var values = WrittenSlots
                .UsersOf(slot)
                .Select(user => keyring.GetValueOrDefault($"{WrittenSlots.ServiceOf(name)}:{user}"))
                .Distinct(StringComparer.Ordinal)
                .ToList();

            values.Should().ContainSingle($"the two entries {slot} of {name} are written together ({because})");
            Candidates(slot, done)
                .Should()
                .Contain(values[0], $"{name} had {done} confirmed and has begun {Wanted}, slot {slot} ({because})");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    // The last write of the slot that was confirmed, and those that were begun afterwards.
    private IEnumerable<string?> Candidates(int slot, long done)
    {
        var confirmed = done - ((done - slot) % WrittenSlots.Count);
        var first = done < slot ? null : WrittenSlots.ValueOf(confirmed);
        var next = done < slot ? slot : confirmed + WrittenSlots.Count;
        return Numbers(next).Select(WrittenSlots.ValueOf).Prepend(first);
    }

    private IEnumerable<long> Numbers(long next)
    {
        for (; next <= Wanted; next += WrittenSlots.Count)
        {
            yield return next;
        }
    }

    private static long? Last(IReadOnlyCollection<string> lines, string word) =>
        lines.LastOrDefault(line => line.StartsWith(word, StringComparison.Ordinal)) is { } line
            ? long.Parse(line.AsSpan(word.Length), CultureInfo.InvariantCulture)
            : null;
}
