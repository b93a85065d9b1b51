using System.Globalization;
using Redb.Grains.Journal;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

public sealed class ProcessGroupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_kernel_s_help_a_group_is_signalled_only_when_its_leader_is_the_same()
    {
        await using var site = new LaunchSite();
        var (identity, member) = await GroupAsync(site);

        var stranger = ProcessGroup.SignalByNumber(identity.Pid, "1", Libc.SigKill);
        var survived = ProcessStatus.Read(identity.Pid) is { IsDead: false };
        var same = ProcessGroup.SignalByNumber(identity.Pid, identity.StartTicks, Libc.SigKill);

        stranger.Should().BeFalse();
        survived.Should().BeTrue();
        same.Should().BeTrue();
        await Eventually.True(() => IsGone(identity.Pid) && IsGone(member), Cancellation);
    }

    [Fact]
    public async Task Without_the_kernel_s_help_the_members_of_a_group_are_ended_one_by_one_when_its_leader_is_gone()
    {
        await using var site = new LaunchSite();
        var (identity, member) = await GroupAsync(site);
        _ = Libc.Kill(identity.Pid, Libc.SigKill);
        await Eventually.True(() => ProcessStatus.Read(identity.Pid) is null, Cancellation, "the leader is reaped");

        ProcessGroup.SignalByNumber(identity.Pid, identity.StartTicks, Libc.SigKill).Should().BeTrue();

        await Eventually.True(() => IsGone(member), Cancellation);
    }

    [Fact]
    public async Task How_a_process_ended_is_known_even_when_it_was_reaped_before_we_looked()
    {
        await using var site = new LaunchSite();
        var identity = await site.Earlier.LaunchAsync(site.Order("/bin/sleep", "60"));
        using var descriptor = PidFd.Open(identity.Pid)!;
        _ = Libc.Kill(identity.Pid, 15);
        await Eventually.True(() => ProcessStatus.Read(identity.Pid) is null, Cancellation, "it is reaped");

        var exit = ForeignExit.Read(descriptor, identity.Pid, identity.StartTicks);

        // Kernels before 6.15 do not tell.
        exit.Should().BeOneOf(new ChildExit(null, 15), default);
    }

    private static async Task<(RunIdentity Leader, int Member)> GroupAsync(LaunchSite site)
    {
        var leader = await site.Earlier.LaunchAsync(site.Shell("sleep 60 & echo member=$!; exec sleep 60"));
        return (leader, int.Parse(await site.SaysAsync("member="), CultureInfo.InvariantCulture));
    }

    private static bool IsGone(int pid) => ProcessStatus.Read(pid) is null or { IsDead: true };
}
