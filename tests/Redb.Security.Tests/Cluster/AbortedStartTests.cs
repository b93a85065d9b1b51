using Redb.Abstractions.Security;
using Redb.Security.Tests.Kit;

namespace Redb.Security.Tests.Cluster;

public sealed class AbortedStartTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private static readonly TimeSpan s_watched = TimeSpan.FromSeconds(3);

    // One that goes on after it was disposed of takes a whole core, and each of them another one.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Silos_whose_start_was_cancelled_cost_nothing_once_they_are_disposed_of(bool withCertificates)
    {
        using var strange = new Authority();
        var before = await BurntAsync();
        for (var round = 0; round < 3; round++)
        {
            var name = $"stranger-{withCertificates}-{round}";
            await using var silo = new SecuredSilo(
                name,
                silos.Membership,
                withCertificates ? SecuredSilo.Certificates(strange.Host(name)) : null
            );
            // Refused by the others, it would try for long. Cancelled in the middle of that, or before.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1 + round), TimeProvider.System);

            await silo.Awaiting(it => it.StartAsync(patience.Token)).Should().ThrowAsync<OperationCanceledException>();
        }

        (await BurntAsync()).Should().BeLessThan(before + (s_watched / 2));
        silos.One.Active.Should().Equal("one", "two");
        await using var tool = await silos.ToolAsync(CallerRole.Viewer);
        (await tool.Grain.ReadAsync()).Should().StartWith("read");
    }

    // Processor time of this process while nothing is asked of its silos.
    private static async Task<TimeSpan> BurntAsync()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Task.Delay(s_watched, TimeProvider.System);
        process.Refresh();
        return process.TotalProcessorTime - before;
    }
}
