using System.Runtime.Versioning;
using Redb.Abstractions.Configuration;

namespace Redb.Silo.Tests.Processes;

[SupportedOSPlatform("linux")]
public sealed class RefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_path_that_leads_nowhere_is_named()
    {
        await using var site = new LaunchSite();

        site.Refusal(site.Order("/no/such/program")).Should().Be("executable /no/such/program does not exist.");
    }

    [Fact]
    public async Task A_bare_name_that_PATH_does_not_know_is_named_with_PATH()
    {
        await using var site = new LaunchSite();

        site.Refusal(site.Order("no-such-program"))
            .Should()
            .Be($"executable no-such-program was not found in PATH ({Environment.GetEnvironmentVariable("PATH")}).");
    }

    [Fact]
    public async Task A_bare_name_is_never_taken_from_the_current_directory()
    {
        await using var site = new LaunchSite();
        var name = $"redb-test-{Guid.NewGuid():n}";
        var path = Path.Combine(Environment.CurrentDirectory, name);
        await WriteProgramAsync(path, "#!/bin/sh\n");

        var refusal = site.Refusal(site.Order(name));
        File.Delete(path);

        refusal.Should().Contain("not found in PATH");
    }

    [Fact]
    public async Task A_file_without_execute_permission_is_named()
    {
        await using var site = new LaunchSite();
        var path = Path.Combine(site.Folder, "program");
        await File.WriteAllTextAsync(path, "#!/bin/sh\n", Cancellation);

        site.Refusal(site.Order(path)).Should().Be($"executable {path} is not executable for this user.");
    }

    [Fact]
    public async Task A_directory_is_named()
    {
        await using var site = new LaunchSite();

        site.Refusal(site.Order(site.Folder)).Should().Be($"executable {site.Folder} is a directory.");
    }

    [Fact]
    public async Task A_script_without_a_first_line_for_the_kernel_is_named()
    {
        await using var site = new LaunchSite();
        var path = Path.Combine(site.Folder, "script");
        await WriteProgramAsync(path, "echo hello\n");

        site.Refusal(site.Order(path))
            .Should()
            .Be($"executable {path} is neither a program for this machine nor a script with a #! line.");
    }

    [Theory]
    [InlineData("#!/no/interpreter -x\n", "/no/interpreter")]
    [InlineData("#!/bin/sh\r\necho\r\n", "/bin/sh\\r")]
    public async Task A_script_whose_interpreter_is_missing_names_it(string text, string interpreter)
    {
        await using var site = new LaunchSite();
        var path = Path.Combine(site.Folder, "script");
        await WriteProgramAsync(path, text);

        site.Refusal(site.Order(path))
            .Should()
            .Be($"executable {path} names the interpreter {interpreter} in its #! line, which does not exist.");
    }

    [Fact]
    public async Task A_missing_working_directory_is_named()
    {
        await using var site = new LaunchSite();

        site.Refusal(site.Order("/bin/true") with { WorkingDirectory = "/no/such/folder" })
            .Should()
            .Be("working directory /no/such/folder does not exist.");
        site.Refusal(site.Order("/bin/true") with { WorkingDirectory = "/bin/true" })
            .Should()
            .Be("working directory /bin/true is not a directory.");
    }

    [Fact]
    public async Task A_log_file_that_cannot_be_opened_is_named()
    {
        await using var site = new LaunchSite();
        var file = Path.Combine(site.Folder, "a-directory");
        Directory.CreateDirectory(file);

        site.Refusal(site.Order("/bin/true") with { LogFile = file })
            .Should()
            .StartWith($"log file {file} cannot be opened: ");
        site.Refusal(site.Order("/bin/true") with { LogFile = "/dev/null/service.log" })
            .Should()
            .StartWith("the launch of /bin/true could not be prepared: ");
    }

    [Fact]
    public async Task Arguments_beyond_what_the_system_takes_are_refused()
    {
        await using var site = new LaunchSite();

        site.Refusal(site.Order("/bin/true", new string('x', 3_000_000)))
            .Should()
            .Be("executable /bin/true was given more arguments and environment than the system allows.");
    }

    [Fact]
    public async Task A_limit_the_system_does_not_grant_leaves_no_process()
    {
        await using var site = new LaunchSite();

        site.Refusal(
                site.Order("/bin/sleep", "60") with
                {
                    Resources = new ResourceConfiguration { MaxOpenFiles = long.MaxValue },
                }
            )
            .Should()
            .StartWith($"max_open_files {long.MaxValue} could not be set: ");
        site.Reports.Exits.TryRead(out _).Should().BeFalse();
    }

    private static async Task WriteProgramAsync(string path, string text)
    {
        await File.WriteAllTextAsync(path, text, Cancellation);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
