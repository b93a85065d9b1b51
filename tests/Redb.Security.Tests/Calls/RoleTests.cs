using Redb.Abstractions.Security;
using Redb.Security.Tests.Kit;

namespace Redb.Security.Tests.Calls;

public sealed class RoleTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Fact]
    public async Task A_viewer_reads_and_nothing_else()
    {
        await using var viewer = await silos.ToolAsync(CallerRole.Viewer);

        (await viewer.Grain.ReadAsync()).Should().StartWith("read on ");
        await RefusedAsync(RefusalReason.RoleTooLow, viewer.Grain.StartAsync);
        await RefusedAsync(RefusalReason.RoleTooLow, viewer.Grain.EndAsync);
    }

    [Fact]
    public async Task An_operator_starts_and_does_not_end()
    {
        await using var @operator = await silos.ToolAsync(CallerRole.Operator);

        (await @operator.Grain.StartAsync()).Should().Be("started");
        (await RefusedAsync(RefusalReason.RoleTooLow, @operator.Grain.EndAsync))
            .Should()
            .Be("tool operator (operator) may not call EndAsync: that needs the role admin");
    }

    [Fact]
    public async Task An_admin_does_everything_that_tools_may_do()
    {
        await using var admin = await silos.ToolAsync(CallerRole.Admin);

        (await admin.Grain.EndAsync()).Should().Be("ended");
        await RefusedAsync(RefusalReason.NotForTools, admin.Grain.InsideAsync);
    }

    [Fact]
    public async Task A_stream_needs_the_role_of_the_method_that_it_comes_from()
    {
        await using var viewer = await silos.ToolAsync(CallerRole.Viewer);

        (
            await viewer
                .Grain.CountAsync(500, TestContext.Current.CancellationToken)
                .ToListAsync(TestContext.Current.CancellationToken)
        )
            .Should()
            .HaveCount(500);
        await RefusedAsync(
            RefusalReason.RoleTooLow,
            async () =>
                await viewer
                    .Grain.CountSecretlyAsync(3, TestContext.Current.CancellationToken)
                    .ToListAsync(TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Grains_call_each_other_across_silos_without_a_token()
    {
        await using var viewer = await silos.ToolAsync(CallerRole.Viewer);

        var answers = new List<string>();
        for (var number = 0; number < 20; number++)
        {
            answers.Add(await viewer.Grains.GetGrain<IGuardedGrain>($"a{number}").AskAnotherAsync($"b{number}"));
        }

        answers
            .Distinct(StringComparer.Ordinal)
            .Should()
            .BeEquivalentTo("inside one, token gone", "inside two, token gone");
    }

    [Fact]
    public async Task Timers_tick()
    {
        await using var viewer = await silos.ToolAsync(CallerRole.Viewer);

        await TestKit.Until.TrueAsync(async () => await viewer.Grain.TicksAsync() > 2, "the timer ticks");
    }

    [Fact]
    public async Task A_tool_that_is_told_something_gets_no_seal()
    {
        await using var viewer = await silos.ToolAsync(CallerRole.Viewer);
        var watcher = new Watcher();

        await viewer.Grain.WatchAsync(viewer.Grains.CreateObjectReference<IGuardedWatcher>(watcher));

        (
            await watcher.Told.Task.WaitAsync(
                TimeSpan.FromSeconds(5),
                TimeProvider.System,
                TestContext.Current.CancellationToken
            )
        )
            .Should()
            .Be("hello, no seal");
    }

    [Fact]
    public async Task What_Orleans_itself_offers_is_refused_to_tools()
    {
        await using var admin = await silos.ToolAsync(CallerRole.Admin);

        await RefusedAsync(
            RefusalReason.NotForTools,
            () => admin.Grains.GetGrain<IManagementGrain>(0).ForceGarbageCollection([])
        );
    }

    private static async Task<string> RefusedAsync(RefusalReason reason, Func<Task> call)
    {
        var refusal = (await call.Should().ThrowAsync<AccessRefusedException>()).Which;
        refusal.Reason.Should().Be(reason);
        return refusal.Message;
    }

    private sealed class Watcher : IGuardedWatcher
    {
        public TaskCompletionSource<string> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task ToldAsync(string what)
        {
            Told.SetResult(
                $"{what}, {(RequestContext.Get(Security.Calls.SiloSeal.Key) is null ? "no seal" : "and a seal")}"
            );
            return Task.CompletedTask;
        }
    }
}
