using Redb.TestKit;

namespace Redb.EndToEnd.Tests;

/// <summary>What a service finds in its process (contract, section 3).</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_service_gets_the_contracts_variables_and_none_of_the_supervisors_secrets()
    {
        var file = new GroupFile().Program(
            "clientapi",
            "/bin/sleep",
            "'1000'",
            "probes: {readiness: {kind: none}}",
            "rest_api_port: 8080",
            "environment: {SERVICE_NAME: clientapi}"
        );
        await using var group = await Supervised.ReadyAsync(file);
        var pid = await group.PidOfAsync("clientapi");

        var environment = (
            await File.ReadAllTextAsync($"/proc/{pid}/environ", TestContext.Current.CancellationToken)
        ).Split('\0');

        environment.Should().Contain("REDB_DATABASE_NAME=redb").And.Contain("REDB_DATABASE_USER=redb");
        environment.Should().Contain("REDB_INSTANCE_GROUP_ID=e2e").And.Contain("REDB_KEYRING_BACKEND=auto");
        environment.Should().Contain($"REST_API_PORT={8080 + file.Offset}").And.Contain("SERVICE_NAME=clientapi");
        environment.Should().NotContain(variable => variable.Contains("canary-postgres", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_runs_in_the_supervisors_folder_unless_it_has_its_own()
    {
        var file = new GroupFile()
            .Program("here", "/bin/sleep", "'1000'", "probes: {readiness: {kind: none}}")
            .Program("there", "/bin/sleep", "'1000'", "probes: {readiness: {kind: none}}", "working_directory: /usr");
        await using var group = await Supervised.ReadyAsync(file);

        new FileInfo($"/proc/{await group.PidOfAsync("here")}/cwd").LinkTarget.Should().Be(group.Folder);
        new FileInfo($"/proc/{await group.PidOfAsync("there")}/cwd").LinkTarget.Should().Be("/usr");
    }

    // A service of any kind can say when it is ready: no polling, no port.
    [Fact]
    public async Task A_program_that_speaks_sd_notify_is_ready_when_it_says_so()
    {
        const string Script =
            "import os,socket,time; s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM); s.connect(os.environ[\\\"NOTIFY_SOCKET\\\"]); s.send(b\\\"READY=1\\\"); time.sleep(1000)";
        Assert.SkipUnless(
            File.Exists("/usr/bin/python3") || File.Exists("/usr/local/bin/python3"),
            "python3 is not installed"
        );
        var file = new GroupFile().Program(
            "notifier",
            "python3",
            $"'-c', \"{Script}\"",
            "probes: {readiness: {kind: notify}}"
        );

        await using var group = await Supervised.ReadyAsync(file);

        (await group.StatusOfAsync("notifier")).GetProperty("state").GetString().Should().Be("Ready");
    }
}
