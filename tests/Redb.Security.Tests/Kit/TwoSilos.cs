using Microsoft.Extensions.DependencyInjection;
using Redb.Abstractions.Security;
using Redb.Security.Certificates;
using Redb.Security.Connections;

namespace Redb.Security.Tests.Kit;

/// <summary>A cluster of two silos with certificates, and tools of every role.</summary>
public sealed class TwoSilos : IAsyncLifetime
{
    private readonly SharedMembership _membership = new();
    private readonly Dictionary<CallerRole, TlsFiles> _tools;
    private readonly SecuredSilo _one;
    private readonly SecuredSilo _two;
    private readonly HeardRefusals _refusals = new();

    public TwoSilos()
    {
        _one = new("one", _membership, Guard(Authority.Host("one")), Log);
        _two = new("two", _membership, Guard(Authority.Host("two")), Log);
        _tools = new[] { CallerRole.Viewer, CallerRole.Operator, CallerRole.Admin }.ToDictionary(
            role => role,
            role => Authority.Tool(CertificateIdentity.NameOf(role), role)
        );
    }

    internal Authority Authority { get; } = new();

    /// <summary>What the silos log.</summary>
    internal Overheard Log { get; } = new();

    internal SharedMembership Membership => _membership;

    internal SecuredSilo One => _one;

    internal SecuredSilo Two => _two;

    internal TlsFiles FilesOf(CallerRole role) => _tools[role];

    /// <summary>How many refusals of a kind the silos have heard of.</summary>
    internal int CountRefused(RefusalReason reason) => _refusals.Heard.Count(heard => heard == reason);

    internal Task<SecuredTool> ToolAsync(CallerRole role) => SecuredTool.ConnectAsync(_one.Gateway, _tools[role]);

    private Action<ISiloBuilder> Guard(TlsFiles files) =>
        silo =>
        {
            SecuredSilo.Certificates(files)(silo);
            silo.Services.AddSingleton<IRefusalLog>(_refusals);
        };

    public async ValueTask InitializeAsync()
    {
        await _one.StartAsync();
        await _two.StartAsync();
        await TestKit.Until.TrueAsync(
            () => _one.Active.SequenceEqual(["one", "two"], StringComparer.Ordinal),
            "the silos know each other"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _two.DisposeAsync();
        await _one.DisposeAsync();
        Authority.Dispose();
    }
}
