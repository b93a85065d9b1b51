namespace Redb.Database.Nodes;

/// <summary>This node as it is first written down.</summary>
/// <param name="Id">From <see cref="NodeIds.Next"/>.</param>
/// <param name="PublicKeyPem">Its public key, a PEM text.</param>
/// <param name="IpAddress">Numeric address that other mesh nodes reach it on.</param>
/// <param name="Port">Port of its mesh service there; 1 to 65535.</param>
/// <param name="Platform">Such as <c>linux/amd64</c>.</param>
/// <param name="Version">Of the program that makes it.</param>
public sealed record NewNode(long Id, string PublicKeyPem, string IpAddress, int Port, string Platform, string Version)
{
    /// <summary>What it is called: <c>node-ID</c>.</summary>
    public string Name => $"node-{Id}";

    /// <summary>What is said of it.</summary>
    public static string Description => "Local node";
}
