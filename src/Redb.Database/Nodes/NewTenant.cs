namespace Redb.Database.Nodes;

/// <summary>A tenant to be made.</summary>
/// <param name="Id">From <see cref="Ulids.Next"/>.</param>
/// <param name="Name">For people; at most 255 characters.</param>
/// <param name="Url">Its part of URLs; at most 255 characters.</param>
/// <param name="Description">For people.</param>
public sealed record NewTenant(string Id, string Name, string Url, string Description);
