using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Startup;

/// <summary>Milliseconds since the start of a program.</summary>
/// <param name="PortOpen">redb-supervisor, with a group of eleven services: its port accepts a connection.</param>
/// <param name="Answered">The same starts: a gRPC call is answered.</param>
/// <param name="Bare">A .NET program with nothing but a gRPC port: its port accepts a connection.</param>
internal sealed record StartupResult(Spread PortOpen, Spread Answered, Spread Bare);
