using Redb.Initialization.Database;

namespace Redb.Initialization.Tests.Kit;

/// <summary>The cluster's tables, which one password opens once they are there.</summary>
internal sealed class FakeClusterTables(Fate fate) : IClusterTables
{
    /// <summary>The password they were made for; null while they are not there.</summary>
    public string? Password { get; set; }

    public Task<string?> LookAsync(string? password, CancellationToken cancellationToken)
    {
        fate.Pass();
        return Task.FromResult(password is not null && password == Password ? null : "create the membership tables");
    }

    public Task ProvideAsync(string password, CancellationToken cancellationToken)
    {
        fate.Pass();
        Password = password;
        return Task.CompletedTask;
    }
}
