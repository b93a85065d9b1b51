using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Initialization.Database;

namespace Redb.Initialization.Interview;

/// <summary>Finds the way into PostgreSQL as its administrator: what is configured, and where that is refused and somebody sits there, what they say.</summary>
/// <param name="configured">What is configured, or the defaults.</param>
/// <param name="terminal">Whom to ask.</param>
/// <param name="isGuessing">Whether an unanswered question may be answered by a default: nobody said that somebody wants to be asked.</param>
/// <param name="knock">Tries an access; says why it does not work.</param>
internal sealed class Administrator(
    PostgresConfiguration configured,
    ITerminal terminal,
    bool isGuessing,
    Func<PostgresConfiguration, CancellationToken, Task<DatabaseFailure?>> knock
)
{
    private const int Rounds = 3;

    private PostgresConfiguration? _found;

    /// <summary>The access that works.</summary>
    /// <exception cref="InitializationException">None does.</exception>
    public async Task<PostgresConfiguration> FindAsync(CancellationToken cancellationToken)
    {
        if (_found is not null)
        {
            return _found;
        }

        var refusal = await KnockAsync(configured, cancellationToken);
        return _found ?? await AskAsync(refusal!, cancellationToken);
    }

    /// <summary>The access that works, where the embedded database would do as well.</summary>
    /// <param name="isWanted">Whether only PostgreSQL will do.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The access, or why there is none.</returns>
    /// <exception cref="InitializationException">Somebody wants PostgreSQL, and it is not reached.</exception>
    public async Task<(PostgresConfiguration? Access, DatabaseFailure? Refusal)> SeekAsync(
        bool isWanted,
        CancellationToken cancellationToken
    )
    {
        var refusal = await KnockAsync(configured, cancellationToken);
        if (refusal is null)
        {
            return (_found, null);
        }

        return !isWanted && await IsForegoneAsync(refusal, cancellationToken)
            ? (null, refusal)
            : (await AskAsync(refusal, cancellationToken), null);
    }

    // Whoever names an administrator means PostgreSQL; a server that refuses them is no reason to look elsewhere.
    private bool IsNamed =>
        configured.User != new PostgresConfiguration().User
        || configured.Password != new PostgresConfiguration().Password;

    private async Task<bool> IsForegoneAsync(DatabaseFailure refusal, CancellationToken cancellationToken)
    {
        if (IsNamed && refusal.Kind == DatabaseFailureKind.Credentials)
        {
            return false;
        }

        if (!terminal.IsInteractive)
        {
            return isGuessing ? true : throw new InitializationException(Undecided(refusal));
        }

        terminal.Say($"{refusal.What}: {refusal.Cause}");
        var answer = await terminal.AskAsync(
            "Use the embedded database? It does for the supervisor; reDB's own services need PostgreSQL. [y/N]: ",
            isSecret: false,
            cancellationToken
        );
        return answer?.StartsWith("y", StringComparison.OrdinalIgnoreCase) == true;
    }

    private async Task<DatabaseFailure?> KnockAsync(PostgresConfiguration access, CancellationToken cancellationToken)
    {
        var refusal = await knock(access, cancellationToken);
        _found = refusal is null ? access : _found;
        return refusal;
    }

    private async Task<PostgresConfiguration> AskAsync(DatabaseFailure refusal, CancellationToken cancellationToken)
    {
        var access = configured;
        var last = refusal;
        for (var round = 0; last is not null && terminal.IsInteractive && round < Rounds; round++)
        {
            terminal.Say($"{last.What}: {last.Cause}");
            access = await new AccessInterview(terminal).AskAsync(access, cancellationToken);
            last = await KnockAsync(access, cancellationToken);
        }

        return last is null ? access : throw new InitializationException(Unreached(last.ToFailure()));
    }

    private Failure Unreached(Failure failure) =>
        terminal.IsInteractive
            ? failure
            : failure with
            {
                Next =
                    $"{failure.Next}; nobody can be asked here: say how to reach it with {AdministratorQuestions.Sources}",
            };

    private static Failure Undecided(DatabaseFailure refusal) =>
        new(
            FailureKind.Unanswered,
            $"{refusal.What}, and nobody can be asked whether the embedded database will do",
            refusal.Cause,
            $"set database.provider to embedded or postgres, or say how to reach the server with {AdministratorQuestions.Sources}"
        );
}
