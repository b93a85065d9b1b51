namespace Redb.Database.Nodes;

/// <summary>A node of the mesh as this node's database knows it.</summary>
/// <param name="Id">Larger than 2^53: in JSON a text.</param>
/// <param name="Name">For people.</param>
/// <param name="IpAddress">Where its mesh service listens; empty when unknown.</param>
/// <param name="Port">Its port there; 0 when unknown.</param>
/// <param name="Status">Such as <c>STATUS_ACTIVE</c> or <c>STATUS_CLEAN</c>.</param>
/// <param name="IsLocal">Whether it is this node.</param>
/// <param name="PublicKey">Its public key, PEM; empty when unknown.</param>
public sealed record Node(
    long Id,
    string Name,
    string IpAddress,
    int Port,
    string Status,
    bool IsLocal,
    string PublicKey
);
