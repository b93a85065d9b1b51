using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The file as a whole.</summary>
internal static class RootSection
{
    // A dozen is usual, a thousand is tried; the bound keeps every later step small.
    private const int MostServices = 2000;

    private static readonly Key<string> Distribution = new(
        "distribution",
        TextShape.NotEmpty,
        new RedbConfiguration().LicenseDistribution,
        "Which distribution runs; shown when the supervisor starts."
    );

    private static readonly SectionKey Supervisor = new(
        "supervisor",
        SupervisorSection.Section,
        "How the supervisor itself behaves."
    );
    private static readonly SectionKey Database = new("database", DatabaseSection.Section, "The product's database.")
    {
        IsRequired = true,
    };
    private static readonly SectionKey Logging = new(
        "logging",
        LoggingSection.Section,
        "Logging of the supervisor, and defaults for the logs of services."
    );
    private static readonly SectionKey License = new("license", new("license", [Distribution]), "Licence.");
    private static readonly SectionKey Global = new("global", TenancySection.Section, "Settings of the whole node.");
    private static readonly SectionKey Keyring = new("keyring", KeyringSection.Section, "Where secrets live.");
    private static readonly SectionKey Initialization = new(
        "initialization",
        InitializationSection.Section,
        "How long the initialization of the node may take."
    );
    private static readonly SectionKey InstanceGroup = new(
        "instance_group",
        GroupSection.Section,
        "Which instance this is on its host."
    );
    private static readonly SectionKey Cluster = new(
        "cluster",
        ClusterSection.Section,
        "How the supervisors of one or several hosts find each other."
    );
    private static readonly SectionKey Mesh = new(
        "mesh",
        MeshSection.Section,
        "How the group's mesh node finds its peers."
    );
    private static readonly NamedSectionsKey Services = new(
        "services",
        ServiceSection.Names,
        MostServices,
        ServiceSection.Section,
        "The services by name."
    );

    public static Section Section { get; } =
        new(
            "configuration",
            [
                Supervisor,
                Database,
                Logging,
                License,
                Global,
                Keyring,
                Initialization,
                InstanceGroup,
                Cluster,
                Mesh,
                Services,
            ]
        );

    public static RedbConfiguration Read(SectionReader section, ReadContext context)
    {
        var group = GroupSection.Read(section.Get(InstanceGroup));
        var supervisor = SupervisorSection.Read(section.Get(Supervisor), context, group.GroupId);
        var database = DatabaseSection.Read(section.Get(Database), context);
        return new()
        {
            File = context.Input.File,
            Supervisor = supervisor,
            Database = database,
            Logging = LoggingSection.Read(section.Get(Logging)),
            LicenseDistribution = section.Get(License).Get(Distribution),
            MultiTenancy = TenancySection.Read(section.Get(Global)),
            Keyring = KeyringSection.Read(section.Get(Keyring), context),
            Initialization = InitializationSection.Read(section.Get(Initialization)),
            InstanceGroup = group,
            Cluster = ClusterSection.Read(section.Get(Cluster), database, context),
            Mesh = MeshSection.Read(section.Get(Mesh), context),
            Services = ServicesSection.Read(section.Get(Services), supervisor, context),
        };
    }
}
