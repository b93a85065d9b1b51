using Redb.EndToEnd.Tests.Kit;
using Redb.TestKit;
using Redb.TestKit.Postgres;

namespace Redb.EndToEnd.Tests;

/// <summary>Real kills of a real initialization; <c>Redb.Initialization.Tests</c> kills at every single touch of the world.</summary>
public sealed class InitializationKillTests
{
    [Fact]
    public async Task Killed_in_every_step_twice_the_last_run_ends_as_if_nothing_had_been()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var site = new NodeSite(postgres: postgres);
        var steps = await StepsAsync(site);
        string[] made = [];

        foreach (var step in steps.SelectMany(step => new[] { step, step }))
        {
            made = await KillInAsync(site, step, made);
        }

        await site.RunToReadyAsync("--autoinitialize");
        var picture = await site.PictureAsync();
        made.Should().BeSubsetOf(Secrets(site), "what was made before a kill is not made again");
        (await DatabasePeek.ReadAsync(postgres, site.Database)).Should().Contain("71");
        site.Record()
            .GetProperty("steps")
            .EnumerateArray()
            .Select(step => $"{step.GetProperty("name")} {step.GetProperty("standing")}")
            .Should()
            .Equal(steps.Select(step => $"{step.TrimEnd()[(step.IndexOf(' ', 4) + 1)..]} Done"));
        await site.RunToReadyAsync("--autoinitialize");
        (await site.PictureAsync()).Should().Be(picture);
    }

    // As the program itself names them: "[ 4/11] role".
    private static async Task<string[]> StepsAsync(NodeSite site) =>
        [
            .. (await site.RunAsync("--plan"))
                .Lines.Where(line => line.StartsWith('['))
                .Select(line => line[..line.IndexOf(' ', "[ 4/11] ".Length)]),
        ];

    // Whatever secrets were there before the run are there after it.
    private static async Task<string[]> KillInAsync(NodeSite site, string step, string[] made)
    {
        var child = site.Start("--initialize", "--yes");
        await child.LineAsync(step.Replace("would", "", StringComparison.Ordinal));
        child.Signal("KILL");
        await child.EndAsync();
        var secrets = Secrets(site);
        made.Should().BeSubsetOf(secrets);
        return secrets;
    }

    private static string[] Secrets(NodeSite site) =>
        [.. KeyringPeek.ReadAll(site.Folder, site.MasterPassword).Select(entry => $"{entry.Key} {entry.Value}")];
}
