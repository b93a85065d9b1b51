using Redb.Initialization.Steps;

namespace Redb.Initialization.Start;

/// <summary>Gathers what is open, and tells nobody.</summary>
internal sealed class OpenSteps : IInitializationReport
{
    public List<string> Open { get; } = [];

    public void Tell((int Number, int Count) place, string step, StepNews news, string text, TimeSpan elapsed)
    {
        if (news == StepNews.Planned)
        {
            Open.Add($"step {step} is open: {text}");
        }
    }
}
