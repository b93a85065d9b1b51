using Redb.Chaos.Invariants;
using Redb.Protocol.Supervisor;
using Redb.TestKit;

namespace Redb.Chaos.Kit;

/// <summary>
/// A supervisor with its services, watched from outside for as long as the test goes on. Its end checks what must hold whatever
/// happened: no service ever had two processes, no line is missing or stands twice, starts and stops were in order.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly Cast _cast;
    private readonly ProcessWitness _witness;

    private readonly IDisposable? _ground;

    private Scene(Cast cast, Supervised group, IDisposable? ground)
    {
        _cast = cast;
        _ground = ground;
        Group = group;
        _witness = new(group.Folder);
    }

    public Supervised Group { get; }

    public Cast Cast => _cast;

    public Chance Chance { get; } = Chance.New();

    public ProcessWitness Witness => _witness;

    public string LogFolder => Path.Combine(Group.Folder, "data", "logs");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts a supervisor and returns once the group is Ready.</summary>
    /// <param name="cast">Its services.</param>
    /// <param name="prepare">Is given the folder before the supervisor is started; what it returns is disposed of before the folder is.</param>
    public static async Task<Scene> ReadyAsync(Cast cast, Func<string, IDisposable>? prepare = null)
    {
        IDisposable? ground = null;
        var group = Supervised.Launch(
            cast.File,
            folder =>
            {
                Cast.Prepare(folder);
                ground = prepare?.Invoke(folder);
            }
        );
        var scene = new Scene(cast, group, ground);
        try
        {
            await group.Process.LineAsync("group e2e Starting -> Ready");
            return scene;
        }
        catch (TimeoutException)
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>The process that each service has now.</summary>
    public async Task<IReadOnlyDictionary<string, Life>> ProcessesAsync()
    {
        var processes = new Dictionary<string, Life>(StringComparer.Ordinal);
        foreach (var name in _cast.Services)
        {
            await Until.TrueAsync(
                () => _witness.Current(name) is { } life && (processes[name] = life) is not null,
                $"{name} has a process"
            );
        }

        return processes;
    }

    /// <summary>Waits until every service is Ready in the eyes of the supervisor.</summary>
    public Task AllReadyAsync() => Until.TrueAsync(AreReadyAsync, "all services are Ready");

    /// <summary>The phase of each service, as the supervisor says.</summary>
    public Task<IReadOnlyDictionary<string, string>> PhasesAsync() => PhasesAsync(Group.Client);

    /// <inheritdoc cref="PhasesAsync()"/>
    public async Task<IReadOnlyDictionary<string, string>> PhasesAsync(SupervisorService.SupervisorServiceClient client)
    {
        var listed = await client.ListServicesAsync(
            new(),
            deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Child.Patience,
            cancellationToken: Cancellation
        );
        return listed
            .Services.Where(service => _cast.Services.Contains(service.Info.Name, StringComparer.Ordinal))
            .ToDictionary(
                service => service.Info.Name,
                service => service.Info.Metadata["redb.phase"],
                StringComparer.Ordinal
            );
    }

    /// <summary>Waits until the supervisor has taken a heartbeat of a service that was sent from now on.</summary>
    public async Task HeardOfAsync(string service)
    {
        var now = TimeProvider.System.GetUtcNow();
        await Until.TrueAsync(
            async () =>
            {
                var listed = await Group.Client.ListServicesAsync(new(), cancellationToken: Cancellation);
                return listed.Services.Single(one => one.Info.Name == service).LastHeartbeat?.ToDateTimeOffset() > now;
            },
            $"a heartbeat of {service} came"
        );
    }

    /// <summary>Lets time go by in which the world is left alone.</summary>
    public static Task QuietAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, Cancellation);

    /// <summary>Stops the group as an operator would, and checks what must hold whatever happened.</summary>
    /// <param name="lines">What is expected of the lines that services wrote.</param>
    public async Task EndAsync(Lines lines = Lines.AreAllThere)
    {
        var before = Group.Process.Lines.Count;
        (await Group.StopAsync()).Should().Be(0, "the group stops cleanly");

        Check(before, lines);
    }

    public async ValueTask DisposeAsync()
    {
        await _witness.DisposeAsync();
        _ground?.Dispose();
        await Group.DisposeAsync();
    }

    private async Task<bool> AreReadyAsync()
    {
        try
        {
            var phases = await PhasesAsync();
            return phases.Values.All(phase => phase == "Ready");
        }
        catch (Grpc.Core.RpcException unavailable)
            when (unavailable.StatusCode is Grpc.Core.StatusCode.Unavailable or Grpc.Core.StatusCode.Cancelled)
        {
            // Between two supervisors.
            return false;
        }
    }

    private void Check(int linesBeforeStop, Lines lines)
    {
        var order = new OrderLedger(_cast.Edges);
        var lives = _witness.Lives;
        _witness.Doubles.Should().BeEmpty("no service ever has two processes ({0})", Chance);
        order.FaultsOfStart(Group.AllLines).Should().BeEmpty("services start in order ({0})", Chance);
        order
            .FaultsOfStop(Group.Process.Lines.Skip(linesBeforeStop))
            .Should()
            .BeEmpty("services stop in reverse order ({0})", Chance);
        order.FaultsOf(lives).Should().BeEmpty("processes begin and end in order ({0})", Chance);
        foreach (var service in _cast.Services)
        {
            var ledger = LineLedger.Read(LogFolder, service);
            var faults = lines == Lines.AreAllThere ? ledger.Faults : ledger.Doubled;
            faults.Should().BeEmpty("no line of {0} is missing or stands twice ({1})", service, Chance);
            ledger
                .Writers.Keys.Should()
                .BeSubsetOf(
                    lives.Where(life => life.Service == service).Select(life => life.Pid),
                    "nobody else wrote into the log of {0} ({1})",
                    service,
                    Chance
                );
        }
    }
}
