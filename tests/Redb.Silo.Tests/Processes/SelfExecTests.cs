using System.Diagnostics;
using System.Globalization;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

public sealed class SelfExecTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("redb-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The tests run as "dotnet X.dll" or by their own host: both are "the program with what it needs to find this code".
    private static StartedAs ThisProgram =>
        new(
            Environment.ProcessPath!,
            Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
                ? ["dotnet", typeof(SelfExecTests).Assembly.Location]
                : [Environment.ProcessPath!]
        );

    [Fact]
    public async Task A_program_that_replaces_itself_keeps_its_number_its_arguments_and_its_children()
    {
        var said = await RunAsync("replace", "one", "", "two words");

        said.Should().NotContainKey("failed");
        _ = Libc.Kill(int.Parse(said["child"], CultureInfo.InvariantCulture), Libc.SigKill);
        said["after"].Should().Be(said["before"]);
        said["has"].Should().Be("True");
        said["inheritable"].Should().Be("0");
        said["arguments"].Should().EndWith("one  two words");
    }

    [Fact]
    public void A_program_that_cannot_be_replaced_says_why_and_goes_on()
    {
        var missing = Path.Combine(_folder, "missing");

        SelfExec.Run(new(missing, ["missing"])).Should().Be($"executable {missing} does not exist.");
    }

    [Fact]
    public async Task A_file_that_is_no_program_is_said_to_be_none()
    {
        var file = Path.Combine(_folder, "text");
        await File.WriteAllTextAsync(file, "neither this nor that", Cancellation);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        SelfExec.Run(new(file, ["text"])).Should().Contain("neither a program for this machine nor a script");
    }

    [Fact]
    public async Task A_check_passes_when_the_program_agrees() => (await CheckAsync("agree")).Should().BeNull();

    [Fact]
    public async Task A_check_tells_what_the_program_said_when_it_refuses() =>
        (await CheckAsync("refuse")).Should().EndWith("refuses to run (exit code 3):\ncannot run with --validate");

    [Fact]
    public async Task A_check_ends_when_the_program_does_not_answer()
    {
        var refusal = await SelfCheck.RefusalAsync(
            new("/bin/sh", ["sh", "-c", "sleep 60"]),
            TimeSpan.FromMilliseconds(200),
            TimeProvider.System
        );

        refusal.Should().Be("/bin/sh did not say within 0.2 s whether it could run, and was killed");
    }

    [Fact]
    public async Task A_check_of_a_program_that_is_gone_says_so()
    {
        var missing = Path.Combine(_folder, "missing");

        (await SelfCheck.RefusalAsync(new(missing, ["missing"]), SelfCheck.Patience, TimeProvider.System))
            .Should()
            .Be($"executable {missing} does not exist.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<string?> CheckAsync(string mode) =>
        SelfCheck.RefusalAsync(
            new(
                "/usr/bin/env",
                ["env", $"{SelfExecMode.Variable}={mode}", ThisProgram.Path, .. ThisProgram.Arguments.Skip(1)]
            ),
            TimeSpan.FromSeconds(60),
            TimeProvider.System
        );

    private static async Task<Dictionary<string, string>> RunAsync(string mode, params string[] arguments)
    {
        var start = new ProcessStartInfo(ThisProgram.Path, [.. ThisProgram.Arguments.Skip(1), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { [SelfExecMode.Variable] = mode },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }
}
