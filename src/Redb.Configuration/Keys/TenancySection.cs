using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>global.multi_tenancy</c> section.</summary>
internal static class TenancySection
{
    private static readonly MultiTenancyConfiguration Default = new();

    private static readonly Key<string> Mode = new(
        "mode",
        new ChoiceShape<string>([("single-tenant", "single-tenant"), ("multi-tenant", "multi-tenant")]),
        Default.Mode,
        "One tenant, to which everything falls back, or many. Initialization makes the one; redbctl tenants makes the many."
    );

    private static readonly Key<string> DefaultTenantId = new(
        "default_tenant_id",
        TextShape.NotEmpty,
        Default.DefaultTenantId,
        "Id of the tenant of a single-tenant node where it has the form of one (tenant_ and 26 hexadecimal digits); else one is made at initialization."
    );

    private static readonly Key<string> DefaultTenantName = new(
        "default_tenant_name",
        TextShape.NotEmpty,
        Default.DefaultTenantName,
        "Its name."
    );

    private static readonly Key<string> DefaultTenantUrl = new(
        "default_tenant_url",
        TextShape.NotEmpty,
        Default.DefaultTenantUrl,
        "Its URL part."
    );

    private static readonly SectionKey MultiTenancy = new(
        "multi_tenancy",
        new("multi_tenancy", [Mode, DefaultTenantId, DefaultTenantName, DefaultTenantUrl]),
        "Single- or multi-tenant operation."
    );

    public static Section Section { get; } = new("global", [MultiTenancy]);

    public static MultiTenancyConfiguration Read(SectionReader global)
    {
        var section = global.Get(MultiTenancy);
        return new()
        {
            Mode = section.Get(Mode),
            DefaultTenantId = section.Get(DefaultTenantId),
            DefaultTenantName = section.Get(DefaultTenantName),
            DefaultTenantUrl = section.Get(DefaultTenantUrl),
        };
    }
}
