using System.Collections.Immutable;

namespace Redb.Cli.Contexts;

/// <summary>A cluster that this tool knows, and what it shows there.</summary>
/// <param name="Name">How people name it.</param>
/// <param name="Gateways">Where its silos let tools in: <c>10.0.0.1:30000</c>. One that answers suffices.</param>
/// <param name="Ca">File of its authorities.</param>
/// <param name="Certificate">File of the tool's certificate.</param>
/// <param name="Key">File of its private key.</param>
internal sealed record ToolContext(
    string Name,
    ImmutableArray<string> Gateways,
    string Ca,
    string Certificate,
    string Key
);
