using System.CommandLine;
using System.Net;
using Redb.StandIn.Roles;

namespace Redb.StandIn.Arguments;

/// <summary>The options of every reDB role, and those that make the stand-in misbehave.</summary>
internal sealed class StandInCommandLine
{
    private readonly Option<string?> _role = Text(
        "role",
        "Role to play; default from the file name, redb-core plays core."
    );
    private readonly Option<int?> _port = Number("port", "gRPC port; default the role's.");
    private readonly Option<string?> _supervisor = Text(
        "supervisor",
        "host:port of the supervisor; empty or standalone for none. Default localhost:50000."
    );
    private readonly Option<bool> _standalone = Flag("standalone", "Run without a supervisor.");
    private readonly Option<IPEndPoint?> _grpcBind = Address("grpc-bind", "mesh: address of the gRPC listener.");
    private readonly Option<bool> _enableGrpc = Flag("enable-grpc", "mesh: serve gRPC and register.");
    private readonly Option<IPEndPoint?> _listen = Address("listen", "mesh: address on which peers connect.");
    private readonly Option<string[]> _connect = new("--connect")
    {
        Description = "mesh: numeric IP:port of a peer to have a session with; may be repeated.",
    };
    private readonly Option<TimeSpan?> _pingInterval = Time(
        "ping-interval",
        "mesh: time between two signs of life in a session. Default 10s."
    );
    private readonly Option<TimeSpan?> _idleTimeout = Time(
        "idle-timeout",
        "mesh: a session silent for longer is over. Default 30s."
    );
    private readonly Option<string?> _config = Text("config", "mesh: configuration file; accepted, not read.");

    private readonly Option<TimeSpan?> _readyAfter = Time(
        "ready-after",
        "How long Start takes. Registration comes before."
    );
    private readonly Option<TimeSpan?> _exitAfter = Time("exit-after", "Exit without goodbye after this time.");
    private readonly Option<int?> _exitCode = Number("exit-code", "Exit code of --exit-after. Default 0.");
    private readonly Option<bool> _ignoreSignals = Flag(
        "ignore-signals",
        "Ignore SIGINT and SIGTERM, as mesh always does."
    );
    private readonly Option<bool> _ignoreStop = Flag("ignore-stop", "Answer the Stop call with success, and go on.");
    private readonly Option<bool> _forkChild = Flag(
        "fork-child",
        "Start a child in the same process group that ignores SIGHUP, SIGINT and SIGTERM."
    );
    private readonly Option<int?> _logLines = Number("log-lines", "Write this many numbered lines to standard output.");
    private readonly Option<int?> _logLineBytes = Number(
        "log-line-bytes",
        "Length of each, line end included. Default 80."
    );
    private readonly Option<TimeSpan?> _logEvery = Time(
        "log-every",
        "Write a numbered line with the pid to standard output this often."
    );
    private readonly Option<TimeSpan?> _streamEvery = Time(
        "stream-every",
        "Log a numbered line this often; it goes to the log stream while that is open."
    );
    private readonly Option<TimeSpan?> _unhealthyAfter = Time(
        "unhealthy-after",
        "All health checks fail from then on."
    );
    private readonly Option<TimeSpan?> _degradedAfter = Time(
        "degraded-after",
        "One health check is degraded from then on."
    );
    private readonly Option<TimeSpan?> _silentAfter = Time(
        "silent-after",
        "No heartbeat leaves the process this long after the first one was answered."
    );
    private readonly Option<bool> _failRegister = Flag("fail-register", "Serve, but never get a registration through.");
    private readonly Option<bool> _refuseSessions = Flag("refuse-sessions", "mesh: Refuse every session.");
    private readonly Option<TimeSpan?> _dropSessionsEvery = Time(
        "drop-sessions-every",
        "mesh: Drop all sessions this often, and do not try to have them again."
    );
    private readonly Option<bool> _hangControl = Flag(
        "hang-control",
        "mesh: Never answer those who ask for sessions or want to change them."
    );
    private readonly Option<int?> _memoryMb = Number("memory-mb", "Hold this much memory resident, in MiB.");
    private readonly Option<TimeSpan?> _heartbeatEvery = Time("heartbeat-every", "Heartbeat interval. Default 5s.");
    private readonly Option<TimeSpan?> _healthEvery = Time("health-every", "Health check interval. Default 10s.");

    private Option[] All =>
        [
            _role,
            _port,
            _supervisor,
            _standalone,
            _grpcBind,
            _enableGrpc,
            _listen,
            _connect,
            _pingInterval,
            _idleTimeout,
            _config,
            _readyAfter,
            _exitAfter,
            _exitCode,
            _ignoreSignals,
            _ignoreStop,
            _forkChild,
            _logLines,
            _logLineBytes,
            _logEvery,
            _streamEvery,
            _unhealthyAfter,
            _degradedAfter,
            _silentAfter,
            _failRegister,
            _refuseSessions,
            _dropSessionsEvery,
            _hangControl,
            _memoryMb,
            _heartbeatEvery,
            _healthEvery,
        ];

