namespace Redb.Database.Postgres;

/// <summary>What an administrator found when it reached a server.</summary>
/// <param name="Version">Such as <c>15.14</c>.</param>
/// <param name="IsSuperuser">Whether it may do everything.</param>
/// <param name="MayCreateRoles">Whether it may make roles and change their passwords.</param>
/// <param name="MayCreateDatabases">Whether it may make databases.</param>
public sealed record ServerFacts(string Version, bool IsSuperuser, bool MayCreateRoles, bool MayCreateDatabases);
