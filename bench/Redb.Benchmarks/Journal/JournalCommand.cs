using System.CommandLine;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Benchmarks.World;
using Redb.Grains.Journal;
using Redb.Silo.Journal;

namespace Redb.Benchmarks.Journal;

/// <summary><c>journal</c>: what stands between the death of a service and its replacement on account of the journal.</summary>
internal static class JournalCommand
{
    private const int Batch = 1000;
    private const int Batches = 20;
    private const int Openings = 10;

    private static readonly GroupKey Group = new("bench", "bench");

    public static Command Create()
    {
        var command = new FiguresCommand("journal", "Writing, flushing and opening the journal.");
        var folder = command.Folder("--folder", "Where the journal is written: the disk matters.", ".");
        var entries = command.Number("--entries", "Entries that are flushed one by one.", 5000);
        return command.Measures(parsed => MeasureAsync(parsed.GetRequiredValue(folder), parsed.GetValue(entries)));
    }

    private static async Task<JournalResult> MeasureAsync(string parent, int entries)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, $"redb-journal-{Environment.ProcessId}")).FullName;
        try
        {
            var journal = await OpenAsync(folder);
            // The first ones let the compilers finish.
            await SequentialAsync(journal, entries / 5);
            var began = TimeProvider.System.GetTimestamp();
            var flushes = await SequentialAsync(journal, entries);
            var took = TimeProvider.System.GetElapsedTime(began);
            var (batches, writes) = await BatchesAsync(journal);
            await journal.DisposeAsync();
            var openings = await OpeningsAsync(folder);
            return new(
                Spread.Of(flushes),
                entries / took.TotalSeconds,
                Spread.Of(batches),
                Spread.Of(writes),
                Spread.Of(openings)
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<HostJournal> OpenAsync(string folder)
    {
        var (journal, refusal) = await HostJournal.OpenAsync(
            [(Group.Group, folder)],
            new JournalOptions(),
            TimeProvider.System
        );
        return journal ?? throw new InvalidOperationException(refusal);
    }

    private static async Task<List<double>> SequentialAsync(HostJournal journal, int entries)
    {
        var took = new List<double>(entries);
        for (var i = 0; i < entries; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            journal.Write(Entry("core", i));
            await journal.FlushAsync();
            took.Add(TimeProvider.System.GetElapsedTime(began).TotalMicroseconds);
        }

        return took;
    }

    private static async Task<(List<double> PerSecond, List<double> Writes)> BatchesAsync(HostJournal journal)
    {
        var (rates, writes) = (new List<double>(), new List<double>());
        for (var batch = 0; batch < Batches; batch++)
        {
            var began = TimeProvider.System.GetTimestamp();
            for (var service = 0; service < Batch; service++)
            {
                var before = TimeProvider.System.GetTimestamp();
                journal.Write(Entry($"service-{service:0000}", batch));
                writes.Add(TimeProvider.System.GetElapsedTime(before).TotalMicroseconds);
            }

            await journal.FlushAsync();
            rates.Add(Batch / TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        }

        return (rates, writes);
    }

    private static async Task<List<double>> OpeningsAsync(string folder)
    {
        var took = new List<double>();
        for (var i = 0; i < Openings; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var journal = await OpenAsync(folder);
            took.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            await journal.DisposeAsync();
        }

        return took;
    }

    private static JournalEntry.OfService Entry(string service, int run) =>
        new(
            Group.ToService(service),
            new()
            {
                Wanted = Wanted.Up,
                Phase = ServicePhase.Starting,
                Run = run,
                Since = DateTimeOffset.UnixEpoch.AddSeconds(run),
                Process = new("91cc0e00-faec-4b48-8a0b-32b133db49a1", 4711, "8812345"),
                ServiceId = service,
            },
            [
                new SupervisorEvent(
                    Sequence: run,
                    DateTimeOffset.UnixEpoch,
                    service,
                    EventKind.Exited,
                    $"run {run} of pid 4711 ended: SIGKILL",
                    ServicePhase.Starting,
                    run,
                    string.Join(
                        '\n',
                        Enumerable.Repeat("[2026-11-23 14:32:44.512] [core] [INFO] Log stream opened.", 5)
                    )
                ),
            ]
        );
}
