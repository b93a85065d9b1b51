namespace Redb.Cli.Tests.Fakes;

/// <summary>Tells when a text was written.</summary>
internal sealed class SignallingWriter(string text) : StringWriter
{
    public TaskCompletionSource Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.Contains(text, StringComparison.Ordinal) == true)
        {
            Seen.TrySetResult();
        }
    }
}
