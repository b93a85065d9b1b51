using System.Text.RegularExpressions;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>cluster</c> section.</summary>
internal static partial class ClusterSection
{
    private static readonly ClusterConfiguration Default = new();

    private static readonly TextShape Names = new() { Words = "1 to 63 letters, digits, -, _ or .", Pattern = Name() };

    private static readonly Key<ClusterProvider> Provider = new(
        "provider",
        new ChoiceShape<ClusterProvider>([
            ("embedded", ClusterProvider.Embedded),
            ("postgres", ClusterProvider.Postgres),
        ]),
        Default.Provider,
        "Where supervisors find each other: in a file of this machine, or in a database that several hosts reach."
    );

    private static readonly Key<string> HostName = new(
        "host_name",
        Names,
        Default.HostName,
        "Name of this host, unique in the cluster; first part of the keys of its groups."
    )
    {
        ComputedDefault = "the machine's name",
        Variable = "REDB_CLUSTER_HOST_NAME",
    };

    private static readonly Key<string> AdvertisedAddress = new(
        "advertised_address",
        TextShape.Address,
        Default.AdvertisedAddress,
        "Address that other supervisors and tools reach this one on."
    );

    private static readonly Key<int> SiloPort = new(
        "silo_port",
        new WholeShape<int>(0, PortTable.Highest),
        Default.SiloPort,
        "Port for other supervisors."
    )
    {
        ComputedDefault = "a free one on a loopback address, else 11111",
    };

    private static readonly Key<int> GatewayPort = new(
        "gateway_port",
        new WholeShape<int>(0, PortTable.Highest),
        Default.GatewayPort,
        "Port for tools."
    )
    {
        ComputedDefault = "a free one on a loopback address, else 30000",
    };

    private static readonly Key<string> Directory = new(
        "directory",
        TextShape.NotEmpty,
        "",
        "Folder that the supervisors of this host share; relative to the working directory."
    )
    {
        ComputedDefault = "$XDG_DATA_HOME/redb/cluster, else ~/.local/share/redb/cluster, else /tmp/redb-cluster",
        Variable = "REDB_CLUSTER_DIRECTORY",
    };

    private static readonly SectionKey Connection = new(
        "connection",
        ClusterConnectionSection.Section,
        "The database of the provider postgres. Its password comes from REDB_CLUSTER_PASSWORD, or that of database.user from the keyring."
    );

    private static readonly Key<FailureDetection> Detection = new(
        "failure_detection",
        new ChoiceShape<FailureDetection>([("normal", FailureDetection.Normal), ("fast", FailureDetection.Fast)]),
        Default.FailureDetection,
        "How soon a silent supervisor is declared dead: frozen or cut off within 9 s (normal) or 5 s (fast)."
    );

    private static readonly DurationShape Delay = new(TimeSpan.FromMilliseconds(10));

    private static readonly Key<TimeSpan> RestartDelay = new(
        "restart_delay",
        Delay,
        Default.RestartDelay,
        "Shortest life of a supervisor that the others declared dead, before it restarts in place; doubled each time in a row."
    );

    private static readonly Key<TimeSpan> RestartMaxDelay = new(
        "restart_max_delay",
        Delay,
        Default.RestartMaxDelay,
        "What doubling stops at, at least restart_delay. Who lived as long begins anew."
    );

    private static readonly Key<TimeSpan> JoinPatience = new(
        "join_patience",
        new DurationShape(TimeSpan.Zero) { Longest = TimeSpan.FromMinutes(1) },
        Default.JoinPatience,
        "How long a start waits for members that cannot be reached, and may be about to start again, before it begins as an island; 0s does not wait."
    );

    private static readonly Key<TimeSpan> JoinMaxDelay = new(
        "join_max_delay",
        new DurationShape(TimeSpan.Zero),
        Default.JoinMaxDelay,
        "Longest wait of an island that can join for services of this host that are starting; 0s joins at once."
    );

    private static readonly Key<bool> Insecure = new(
        "insecure",
        new FlagShape(),
        Default.Insecure,
        "Whether other machines may reach this supervisor without TLS; then everybody who does can command it."
    );

    private static readonly SectionKey Tls = new(
        "tls",
        ClusterTlsSection.Section,
        "Certificates of the traffic between supervisors and with tools."
    );

    public static Section Section { get; } =
        new(
            "cluster",
            [
                Provider,
                HostName,
                AdvertisedAddress,
                SiloPort,
                GatewayPort,
                Directory,
                Connection,
                Detection,
                RestartDelay,
                RestartMaxDelay,
                JoinPatience,
                JoinMaxDelay,
                Insecure,
                Tls,
            ]
        );

    public static ClusterConfiguration Read(SectionReader section, DatabaseConfiguration database, ReadContext context)
    {
        var provider = section.Get(Provider);
        var cluster = new ClusterConfiguration
        {
            Provider = provider,
            HostName = section.Get(HostName),
            AdvertisedAddress = section.Get(AdvertisedAddress),
            SiloPort = section.Get(SiloPort),
            GatewayPort = section.Get(GatewayPort),
            Directory = Folders.Resolve(
                section.Get(Directory, Folders.DefaultFor("cluster", context.Input)),
                context.Input
            ),
            Connection = ClusterConnectionSection.Read(
                section.Get(Connection),
                // Without a use for it the files of one supervisor need not agree on it.
                provider == ClusterProvider.Postgres
                    ? database
                    : new(),
                context
            ),
            FailureDetection = section.Get(Detection),
            RestartDelay = section.Get(RestartDelay),
            RestartMaxDelay = section.Get(RestartMaxDelay),
            JoinPatience = section.Get(JoinPatience),
            JoinMaxDelay = section.Get(JoinMaxDelay),
            Insecure = section.Get(Insecure),
            Tls = ClusterTlsSection.Read(section.Get(Tls), context),
        };
        if (section.IsWritten(Connection) && cluster.Provider == ClusterProvider.Embedded)
        {
            context.Warning(
                section.PathOf(Connection),
                "has no effect: only cluster.provider postgres uses a database"
            );
        }

        return cluster;
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,63}$", RegexOptions.None, TextShape.PatternTimeout)]
    private static partial Regex Name();
}
