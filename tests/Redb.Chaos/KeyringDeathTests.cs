using System.Collections.Immutable;
using Redb.Chaos.Kit;
using Redb.Keyring.Files;
using Redb.TestKit;

namespace Redb.Chaos;

/// <summary>Processes that write one keyring all the time and are killed at any moment.</summary>
public sealed class KeyringDeathTests : IAsyncLifetime
{
    private const int Usual = 12;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longestRound = TimeSpan.FromMilliseconds(60);

    private readonly Chance _chance = Chance.New();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redb-keyring-");
    private readonly string _file;
    private readonly ImmutableArray<Scribe> _writers;

    public KeyringDeathTests()
    {
        _file = Path.Combine(_folder.FullName, "keyring.json");
        _writers = [.. Enumerable.Range(1, 4).Select(number => new Scribe($"writer{number}", _file))];
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Task.WhenAll(_writers.Select(writer => writer.StartAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers)
        {
            await writer.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Four_writers_that_are_killed_again_and_again_lose_nothing_and_tear_nothing()
    {
        var rounds = new Rounds(Usual, s_longest);
        var (kills, interrupted, leftovers) = (0, 0, 0);

        while (rounds.Next())
        {
            await Scene.QuietAsync(_chance.Within(s_longestRound));
            var victims = _chance.Some(_writers, 1 + _chance.Below(_writers.Length));
            var isInTheMiddle = await Task.WhenAll(victims.Select(victim => victim.KillAsync()));
            kills += victims.Count;
            interrupted += isInTheMiddle.Count(isSo => isSo);
            leftovers += victims.Count == _writers.Length && File.Exists(_file + ".tmp") ? 1 : 0;

            await CheckAsync($"round {rounds.Done}, {_chance}");
            await Task.WhenAll(victims.Select(victim => victim.StartAsync()));
        }

        await EndAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{rounds.Done} rounds in {rounds.Elapsed.TotalSeconds:0} s: {kills} writers killed, {interrupted} of them in the middle of a write, "
                + $"{leftovers} half-written files left and cleaned up; of {_writers.Sum(writer => writer.Done + 1)} confirmed writes 0 lost, 0 torn; {_chance}"
        );
    }

    // Read while the others write on, as a service reads it: without a lock, and only once.
    private async Task CheckAsync(string because)
    {
        var done = _writers.Select(writer => writer.Done).ToList();
        var entries = KeyringPeek.Read(_file, Scribe.Password);
        (await Keyring().ListAsync(Cancellation)).Should().NotBeEmpty(because);
        foreach (var (writer, before) in _writers.Zip(done))
        {
            writer.Listen();
            writer.Check(before, entries, because);
        }
    }

    private async Task EndAsync()
    {
        await Task.WhenAll(_writers.Select(writer => writer.KillAsync()));
        await Keyring().SetAsync([new(new("redb-after", "all"), new("is well"))], Cancellation);
        await CheckAsync($"at the end, {_chance}");
        _folder
            .EnumerateFiles()
            .Select(file => file.Name)
            .Should()
            .BeEquivalentTo(["keyring.json", "keyring.json.lock"], "what was half-written is cleaned up");
    }

    private KeyringFile Keyring() =>
        new(_file, new(Scribe.Password), new() { TornReadPatience = TimeSpan.Zero }, TimeProvider.System);
}
