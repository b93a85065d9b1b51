using System.Collections.Immutable;
using System.Threading.Channels;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;

namespace Redb.Silo.Journal;

/// <summary>
/// The journal of one data folder. Entries gather in a batch; one thread writes the batch in one transaction while the
/// next gathers. While that fails everything goes on from memory, and once it works again the whole present state is written.
/// </summary>
internal sealed partial class FolderJournal : IAsyncDisposable
{
    private const int KeptNews = 100;

    private readonly JournalOpener _opener;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly Recalled _recalled;
    private readonly PresentState _present;
    private readonly Channel<string> _news = Channel.CreateBounded<string>(
        new BoundedChannelOptions(KeptNews) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(1);
    private readonly ManualResetEventSlim _closing = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _patience;

    // Under the gate.
    private JournalBatch _gathering;
    private JournalBatch? _writing;
    private bool _isAwake = true;
    private bool _isWatched;
    private bool _isStale;

    private volatile string _trouble = "";

    private FolderJournal(JournalOpener opener, JournalOptions options, TimeProvider time, JournalOpening opening)
    {
        _opener = opener;
        _options = options;
        _time = time;
        (_file, _recalled, var note) = opening is JournalOpening.Opened opened
            ? (opened.File, opened.Recalled, opened.Note)
            : (null, Recalled.Nothing, "");
        _present = new(_recalled);
        _gathering = new(options.PendingEvents);
        _patience = time.CreateTimer(_ => LosePatience(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Tell(note);
        if (opening is JournalOpening.Unusable unusable)
        {
            SetTrouble(unusable.Cause);
        }
    }

    /// <summary>What people should be told of the journal itself, one sentence each: damage, trouble and its end.</summary>
    public ChannelReader<string> News => _news.Reader;

    /// <inheritdoc cref="IJournal.Trouble"/>
    public string Trouble => _trouble;

    /// <summary>Opens the journal and starts its writer. A journal that cannot be used now is in trouble from the beginning.</summary>
    /// <param name="folder">The data folder; held by this process.</param>
    /// <param name="options">Settings.</param>
    /// <param name="time">Clock.</param>
    /// <returns>The journal, or the sentence that says why nothing is to be started.</returns>
    public static (FolderJournal? Journal, string Refusal) Open(
        string folder,
        JournalOptions options,
        TimeProvider time
    )
    {
        var opener = new JournalOpener(folder, options, time);
        var opening = opener.Open();
        if (opening is JournalOpening.Refused refused)
        {
            return (null, refused.Cause);
        }

        var journal = new FolderJournal(opener, options, time, opening);
        new Thread(journal.Run) { Name = "journal", IsBackground = true }.Start();
        return (journal, "");
    }

    public ServiceMemory? Recall(string group, string service) =>
        _recalled.Services.GetValueOrDefault((group, service));

    public GroupMemory? Recall(string group) => _recalled.Groups.GetValueOrDefault(group);

    public ImmutableArray<SupervisorEvent> RecallEvents(string group, int count) =>
        _recalled.Events.TryGetValue(group, out var events) ? events[int.Max(0, events.Length - count)..] : [];

    /// <inheritdoc cref="IJournal.ReadEventsAsync"/>
    public ImmutableArray<SupervisorEvent> ReadEvents(string group, long before, int count)
    {
        try
        {
            using var file = JournalFile.OpenToRead(_opener.File, _options);
            return file.Reader().Events(group, count, before);
        }
        catch (Exception failure) when (JournalTrouble.IsOfTheWorld(failure))
        {
            // The writer finds the same, and says so.
            return [];
        }
    }

    /// <inheritdoc cref="IJournal.Write"/>
    public void Write(JournalEntry entry)
    {
        lock (_gate)
        {
            _present.Take(entry, _gathering);
            if (!_isAwake)
            {
                _isAwake = true;
                _wake.Release();
            }
        }
    }

    /// <inheritdoc cref="IJournal.FlushAsync"/>
    public ValueTask FlushAsync()
    {
        lock (_gate)
        {
            var last = _gathering.IsEmpty ? _writing : _gathering;
            if (last is null || _trouble.Length > 0)
            {
                return default;
            }

            last.AwaitedSince ??= _time.GetTimestamp();
            if (!_isWatched)
            {
                _isWatched = true;
                _patience.Change(_options.FlushPatience, Timeout.InfiniteTimeSpan);
            }

            return new(last.Done.Task);
        }
    }

    /// <summary>Writes what is left, for a bounded time, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _closing.Set();
        _wake.Release();
        try
        {
            await _ended.Task.WaitAsync(_options.ClosePatience, _time);
        }
        catch (TimeoutException)
        {
            // The disk hangs: the thread ends with the process.
        }

        await _patience.DisposeAsync();
        _news.Writer.TryComplete();
    }

    // Somebody waits, and the timer went off.
    private void LosePatience()
    {
        lock (_gate)
        {
            if ((_writing?.AwaitedSince ?? _gathering.AwaitedSince) is not { } since)
            {
                _isWatched = false;
                return;
            }

            var left = _options.FlushPatience - _time.GetElapsedTime(since);
            if (left > TimeSpan.Zero)
            {
                _patience.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }

            _isWatched = false;
            SetTrouble(JournalTrouble.Slow(_opener.File, _options.FlushPatience));
            _writing?.Release();
            _gathering = Renewed(_gathering);
        }
    }

    // Those who wait for these go on; who comes once the trouble is over waits for the new one.
    private JournalBatch Renewed(params ReadOnlySpan<JournalBatch> batches)
    {
        var renewed = new JournalBatch(_options.PendingEvents);
        foreach (var batch in batches)
        {
            renewed.Add(batch);
            batch.Release();
        }

        return renewed;
    }

    private void SetTrouble(string cause)
    {
        if (_trouble.Length == 0)
        {
            Tell(cause);
        }

        _trouble = cause;
    }

    private void Tell(string news)
    {
        if (news.Length > 0)
        {
            _news.Writer.TryWrite(news);
        }
    }
}
