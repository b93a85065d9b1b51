using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Redb.TestKit.Postgres;

/// <summary>A real PostgreSQL server of a test's own, with an administrator <c>postgres</c> and a folder that goes with it.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Its administrator.</summary>
    public const string User = "postgres";

    // Below the range from which the system gives ports to outgoing connections, so that it can stop and have its port again.
    private const int LowestPort = 21_000;
    private const int PortCount = 9_000;
    private const int UsualPort = 5432;

    private static int s_next = Environment.ProcessId * 30 % PortCount;

    private readonly string _root;
    private Child? _process;

    private PostgresServer(PostgresSettings settings, string root)
    {
        _root = root;
        Settings = settings;
        Port = settings.Machine is null ? FreePort(settings.Address) : UsualPort;
    }

    public PostgresSettings Settings { get; }

    public string Host => Settings.Address;

    public int Port { get; }

    public string Password => Settings.Password;

    /// <summary>Its data.</summary>
    public string DataFolder => Path.Combine(_root, "data");

    /// <summary>Its certificate, which is its own issuer; there with <see cref="PostgresSettings.IsTls"/>.</summary>
    public string CertificateFile => Path.Combine(_root, "server.crt");

    /// <summary>How a supervisor is told where it is and who administers it.</summary>
    public (string Name, string Value)[] Variables =>
        [
            ("REDB_POSTGRES_HOST", Host),
            ("REDB_POSTGRES_PORT", Port.ToString(CultureInfo.InvariantCulture)),
            ("REDB_POSTGRES_USER", User),
            ("REDB_POSTGRES_PASSWORD", Password),
        ];

    /// <summary>Makes a server and returns once it accepts connections.</summary>
    public static async Task<PostgresServer> StartAsync(PostgresSettings? settings = null)
    {
        settings ??= new();
        var root = settings.Folder ?? Directory.CreateTempSubdirectory("redb-pg-").FullName;
        var server = new PostgresServer(settings, root);
        server.Create();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>A connection string of its administrator, for Npgsql and Orleans.</summary>
    public string ConnectionString(string database = "postgres") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Host={Host};Port={Port};Username={User};Password='{Password}';Database={database}{(Settings.IsTls ? ";SSL Mode=Require" : "")}"
        );

    /// <summary>Stops as an administrator would: connections are closed, transactions rolled back.</summary>
    public Task StopAsync() => EndAsync("INT");

    /// <summary>Stops as <c>pg_ctl stop -m immediate</c> does: in the middle of everything, to recover at the next start.</summary>
    public Task StopImmediatelyAsync() => EndAsync("QUIT");

    /// <summary>Kills its first process; the others notice and end as well.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>Lets it hang: connections stay open, and nobody answers.</summary>
    public void Freeze() => SignalAll("STOP");

    /// <summary>Ends <see cref="Freeze"/>.</summary>
    public void Thaw() => SignalAll("CONT");

    /// <summary>Starts one that has ended, in its old place, and returns once it accepts connections.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        var (program, arguments) = PostgresInstallation.Command("postgres", "-D", DataFolder);
        if (Settings.Machine is { } machine)
        {
            (program, arguments) = machine.Namespace.Command(program, arguments);
        }

        _process = Child.Start(program, arguments, "/");
        await _process.LineAsync("database system is ready to accept connections");
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (Signals.IsRunning(_process.Pid))
            {
                Thaw();
                await StopImmediatelyAsync();
            }

            await _process.DisposeAsync();
        }

        Directory.Delete(DataFolder, recursive: true);
        if (Settings.Folder is null)
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    private async Task EndAsync(string signal)
    {
        _process!.Signal(signal);
        await _process.EndAsync();
    }

    // The server's processes work in its data folder, and nobody else does. Some of them come and go.
    private void SignalAll(string signal)
    {
        foreach (var pid in ProcessTree.WorkingIn(DataFolder))
        {
            Signals.TrySend(pid, signal);
        }
    }

    private void Create()
    {
        var password = Path.Combine(_root, "password");
        File.WriteAllText(password, Password);
        if (Settings.IsTls)
        {
            SelfSigned.Write(CertificateFile, KeyFile, Settings.Address);
            // PostgreSQL takes no key that others can read.
            PostgresInstallation.Run("chmod", "600", KeyFile);
        }

        PostgresInstallation.Give(_root);
        var (program, arguments) = PostgresInstallation.Command(
            "initdb",
            "--pgdata=" + DataFolder,
            "--username=" + User,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync"
        );
        PostgresInstallation.Run(program, arguments);
        File.Delete(password);
        File.AppendAllLines(Path.Combine(DataFolder, "postgresql.conf"), Configuration());
        var kind = Settings.IsTls ? "hostssl" : "host";
        File.WriteAllText(Path.Combine(DataFolder, "pg_hba.conf"), $"{kind} all all all scram-sha-256\n");
    }

    private string KeyFile => Path.Combine(_root, "server.key");

    // Small and quick: what a test writes need not outlive a power cut, only a kill.
    private IEnumerable<string> Configuration() =>
        [
            $"listen_addresses = '{Host}'",
            string.Create(CultureInfo.InvariantCulture, $"port = {Port}"),
            "unix_socket_directories = ''",
            "shared_buffers = 16MB",
            "fsync = off",
            "max_wal_senders = 0",
            "wal_level = minimal",
            "min_wal_size = 32MB",
            .. Settings.IsTls
                ? (string[])["ssl = on", $"ssl_cert_file = '{CertificateFile}'", $"ssl_key_file = '{KeyFile}'"]
                : [],
            .. Settings.Lines,
        ];

    private static int FreePort(string address)
    {
        for (var attempt = 0; attempt < PortCount; attempt++)
        {
            var port = LowestPort + (Interlocked.Increment(ref s_next) % PortCount);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }

        throw new InvalidOperationException(
            $"No port between {LowestPort} and {LowestPort + PortCount} is free on {address}."
        );
    }
}
