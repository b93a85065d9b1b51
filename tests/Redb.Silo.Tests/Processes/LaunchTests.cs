using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Versioning;
using Redb.Abstractions.Configuration;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

[SupportedOSPlatform("linux")]
public sealed class LaunchTests
{
    // Signals 32 and 33, which glibc keeps for its threads and hands to a child ignored.
    private const ulong LibraryOwn = 0x1_8000_0000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_child_leads_a_session_of_its_own()
    {
        await using var site = new LaunchSite();

        var pid = site.Start(site.Order("/bin/sleep", "60"));

        var status = ProcessStatus.Read(pid)!;
        status.Session.Should().Be(pid);
        status.Group.Should().Be(pid);
        status.Parent.Should().Be(Environment.ProcessId);
    }

    [Fact]
    public async Task A_child_has_default_signals_and_blocks_none()
    {
        await using var site = new LaunchSite();

        var pid = site.Start(site.Order("/bin/sleep", "60"));

        var status = await File.ReadAllLinesAsync($"/proc/{pid}/status", Cancellation);
        SignalSet(status, "SigBlk:").Should().Be(0);
        (SignalSet(status, "SigIgn:") & ~LibraryOwn).Should().Be(0);
    }

    [Fact]
    public async Task A_child_inherits_no_descriptor_but_its_own_three()
    {
        await using var site = new LaunchSite();
        using var ours = new InheritableDescriptor();

        // A program that has just begun still has its libraries open: only one that has spoken shows what it inherited.
        var pid = site.Start(site.Shell("echo settled; kill -STOP $$"));
        await site.SaysAsync("settled");

        Descriptors(pid)
            .Should()
            .BeEquivalentTo(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["0"] = "/dev/null",
                    ["1"] = site.LogFile,
                    ["2"] = site.LogFile,
                }
            );
    }

    [Fact]
    public async Task The_log_file_is_opened_for_appending_and_not_for_everyone()
    {
        await using var site = new LaunchSite();

        var pid = site.Start(site.Order("/bin/sleep", "60"));

        var flags = (await File.ReadAllLinesAsync($"/proc/{pid}/fdinfo/1", Cancellation)).First(line =>
            line.StartsWith("flags:", StringComparison.Ordinal)
        );
        (Convert.ToInt32(flags.Split('\t')[1], 8) & 0x400).Should().Be(0x400);
        File.GetUnixFileMode(site.LogFile)
            .Should()
            .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
    }

    [Fact]
    public async Task The_name_as_configured_is_argv_0()
    {
        await using var site = new LaunchSite();

        var pid = site.Start(site.Order("sleep", "60"));

        (await ReadAsync(pid, "cmdline")).Should().Be("sleep\060\0");
    }

    [Fact]
    public async Task The_environment_is_ours_with_changes_laid_over_it()
    {
        await using var site = new LaunchSite();
        Environment.SetEnvironmentVariable("REDB_TEST_KEPT", "kept");
        Environment.SetEnvironmentVariable("REDB_TEST_CHANGED", "before");
        Environment.SetEnvironmentVariable("REDB_TEST_REMOVED", "secret");
        var changes = ImmutableDictionary<string, string?>
            .Empty.Add("REDB_TEST_CHANGED", "after = ü")
            .Add("REDB_TEST_REMOVED", null)
            .Add("REDB_TEST_ADDED", "");

        var pid = site.Start(site.Order("/bin/sleep", "60") with { Environment = changes });

        var environment = (await ReadAsync(pid, "environ")).Split('\0');
        environment
            .Where(entry => entry.StartsWith("REDB_TEST_", StringComparison.Ordinal))
            .Should()
            .BeEquivalentTo("REDB_TEST_KEPT=kept", "REDB_TEST_CHANGED=after = ü", "REDB_TEST_ADDED=");
    }

    [Fact]
    public async Task What_our_service_manager_told_us_is_not_passed_on()
    {
        await using var site = new LaunchSite();
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", "/run/ours");

        var pid = site.Start(site.Order("/bin/sleep", "60"));
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", null);

        (await ReadAsync(pid, "environ")).Should().NotContain("NOTIFY_SOCKET");
    }

    [Fact]
    public async Task The_working_directory_is_that_of_the_order()
    {
        await using var site = new LaunchSite();

        var pid = site.Start(site.Order("/bin/sleep", "60") with { WorkingDirectory = site.Folder });
        var other = site.Start(site.Order("/bin/sleep", "60"));

        new FileInfo($"/proc/{pid}/cwd").LinkTarget.Should().Be(site.Folder);
        new FileInfo($"/proc/{other}/cwd").LinkTarget.Should().Be(Environment.CurrentDirectory);
    }

    [Fact]
    public async Task A_relative_executable_is_resolved_against_our_directory_and_not_the_child_s()
    {
        await using var site = new LaunchSite();
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, "/bin/sleep");

        var pid = site.Start(site.Order(relative, "60") with { WorkingDirectory = "/" });

        (await ReadAsync(pid, "cmdline")).Should().StartWith(relative);
    }

    [Fact]
    public async Task Output_of_both_kinds_is_appended_in_order()
    {
        await using var site = new LaunchSite();
        Directory.CreateDirectory(Path.GetDirectoryName(site.LogFile)!);
        await File.WriteAllTextAsync(site.LogFile, "before\n", Cancellation);

        site.Start(site.Shell("echo one; echo two >&2; echo three"));
        await site.ExitAsync();

        site.Log.Should().Be("before\none\ntwo\nthree\n");
    }

    [Fact]
    public async Task Limits_hold_for_the_child_alone()
    {
        await using var site = new LaunchSite();

        var pid = site.Start(
            site.Order("/bin/sleep", "60") with
            {
                Resources = new ResourceConfiguration { MaxOpenFiles = 77, MaxTasks = 555 },
            }
        );

        Limit(pid, "Max open files").Should().Be((77, 77));
        Limit(pid, "Max processes").Should().Be((555, 555));
        Limit(Environment.ProcessId, "Max open files").Should().NotBe((77, 77));
    }

    // A spawn returns when the new program's memory is in place, a moment before its arguments show.
    private static async Task<string> ReadAsync(int pid, string name)
    {
        await Eventually.True(() => File.ReadAllText($"/proc/{pid}/{name}").Length > 0, Cancellation);
        return await File.ReadAllTextAsync($"/proc/{pid}/{name}", Cancellation);
    }

    private static ulong SignalSet(string[] status, string name) =>
        Convert.ToUInt64(status.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split('\t')[1], 16);

    private static Dictionary<string, string> Descriptors(int pid) =>
        Directory
            .EnumerateFiles($"/proc/{pid}/fd")
            .ToDictionary(
                file => Path.GetFileName(file),
                file => new FileInfo(file).LinkTarget!,
                StringComparer.Ordinal
            );

    private static (int Soft, int Hard) Limit(int pid, string name)
    {
        var line = File.ReadAllLines($"/proc/{pid}/limits")
            .First(text => text.StartsWith(name, StringComparison.Ordinal));
        var fields = line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (int.Parse(fields[0], CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture));
    }
}
