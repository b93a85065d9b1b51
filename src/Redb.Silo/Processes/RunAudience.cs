using Redb.Grains.Services;

namespace Redb.Silo.Processes;

/// <summary>Who hears of a run: its grain. A run that is launched ahead has none yet: its news waits until the grain has ordered it.</summary>
internal sealed class RunAudience
{
    private readonly TaskCompletionSource<IRunReports?> _hearer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public RunAudience() { }

    public RunAudience(IRunReports reports) => Admit(reports);

    /// <summary>Done as soon as the run says that it is ready, whether or not anybody hears of it yet.</summary>
    public Action WhenReady { get; init; } = () => { };

    /// <summary>For a run whose end is known already.</summary>
    public static RunAudience Nobody { get; } = Empty();

    /// <summary>Says who hears of the run from now on, and what has been told so far; null when nobody ever will.</summary>
    public void Admit(IRunReports? reports) => _hearer.SetResult(reports);

    /// <summary>Completes when it is known who hears of the run.</summary>
    public Task AdmittedAsync() => _hearer.Task.WaitAsync(CancellationToken.None);

    /// <summary>Tells the news, once it is known to whom.</summary>
    public async ValueTask TellAsync(Func<IRunReports, ValueTask> news)
    {
        if (await _hearer.Task.WaitAsync(CancellationToken.None) is { } hearer)
        {
            await news(hearer);
        }
    }

    private static RunAudience Empty()
    {
        var empty = new RunAudience();
        empty.Admit(null);
        return empty;
    }
}
