using System.CommandLine;
using System.Diagnostics;
using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Sessions;

/// <summary><c>sessions</c>: how soon mesh services of three supervisors with two groups each find each other, lose one and have it back.</summary>
internal static class SessionsCommand
{
    public static Command Create()
    {
        var command = new FiguresCommand("sessions", "Mesh services of three supervisors find each other.");
        var supervisor = command.Program("--supervisor", "redb-supervisor.");
        var standIn = command.Program("--standin", "redb-standin.");
        var rounds = command.Number("--rounds", "Clusters, one after the other.", 10);
        return command.Measures(parsed =>
            MeasureAsync(
                Path.GetFullPath(parsed.GetRequiredValue(supervisor)),
                Path.GetFullPath(parsed.GetRequiredValue(standIn)),
                parsed.GetValue(rounds)
            )
        );
    }

    private static async Task<SessionsResult> MeasureAsync(string supervisor, string standIn, int rounds)
    {
        var (whole, dropped, back) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            await using var site = new MeshSite(supervisor, standIn);
            whole.Add(await FindAsync(site));
            dropped.Add(await LoseAsync(site));
            back.Add(await ReturnAsync(site));
        }

        return new(Spread.Of(whole), Spread.Of(dropped), Spread.Of(back));
    }

    private static async Task<double> FindAsync(MeshSite site)
    {
        foreach (var member in site.Members)
        {
            member.Start();
        }

        var ready = Task.WhenAll(site.Members.Select(member => member.ReadyAsync()));
        await site.WholeAsync();
        var now = Stopwatch.GetTimestamp();
        return Math.Max(0, Since((await ready).Max(), now));
    }

    private static async Task<double> LoseAsync(MeshSite site)
    {
        var others = site.Members.SkipLast(1).ToList();
        others.ForEach(member => member.ExpectLoss(member.Groups));
        var began = Stopwatch.GetTimestamp();
        await site.Members[^1].KillAsync();
        return Since(began, (await Task.WhenAll(others.Select(member => member.LossAsync()))).Max());
    }

    private static async Task<double> ReturnAsync(MeshSite site)
    {
        var began = Stopwatch.GetTimestamp();
        site.Members[^1].Start();
        await site.WholeAsync();
        return Since(began, Stopwatch.GetTimestamp());
    }

    private static double Since(long began, long ended) => Stopwatch.GetElapsedTime(began, ended).TotalMilliseconds;
}
