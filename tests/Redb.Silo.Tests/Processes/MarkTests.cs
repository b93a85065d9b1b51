using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

public sealed class MarkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("g/s#1@/data", "g", "s", 1, "/data")]
    [InlineData("my-group/a.b_c#42@/odd #@/fold er", "my-group", "a.b_c", 42, "/odd #@/fold er")]
    public void A_mark_is_read_as_it_was_written(string text, string group, string service, long run, string folder)
    {
        RunMark.TryParse(text, out var mark).Should().BeTrue();

        mark.Should().Be(new RunMark(group, service, run, folder));
        mark!.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("g/s#1")]
    [InlineData("g/s@/data")]
    [InlineData("s#1@/data")]
    [InlineData("g/s#-1@/data")]
    [InlineData("g/s#@/data")]
    public void What_is_no_mark_is_none(string text) => RunMark.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public async Task Every_run_bears_its_own_mark_and_not_that_of_its_supervisor()
    {
        await using var site = new LaunchSite();
        Environment.SetEnvironmentVariable(RunMark.Variable, "outer/redb#1@/outer");
        var order = site.Order("/bin/sleep", "60");

        var pid = site.Start(order);
        var passedOn = ChildEnvironment.With([]);
        Environment.SetEnvironmentVariable(RunMark.Variable, null);

        await Eventually.True(() => RunMark.Of(pid) is not null, Cancellation);
        RunMark.Of(pid).Should().Be(site.Earlier.Mark(site.Service, order.Run.Value));
        passedOn.Should().NotContain(entry => entry.StartsWith(RunMark.Variable, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mark_is_found_behind_an_environment_of_any_length()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var filler = order.Environment.Add("REDB_TEST_FILLER", new string('x', 100_000));

        var pid = site.Start(order with { Environment = filler });

        await Eventually.True(() => RunMark.Of(pid)?.Run == order.Run.Value, Cancellation);
    }

    [Fact]
    public async Task A_process_without_the_variable_bears_no_mark()
    {
        await using var site = new LaunchSite();
        var plain = await EarlierSupervisor.LaunchUnderAsync(site.Order("/bin/sleep", "60"), mark: null);

        var mark = RunMark.Of(plain.Pid);
        _ = Libc.Kill(plain.Pid, Libc.SigKill);

        mark.Should().BeNull();
        RunMark.Of(int.MaxValue).Should().BeNull();
    }
}
