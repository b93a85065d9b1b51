using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Hosts;
using Redb.Grains.Supervision;
using Redb.Silo.Hosting;

namespace Redb.Silo.Cluster;

/// <summary>One process's place in the cluster: who it is, where it listens, and how it finds the others.</summary>
internal sealed class ClusterSeat : IDisposable
{
    /// <summary>Orleans' name of cluster and service alike: what tells clusters apart is the file or database.</summary>
    public const string ClusterId = "redb";

    private readonly ClusterConfiguration _configuration;
    private readonly ClusterFolder _folder;
    private readonly GroupClaims _claims;
    private ClusterAccess _access = new(null, null);

    private ClusterSeat(
        ClusterConfiguration configuration,
        ClusterFolder folder,
        GroupClaims claims,
        SiloIdentity identity
    )
    {
        (_configuration, _folder, _claims, Identity) = (configuration, folder, claims, identity);
        Ports = ClusterPorts.Choose(configuration);
    }

    /// <summary>Who it is.</summary>
    public SiloIdentity Identity { get; }

    public ClusterPorts Ports { get; }

    /// <summary>How often in a row a silo of this place may begin anew.</summary>
    public RestartBackOff BackOff => new(_configuration.RestartDelay, _configuration.RestartMaxDelay);

    /// <summary>Whether a start that failed may succeed later by itself: other hosts, or the database, were in between.</summary>
    public bool IsSharedWithOthers => _access.Approach is not null;

    /// <summary>Takes the place of the groups of this process, until disposal.</summary>
    /// <param name="first">What the first file says, which holds for the process.</param>
    /// <param name="isDev">Whether <c>--dev</c> was given.</param>
    /// <param name="groups">The groups, each with its data folder.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The place, or the sentence that says why not, with the exit code.</returns>
    public static async Task<(ClusterSeat? Seat, string Refusal, int ExitCode)> TakeAsync(
        RedbConfiguration first,
        bool isDev,
        ImmutableArray<(string Group, string Folder)> groups,
        TimeProvider time
    )
    {
        var configuration = first.Cluster;
        var host = configuration.HostName.Length > 0 ? configuration.HostName : Environment.MachineName;
        if (!IsName(host))
        {
            return (
                null,
                $"the name of this machine, {host}, cannot name a host: 1 to 63 letters, digits, -, _ or .\n  set cluster.host_name",
                RedbExitCode.Failed
            );
        }

        try
        {
            var folder = ClusterFolder.Open(configuration.Directory);
            var identity = SiloIdentity.Of(host, folder.HostId, groups.Select(entry => entry.Group));
            if (!identity.Fits)
            {
                return (null, Crowded(groups.Length, identity), RedbExitCode.Failed);
            }

            var (claims, refusal) = await GroupClaims.TakeAsync(folder.ClaimFolder, host, groups, time);
            return claims is null
                ? (null, refusal, RedbExitCode.Conflict)
                : await SitAsync(first, isDev, new(configuration, folder, claims, identity), time);
        }
        catch (ClusterException failure)
        {
            return (null, failure.Message, RedbExitCode.Failed);
        }
    }

    // Only with the claims: whoever has them is the only one of that name, and may declare its earlier lives dead.
    private static async Task<(ClusterSeat? Seat, string Refusal, int ExitCode)> SitAsync(
        RedbConfiguration first,
        bool isDev,
        ClusterSeat seat,
        TimeProvider time
    )
    {
        var isTaken = false;
        try
        {
            seat._access = await ClusterAccess.FindAsync(first, isDev, seat.Identity, time);
            if (seat._access.First is { Kind: ApproachKind.Refused } verdict)
            {
                return (null, verdict.Words, RedbExitCode.Refused);
            }

            isTaken = true;
            return (seat, "", RedbExitCode.Done);
        }
        finally
        {
            if (!isTaken)
            {
                seat.Dispose();
            }
        }
    }

    private static string Crowded(int groups, SiloIdentity identity) =>
        $"{groups} groups are more than one supervisor can announce; their name would have {identity.Name.Length} characters, {SiloIdentity.LongestName} are possible\n  give some of the groups to another supervisor, or the host a shorter cluster.host_name";

    /// <summary>Makes a silo take its place.</summary>
    public void Configure(ISiloBuilder silo)
    {
        silo.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = ClusterId);
        silo.Configure<SiloOptions>(options => options.SiloName = Identity.Name);
        silo.ConfigureEndpoints(Ports.Address, Ports.Silo, Ports.Gateway, listenOnAnyHostAddress: false);
        silo.Configure<ClusterMembershipOptions>(options => Detection.Apply(_configuration.FailureDetection, options));
        Frugality.Apply(silo);
        silo.Services.AddSingleton<ClusterStanding>();
        silo.Services.AddSingleton<IClusterStanding>(services => services.GetRequiredService<ClusterStanding>());
        AddMembership(silo);
        silo.Services.AddSingleton(BackOff).AddSingleton<ISupervisorProcess, SupervisorProcess>();
        silo.Services.AddSingleton<IFatalErrorHandler, RestartWhenDeclaredDead>();
        silo.Services.AddSingleton(Identity).AddSingleton(_claims);
        silo.Services.AddSingleton(_access).AddHostedService<MembershipLog>().AddHostedService<MembershipLookout>();
        silo.Services.AddSingleton<JoinPreparation>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services =>
            services.GetRequiredService<JoinPreparation>()
        );
    }

    public void Dispose() => _claims.Dispose();

    private void AddMembership(ISiloBuilder silo)
    {
        if (_access.Approach is { } approach && !_access.IsIsland)
        {
            AddPostgres(silo.Services, approach);
            return;
        }

        silo.Services.AddSingleton<IMembershipTable>(services => new EmbeddedMembershipTable(
            _folder.MembershipFile,
            services.GetRequiredService<IOptions<ClusterOptions>>()
        ));
        if (_access.IsIsland)
        {
            AddWayBack(silo.Services);
        }
    }

    private void AddWayBack(IServiceCollection services)
    {
        services.AddSingleton<IBeginnings, BeginningsHere>().AddHostedService<IslandWatch>();
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<JoinMoment>(provider, _configuration.JoinMaxDelay)
        );
    }

    // Apart: who has no use for it does not load it either.
    private static void AddPostgres(IServiceCollection services, IClusterApproach approach)
    {
        services.Configure<AdoNetClusteringSiloOptions>(options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = approach.ConnectionString;
        });
        services.AddSingleton<AdoNetClusteringTable>().AddSingleton(approach).AddSingleton<Suspicions>();
        services.AddSingleton<IMembershipTable>(provider => new WatchedMembershipTable(
            provider.GetRequiredService<AdoNetClusteringTable>(),
            provider.GetRequiredService<ClusterStanding>(),
            provider.GetRequiredService<Suspicions>(),
            provider.GetRequiredService<TimeProvider>()
        ));
    }

    private static bool IsName(string host) =>
        host.Length is > 0 and <= 63 && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