    /// <summary>The command; its options are read with <see cref="Read"/>.</summary>
    public RootCommand Create()
    {
        var command = new RootCommand(
            "Plays a reDB service towards a supervisor. Durations as 300ms, 10s, 1m30s. "
                + "Every option can also be set by an environment variable: --ready-after by STANDIN_READY_AFTER."
        )
        {
            // The real mesh has some thirty flags; those that change nothing here need not be named.
            TreatUnmatchedTokensAsErrors = false,
        };
        foreach (var option in All)
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>The Go services take one dash where they take two; <c>-h</c> and negative numbers stay.</summary>
    public static string[] WithTwoDashes(IEnumerable<string> args) =>
        [.. args.Select(arg => arg is ['-', >= 'a' and <= 'z', _, ..] ? "-" + arg : arg)];

    /// <summary>What a command line without errors asks for.</summary>
    public StandInArguments Read(ParseResult parsed, string executable)
    {
        var role = Role.Named(parsed.GetValue(_role) ?? Role.NameFromFile(executable));
        var port = parsed.GetValue(_port) ?? role.Port;
        var grpcBind = role.IsMesh ? parsed.GetValue(_grpcBind) ?? new(IPAddress.Loopback, port) : null;
        // Without --enable-grpc the real mesh never registers.
        var alone = parsed.GetValue(_standalone) || (role.IsMesh && !parsed.GetValue(_enableGrpc));
        return new()
        {
            Role = role,
            Port = grpcBind?.Port ?? port,
            Supervisor = alone ? "" : parsed.GetValue(_supervisor) ?? "localhost:50000",
            GrpcBind = grpcBind,
            Listen = parsed.GetValue(_listen),
            Connect = [.. (parsed.GetValue(_connect) ?? []).Select(IPEndPoint.Parse)],
            PingInterval = parsed.GetValue(_pingInterval) ?? TimeSpan.FromSeconds(10),
            IdleTimeout = parsed.GetValue(_idleTimeout) ?? TimeSpan.FromSeconds(30),
            ReadyAfter = parsed.GetValue(_readyAfter) ?? TimeSpan.Zero,
            ExitAfter = parsed.GetValue(_exitAfter),
            ExitCode = parsed.GetValue(_exitCode) ?? 0,
            IgnoreSignals = role.IsMesh || parsed.GetValue(_ignoreSignals),
            IgnoreStop = parsed.GetValue(_ignoreStop),
            ForkChild = parsed.GetValue(_forkChild),
            LogLines = parsed.GetValue(_logLines) ?? 0,
            LogLineBytes = parsed.GetValue(_logLineBytes) ?? 80,
            LogEvery = parsed.GetValue(_logEvery),
            StreamEvery = parsed.GetValue(_streamEvery),
            UnhealthyAfter = parsed.GetValue(_unhealthyAfter),
            DegradedAfter = parsed.GetValue(_degradedAfter),
            SilentAfter = parsed.GetValue(_silentAfter),
            FailRegister = parsed.GetValue(_failRegister),
            RefuseSessions = parsed.GetValue(_refuseSessions),
            DropSessionsEvery = parsed.GetValue(_dropSessionsEvery),
            HangControl = parsed.GetValue(_hangControl),
            MemoryMb = parsed.GetValue(_memoryMb) ?? 0,
            HeartbeatEvery = parsed.GetValue(_heartbeatEvery),
            HealthEvery = parsed.GetValue(_healthEvery),
        };
    }

    /// <summary>What is wrong with arguments that only together make no sense, or null.</summary>
    public string? Problem(ParseResult parsed, string executable)
    {
        var role = Role.Named(parsed.GetValue(_role) ?? Role.NameFromFile(executable));
        if (role.IsMesh)
        {
            var peers = parsed.GetValue(_connect) ?? [];
            var wrong = Array.Find(peers, peer => !IPEndPoint.TryParse(peer, out _));
            return wrong is not null ? $"--connect: {wrong} is no numeric IP:port."
                : parsed.GetValue(_listen) is null && peers.Length == 0 ? "mesh needs --listen or --connect."
                : null;
        }

        return parsed.UnmatchedTokens.Count > 0 ? $"flag provided but not defined: {parsed.UnmatchedTokens[0]}" : null;
    }

    private static Option<string?> Text(string name, string description) =>
        new($"--{name}") { Description = description, DefaultValueFactory = _ => FromEnvironment(name) };

    private static Option<int?> Number(string name, string description) =>
        new($"--{name}")
        {
            Description = description,
            DefaultValueFactory = _ => int.TryParse(FromEnvironment(name), out var value) ? value : null,
        };

    private static Option<bool> Flag(string name, string description) =>
        new($"--{name}")
        {
            Description = description,
            DefaultValueFactory = _ => FromEnvironment(name) is "1" or "true",
        };

    private static Option<TimeSpan?> Time(string name, string description) =>
        new($"--{name}")
        {
            Description = description,
            DefaultValueFactory = _ => Duration.TryParse(FromEnvironment(name) ?? "", out var value) ? value : null,
            CustomParser = result =>
            {
                if (Duration.TryParse(result.Tokens[0].Value, out var value))
                {
                    return value;
                }

                result.AddError($"--{name}: {result.Tokens[0].Value} is no duration such as 300ms or 10s.");
                return null;
            },
        };

    private static Option<IPEndPoint?> Address(string name, string description) =>
        new($"--{name}")
        {
            Description = description,
            DefaultValueFactory = _ => IPEndPoint.TryParse(FromEnvironment(name) ?? "", out var value) ? value : null,
            CustomParser = result =>
            {
                if (IPEndPoint.TryParse(result.Tokens[0].Value, out var value))
                {
                    return value;
                }

                result.AddError($"--{name}: {result.Tokens[0].Value} is no numeric IP:port.");
                return null;
            },
        };

    private static string? FromEnvironment(string option) =>
        Environment.GetEnvironmentVariable($"STANDIN_{option.Replace('-', '_').ToUpperInvariant()}");
}
