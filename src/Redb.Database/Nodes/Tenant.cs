namespace Redb.Database.Nodes;

/// <summary>Somebody whose data is kept apart from that of others.</summary>
/// <param name="Id">Such as <c>tenant_019A...</c>.</param>
/// <param name="Name">For people; unique.</param>
/// <param name="Description">For people.</param>
/// <param name="Url">Its part of URLs; unique, and what it is known by when initialization runs again.</param>
/// <param name="Status">Such as <c>STATUS_ACTIVE</c>.</param>
/// <param name="Created">When, by the database's clock.</param>
public sealed record Tenant(string Id, string Name, string Description, string Url, string Status, DateTime Created);
