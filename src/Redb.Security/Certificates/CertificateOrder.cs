using System.Collections.Immutable;
using System.Net;

namespace Redb.Security.Certificates;

/// <summary>A certificate to be issued.</summary>
/// <param name="Identity">For whom.</param>
/// <param name="Names">DNS names of a host, beside its own.</param>
/// <param name="Addresses">Addresses of a host. Where there are any, it is believed at no other.</param>
/// <param name="Validity">How long it is valid; cut at the end of the authority's own validity.</param>
internal sealed record CertificateOrder(
    CertificateIdentity Identity,
    ImmutableArray<string> Names,
    ImmutableArray<IPAddress> Addresses,
    TimeSpan Validity
);
