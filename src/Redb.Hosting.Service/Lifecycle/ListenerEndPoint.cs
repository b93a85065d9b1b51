using System.Net;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>Marks, among Kestrel's endpoints, the one whose socket the <see cref="Listener"/> holds.</summary>
internal sealed class ListenerEndPoint(IPAddress address, int port) : IPEndPoint(address, port);
