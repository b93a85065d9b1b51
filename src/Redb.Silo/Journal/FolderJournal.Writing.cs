namespace Redb.Silo.Journal;

/// <content>The thread that writes.</content>
internal sealed partial class FolderJournal
{
    // Of the writer alone, once it runs.
    private JournalFile? _file;

    private void Run()
    {
        bool isLast;
        do
        {
            isLast = WaitForWork();
            Attempt();
        } while (!isLast);

        _file?.Dispose();
        Release();
        _ended.SetResult();
    }

    // Whether it is the last time.
    private bool WaitForWork()
    {
        if (_file is null && _trouble.Length > 0)
        {
            return _closing.Wait(_options.RetryInterval);
        }

        _wake.Wait();
        return _closing.IsSet;
    }

    private void Attempt()
    {
        var batch = Take();
        try
        {
            _file ??= Reopen();
            if (!File.Exists(_opener.File))
            {
                throw new FileNotFoundException("somebody removed it; leave it where it is");
            }

            if (!batch.IsEmpty || !_file.IsBegun)
            {
                _file.Write(batch);
            }

            Succeed(batch);
            batch = new(_options.PendingEvents);
            _file.CheckpointIfDue();
        }
        catch (Exception failure)
        {
            // Whatever it is, supervision goes on, and the trouble is told; the next attempt begins with a fresh file.
            Fail(batch, failure);
        }
    }

    private JournalFile Reopen() =>
        _opener.Open() switch
        {
            JournalOpening.Opened opened => Told(opened),
            JournalOpening.Unusable unusable => throw new JournalException(unusable.Cause),
            JournalOpening.Refused refused => throw new JournalException(refused.Cause),
            var other => throw new InvalidOperationException($"{other} is no way to open a journal."),
        };

    private JournalFile Told(JournalOpening.Opened opened)
    {
        Tell(opened.Note);
        return opened.File;
    }

    private JournalBatch Take()
    {
        lock (_gate)
        {
            var batch = _gathering;
            if (_isStale)
            {
                _present.CopyTo(batch);
            }

            _gathering = new(_options.PendingEvents);
            _writing = batch;
            _isAwake = false;
            return batch;
        }
    }

    private void Succeed(JournalBatch batch)
    {
        var isOver = false;
        lock (_gate)
        {
            _writing = null;
            _isStale = false;
            isOver = _trouble.Length > 0;
            _trouble = "";
        }

        batch.Release();
        if (isOver || batch.Lost > 0)
        {
            var lost = batch.Lost == 0 ? "nothing is missing" : $"{batch.Lost} events are missing in it";
            Tell($"the journal {_opener.File} is written again: {lost}");
        }
    }

    private void Fail(JournalBatch batch, Exception failure)
    {
        _file?.Dispose();
        _file = null;
        var cause = failure is JournalException ? failure.Message : JournalTrouble.Describe(_opener.File, failure);
        lock (_gate)
        {
            _writing = null;
            _isStale = true;
            SetTrouble(cause);
            _gathering = Renewed(batch, _gathering);
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            _gathering.Release();
        }
    }
}
