using System.Collections.Immutable;
using Redb.Initialization.Interview;
using Redb.Initialization.Passwords;
using Redb.Initialization.Progress;
using Redb.Initialization.Start;
using Redb.Initialization.Steps;
using Redb.Initialization.Tenants;

namespace Redb.Initialization;

/// <summary>What programs call: initializes the node of a group, sees to it before a start, and knows its tenants.</summary>
public static partial class Initializer
{
    /// <summary>Initializes, or says what would be done.</summary>
    /// <returns>Why it ended early; null when the node is initialized, or planned.</returns>
    public static Task<Failure?> RunAsync(
        InitializationRequest request,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var terminal = new ConsoleTerminal();
        var output = request.Manner == Manner.Plan ? Console.Out : Console.Error;
        return new NodeInitialization(PortsWith(terminal, time), terminal, output, time).RunAsync(
            request,
            cancellationToken
        );
    }

    /// <summary>Sees to the node of a group before it is started; asks nobody.</summary>
    /// <param name="request">The group.</param>
    /// <param name="isAsked">Whether <c>--autoinitialize</c> was given.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was learnt, or why the group must not be started.</returns>
    public static Task<(NodeFacts Facts, Failure? Failure)> PrepareAsync(
        InitializationRequest request,
        bool isAsked,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        new NodeStart(
            PortsWith(new NoTerminal(), time),
            PortsWith(terminal: null, time),
            Console.Error,
            time
        ).PrepareAsync(request, isAsked, cancellationToken);

    /// <summary>The tenants of an initialized node, by URL.</summary>
    public static Task<(ImmutableArray<RecordedTenant> Tenants, Failure? Failure)> ListTenantsAsync(
        InitializationRequest request,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => WithRegisterAsync(request, time, register => register.ListAsync(cancellationToken));

    /// <summary>Creates a tenant of an initialized multi-tenant node, with its keys; one that is there gets what it lacks.</summary>
    /// <param name="request">The group.</param>
    /// <param name="url">Its URL part.</param>
    /// <param name="name">Its name.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The tenant and whether it was there, or why there is none.</returns>
    public static Task<((RecordedTenant Tenant, bool WasThere) Created, Failure? Failure)> CreateTenantAsync(
        InitializationRequest request,
        string url,
        string name,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => WithRegisterAsync(request, time, register => register.CreateAsync(url, name, cancellationToken));

    /// <summary>
    /// Gives the database role of an initialized node another password, on the server and in the keyring. It may be killed at any moment: the
    /// next call, or the next start, brings it to an end.
    /// </summary>
    /// <param name="request">The group.</param>
    /// <param name="tell">Hears of each phase once it is done.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends it between two phases.</param>
    /// <returns>Why it was not done; null when it was.</returns>
    public static async Task<Failure?> ChangePasswordAsync(
        InitializationRequest request,
        Action<PasswordPhase> tell,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var limits = request.Configuration.Initialization;
        using var bounds = new StepBounds(limits.Timeout, limits.Timeout, time);
        var (_, failure) = await WithBenchAsync(
            request,
            time,
            async bench =>
            {
                await bounds.RunAsync("password", bounded => ChangeAsync(bench, tell, bounded), cancellationToken);
                return true;
            }
        );
        return failure;
    }

    private static async Task ChangeAsync(
        Workbench bench,
        Action<PasswordPhase> tell,
        CancellationToken cancellationToken
    )
    {
        await KnownNode.OpenAsync(bench, cancellationToken);
        await foreach (var phase in new PasswordChange(bench).RunAsync(cancellationToken))
        {
            tell(phase);
        }
    }

    private static Task<(T? Value, Failure? Failure)> WithRegisterAsync<T>(
        InitializationRequest request,
        TimeProvider time,
        Func<TenantRegister, Task<T>> call
    ) => WithBenchAsync(request, time, bench => call(new(bench)));

    private static async Task<(T? Value, Failure? Failure)> WithBenchAsync<T>(
        InitializationRequest request,
        TimeProvider time,
        Func<Workbench, Task<T>> call
    )
    {
        var progress = new ProgressFile(request.Folder, request.Configuration.InstanceGroup.GroupId);
        var (record, unreadable) = progress.Read();
        if (record is null)
        {
            return (default, unreadable);
        }

        try
        {
            return (await call(PortsWith(terminal: null, time)(request, record)), null);
        }
        catch (InitializationException failed)
        {
            return (default, failed.Failure);
        }
    }
}
