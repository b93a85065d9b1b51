namespace Redb.Configuration.Tests.Rules;

public sealed class ServiceRulesTests
{
    private static readonly FakeFiles Files = new FakeFiles()
        .With("/srv/redb-core", FileStatus.Executable)
        .With("/srv/notes", FileStatus.File)
        .With("/srv/folder", FileStatus.Folder)
        .With("/usr/bin/redb-core", FileStatus.Executable)
        .With("/bin/notes", FileStatus.File);

    [Theory]
    [InlineData("./redb-core")]
    [InlineData("/srv/redb-core")]
    [InlineData("folder/../redb-core")]
    [InlineData("redb-core")]
    public void A_program_that_is_there_is_fine(string executable) =>
        Problems($"executable: {executable}").Should().BeEmpty();

    [Theory]
    [InlineData("./nothing", "\"./nothing\" does not exist; looked for /srv/nothing")]
    [InlineData("./notes", "\"./notes\" is not executable; run chmod +x on it")]
    [InlineData("./folder", "\"./folder\" is a folder, not a program")]
    [InlineData("notes", "\"notes\" is not executable; run chmod +x on it")]
    [InlineData("nothing", "\"nothing\" is not in PATH; write ./nothing for a program in the working directory")]
    [InlineData("\"\"", "is required for an enabled service: a path, or a name to find in PATH")]
    public void A_program_that_cannot_run_is_told_why(string executable, string problem) =>
        Problems($"executable: {executable}")
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith($"services.core.executable: {problem}");

    [Fact]
    public void A_relative_entry_of_PATH_does_not_count()
    {
        var input = Given.File(Given.Service("executable: redb-core"), ("PATH", ".:")) with
        {
            Dev = false,
            Files = Files,
        };

        Given.Problems(input).Should().ContainSingle().Which.Should().Contain("is not in PATH");
    }

    [Fact]
    public void In_dev_mode_the_stand_in_plays_a_missing_program() =>
        Given.Good(Given.Service("executable: ./nothing")).Services.Should().ContainSingle();

    [Fact]
    public void A_missing_working_directory_is_a_problem()
    {
        Problems("executable: ./redb-core, working_directory: folder").Should().BeEmpty();
        Problems("executable: ./redb-core, working_directory: notes")
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith("services.core.working_directory: \"notes\" is no folder; looked for /srv/notes");
    }

    [Theory]
    [InlineData(
        "readiness: {kind: exec}",
        "probes.readiness.command: is required for an exec probe: program and arguments"
    )]
    [InlineData("liveness: {kind: http}", "probes.liveness.port: is required: the service's args name no port to ask")]
    [InlineData(
        "liveness: {kind: notify}",
        "probes.liveness.kind: notify is for readiness only; a process says READY=1 once"
    )]
    [InlineData(
        "startup: {kind: notify}",
        "probes.startup.kind: notify is for readiness only; a process says READY=1 once"
    )]
    [InlineData(
        "readiness: {interval: 1ms}",
        "probes.readiness.interval: must be a duration from 10ms to 24h0m0s, such as 30s or 1m30s, was 1ms"
    )]
    [InlineData("readiness: {path: ready}", "probes.readiness.path: must be a path that starts with /, was \"ready\"")]
    public void A_probe_that_cannot_work_is_a_problem(string probes, string problem) =>
        Given
            .Problems(Given.Service($"probes: {{{probes}}}"))
            .Should()
            .Contain(shown => shown.EndsWith($" services.core.{problem}", StringComparison.Ordinal));

    [Fact]
    public void Delays_out_of_order_are_a_problem() =>
        Given
            .Problems(Given.Service("restart: {initial_delay: 10s, max_delay: 5s}"))
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith("services.core.restart.max_delay: max_delay (5s) must be at least initial_delay (10s)");

    [Fact]
    public void Other_services_take_any_value() =>
        Given
            .Good(Given.Service("config: {a: 10001, b: true, c: 1.50, d: }"))
            .Services[0]
            .Config.Should()
            .BeEquivalentTo(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["a"] = "10001",
                    ["b"] = "true",
                    ["c"] = "1.50",
                    ["d"] = "",
                }
            );

    [Theory]
    [InlineData(
        "environment: {\"a=b\": c}",
        "environment.a=b: must be the name of an environment variable, without = and not empty, was \"a=b\""
    )]
    [InlineData("environment: {A: \"x\\0\"}", "environment.A: must not contain a NUL character")]
    [InlineData("args: [\"\\0\"]", "args[0]: must not contain a NUL character")]
    [InlineData("args: [~]", "args[0]: must be text, not empty")]
    public void What_no_process_can_be_given_is_a_problem(string body, string problem) =>
        Given
            .Problems(Given.Service(body))
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith($" services.core.{problem}");

    private static string[] Problems(string body) =>
        Given.Problems(Given.File(Given.Service(body), ("PATH", "/bin:/usr/bin")) with { Dev = false, Files = Files });
}
