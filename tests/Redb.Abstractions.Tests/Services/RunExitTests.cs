using Redb.Abstractions.Services;

namespace Redb.Abstractions.Tests.Services;

public sealed class RunExitTests
{
    [Theory]
    [InlineData(0, null, null, "exit code 0")]
    [InlineData(null, 9, null, "SIGKILL")]
    [InlineData(null, 40, "", "signal 40")]
    [InlineData(null, null, null, "exit code unknown")]
    [InlineData(
        null,
        9,
        "killed for memory: limit 64 MB (cgroup v1)",
        "SIGKILL, killed for memory: limit 64 MB (cgroup v1)"
    )]
    public void It_says_how_a_run_ended_and_what_else_is_known(int? code, int? signal, string? note, string text) =>
        new RunExit(code, signal, DateTimeOffset.UnixEpoch, Note: note).Describe().Should().Be(text);
}
