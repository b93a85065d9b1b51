using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Initialization.Interview;
using Redb.Initialization.Passwords;
using Redb.Initialization.Progress;
using Redb.Initialization.Steps;

namespace Redb.Initialization.Start;

/// <summary>Sees to the node of a group before the group is started.</summary>
/// <param name="ports">Opens the keyring and the database of a request, to initialize it.</param>
/// <param name="readers">The same, only to look: no administrator is needed.</param>
/// <param name="output">Where an initialization is told of, line by line.</param>
/// <param name="time">Clock.</param>
internal sealed class NodeStart(
    Func<InitializationRequest, NodeRecord, Workbench> ports,
    Func<InitializationRequest, NodeRecord, Workbench> readers,
    TextWriter output,
    TimeProvider time
)
{
    /// <summary>Initializes the node, or sees that it is whole, as far as the group needs one.</summary>
    /// <param name="request">The group. Its manner is not asked for: a start never asks anybody.</param>
    /// <param name="isAsked">Whether initializing was asked for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was learnt, or why the group must not be started.</returns>
    public async Task<(NodeFacts Facts, Failure? Failure)> PrepareAsync(
        InitializationRequest request,
        bool isAsked,
        CancellationToken cancellationToken
    )
    {
        var progress = new ProgressFile(request.Folder, request.Configuration.InstanceGroup.GroupId);
        var (record, unreadable) = progress.Read();
        if (record is null)
        {
            return (new(), unreadable);
        }

        var isInitialized = record.InitializedAt is not null;
        var decision = StartRule.Decide(request.Configuration, isInitialized, isAsked, request.IsDev);
        if (decision == StartDecision.Run)
        {
            return (new(), null);
        }

        if (decision == StartDecision.Initialize)
        {
            var silent = request with { Manner = Manner.Silent };
            var failure = await new NodeInitialization(ports, new NoTerminal(), output, time).RunAsync(
                silent,
                cancellationToken
            );
            if (failure is not null)
            {
                return (new(), failure);
            }
        }

        return await LookAsync(request, progress.Read().Record ?? record, progress, cancellationToken);
    }

    // The same looks as an initialization takes, so that both always agree on what is whole.
    private async Task<(NodeFacts Facts, Failure? Failure)> LookAsync(
        InitializationRequest request,
        NodeRecord record,
        ProgressFile progress,
        CancellationToken cancellationToken
    )
    {
        if (record.InitializedAt is null)
        {
            return (new(), NotInitialized(request.Configuration, "no initialization was completed here"));
        }

        var limits = request.Configuration.Initialization;
        using var bounds = new StepBounds(limits.Timeout, limits.StepTimeout, time);
        var (bench, open, failure) = await LookOnceAsync(request, record, progress, bounds, cancellationToken);
        string? settled = null;
        if (bench.PasswordStanding?.Opens is not null)
        {
            (settled, failure) = await SettleAsync(bench, bounds, cancellationToken);
            if (failure is null)
            {
                (bench, open, failure) = await LookOnceAsync(request, record, progress, bounds, cancellationToken);
            }
        }

        var facts = new NodeFacts
        {
            NodeId = bench.Choice?.NodeId ?? 0,
            Tenant = record.Tenant,
            MasterPassword = bench.Keyring.MasterPassword,
            Notices = settled is { Length: > 0 } ? bench.Keyring.Notices.Add(settled) : bench.Keyring.Notices,
        };

        // An outage of the database must not keep services from being watched and restarted; what needs it says so itself.
        return failure is { Kind: FailureKind.Unavailable } && open.IsEmpty ? (facts.With(Outage(failure)), null)
            : failure is not null ? (facts, failure)
            : open.Length > 0 ? (facts, NotInitialized(request.Configuration, open[0]))
            : (await GreetAsync(bench, facts, cancellationToken), null);
    }

    private async Task<(Workbench Bench, ImmutableArray<string> Open, Failure? Failure)> LookOnceAsync(
        InitializationRequest request,
        NodeRecord record,
        ProgressFile progress,
        StepBounds bounds,
        CancellationToken cancellationToken
    )
    {
        var bench = readers(request, record);
        var report = new OpenSteps();
        var run = new InitializationRun(InitializationSteps.All(bench, time), bench, progress, report, time);
        var (failure, _) = await run.RunAsync(isPlan: true, bounds, cancellationToken);
        return (bench, [.. report.Open], failure);
    }

    // Somebody was about to change the password of the database and was killed: that is no reason not to start.
    private static async Task<(string? Settled, Failure? Failure)> SettleAsync(
        Workbench bench,
        StepBounds bounds,
        CancellationToken cancellationToken
    )
    {
        try
        {
            string? settled = null;
            await bounds.RunAsync(
                "password",
                async bounded => settled = await new PasswordChange(bench).SettleAsync(bounded),
                cancellationToken
            );
            return (settled, null);
        }
        catch (InitializationException failed)
        {
            return (null, failed.Failure);
        }
    }

    // What changes from start to start. None of it is worth a refusal.
    private static async Task<NodeFacts> GreetAsync(
        Workbench bench,
        NodeFacts facts,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await bench.Database.UpdateAddressAsync(
                bench.KnownPassword,
                MeshAddress.OfThisHost(bench.Configuration),
                MeshPort.Of(bench.Configuration),
                cancellationToken
            );
            return facts with { MeshId = await bench.Database.FindMeshAsync(bench.Password, cancellationToken) };
        }
        catch (InitializationException failed)
        {
            return facts.With($"{failed.Failure.What}: {failed.Failure.Cause}");
        }
    }

    private static string Outage(Failure failure) =>
        $"{failure.What}: {failure.Cause}; the services are started all the same, and those that need it are restarted until it answers";

    private static Failure NotInitialized(RedbConfiguration configuration, string cause) =>
        new(
            FailureKind.Failed,
            $"group {configuration.InstanceGroup.GroupId} is not initialized",
            cause,
            $"redb-supervisor --config {configuration.File} --initialize (or --autoinitialize, which asks nothing and goes on to run); what is there already stays as it is"
        );
}
