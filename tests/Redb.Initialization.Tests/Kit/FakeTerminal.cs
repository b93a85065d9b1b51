using Redb.Initialization.Interview;

namespace Redb.Initialization.Tests.Kit;

/// <summary>A terminal with answers prepared, in their order.</summary>
internal sealed class FakeTerminal : ITerminal
{
    public bool IsInteractive { get; set; }

    public Queue<string?> Answers { get; } = [];

    public List<string> Asked { get; } = [];

    public List<string> Said { get; } = [];

    public void Say(string text) => Said.Add(text);

    public Task<string?> AskAsync(string prompt, bool isSecret, CancellationToken cancellationToken)
    {
        IsInteractive.Should().BeTrue("nobody is asked where nobody sits");
        Asked.Add(isSecret ? $"{prompt}(unseen)" : prompt);
        return Task.FromResult(Answers.TryDequeue(out var answer) ? answer : null);
    }
}
