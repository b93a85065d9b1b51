namespace Redb.Initialization.Database;

/// <summary>This node as its database knows it.</summary>
/// <param name="Id">Mesh node id, 1000 or more.</param>
/// <param name="PublicKey">Its public key, PEM.</param>
internal sealed record LocalNode(long Id, string PublicKey);
