using System.Collections.Immutable;

namespace Redb.Cli.Rendering.Documents;

/// <summary>Why a service is where it is, as JSON.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Group">Its group.</param>
/// <param name="Service">Its name.</param>
/// <param name="Links">The service itself, and below it what is not ready.</param>
/// <param name="Next">A command to run next.</param>
/// <param name="Mesh">Of the mesh service: what is wrong with its node and its sessions.</param>
internal sealed record WhyDocument(
    string Host,
    string Group,
    string Service,
    ImmutableArray<LinkDocument> Links,
    string Next,
    ImmutableArray<string> Mesh
) : Document;
