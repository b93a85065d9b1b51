using Redb.Database.Failures;

namespace Redb.Database.Nodes;

/// <summary>What keeps a tenant from being made, in the same words whatever keeps it.</summary>
internal static class TenantTrouble
{
    public static DatabaseFailure NameTaken(NewTenant tenant) =>
        new(
            DatabaseFailureKind.Conflict,
            $"tenant {tenant.Name} cannot be created",
            $"another tenant has that name or that id, and a URL other than {tenant.Url}",
            "choose another name; redbctl tenants lists those that are there"
        );
}
