using CsCheck;
using Redb.Grains.Journal;
using Redb.Silo.Journal;

namespace Redb.Silo.Tests.Journal;

/// <summary>A supervisor that is killed leaves the file as it was and the log up to some byte.</summary>
public sealed class KillTests
{
    private static readonly Gen<(int Service, int Run, int Events, bool Flush)[]> Told = Gen.Select(
        Gen.Int[1, 3],
        Gen.Int[1, 5],
        Gen.Int[0, 2],
        Gen.Bool
    ).Array[1, 40];

    [Fact]
    public Task What_a_killed_supervisor_leaves_is_the_beginning_of_what_it_told() =>
        Gen.Select(Told, Gen.Double.Unit)
            .SampleAsync(
                async sample =>
                {
                    using var folder = new JournalFolder();
                    using var left = new JournalFolder();
                    var states = await TellAsync(folder, sample.Item1, () => Copy(folder, left, sample.Item2));

                    await using var successor = await left.OpenAsync();

                    states.Should().Contain(Recall(successor));
                    Directory.GetFiles(left.Folder, "*damaged*").Should().BeEmpty();
                },
                iter: 40,
                threads: 1
            );

    // Every state the journal has been told, from nothing on.
    private static async Task<List<string>> TellAsync(
        JournalFolder folder,
        (int Service, int Run, int Events, bool Flush)[] told,
        Action kill
    )
    {
        await using var journal = await folder.OpenAsync();
        var services = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var events = 0;
        var states = new List<string> { Text(services, events) };
        foreach (var (service, run, count, flush) in told)
        {
            services[$"s{service}"] = run;
            journal.Write(
                new JournalEntry.OfService(
                    JournalFolder.Group.ToService($"s{service}"),
                    Memories.Full with
                    {
                        Run = run,
                    },
                    [.. Enumerable.Range(events + 1, count).Select(number => Memories.Event(number))]
                )
            );
            events += count;
            states.Add(Text(services, events));
            if (flush)
            {
                await journal.FlushAsync();
            }
        }

        kill();
        return states;
    }

    // The log grows at its end alone, so a copy of it that is cut anywhere is what a kill could have left.
    private static void Copy(JournalFolder from, JournalFolder to, double share)
    {
        File.Copy(from.File, to.File);
        File.Copy(from.File + "-wal", to.File + "-wal");
        using var log = File.OpenWrite(to.File + "-wal");
        log.SetLength((long)(log.Length * share));
    }

    private static string Recall(HostJournal journal)
    {
        var services = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var name in (string[])["s1", "s2", "s3"])
        {
            if (journal.Recall(JournalFolder.Group.ToService(name)) is { } memory)
            {
                services[name] = memory.Run;
            }
        }

        var events = journal.RecallEvents(JournalFolder.Group, 1000);
        events
            .Select(happened => happened.Sequence)
            .Should()
            .Equal(Enumerable.Range(1, events.Length).Select(number => (long)number));
        return Text(services, events.Length);
    }

    private static string Text(SortedDictionary<string, long> services, int events) =>
        $"{string.Join(' ', services.Select(service => $"{service.Key}={service.Value}"))} {events}";
}
