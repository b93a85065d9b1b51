using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Initialization.Interview;
using Redb.Initialization.Tests.Kit;

namespace Redb.Initialization.Tests.Interview;

public sealed class AdministratorTests
{
    private readonly FakeTerminal _terminal = new();
    private readonly List<PostgresConfiguration> _tried = [];

    [Fact]
    public async Task Nobody_is_asked_where_what_is_configured_works()
    {
        _terminal.IsInteractive = true;

        var access = await FindAsync(_ => true);

        access.Should().Be(new PostgresConfiguration());
        _terminal.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task Whoever_sits_there_is_asked_in_the_contracts_words_and_an_empty_answer_keeps_what_is_there()
    {
        _terminal.IsInteractive = true;
        Answer("root", "s3cret", "", "no port", "5433");

        var access = await FindAsync(access => access.User == "root");

        access
            .Should()
            .Be(
                new PostgresConfiguration
                {
                    User = "root",
                    Password = "s3cret",
                    Port = 5433,
                }
            );
        _terminal
            .Asked.Should()
            .Equal(
                "Enter PostgreSQL username [postgres]: ",
                "Enter PostgreSQL password: (unseen)",
                "Enter PostgreSQL host [localhost]: ",
                "Enter PostgreSQL port [5432]: ",
                "Enter PostgreSQL port [5432]: "
            );
        _terminal.Said.Should().NotContain(line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_three_rounds_it_gives_up_with_the_cause()
    {
        _terminal.IsInteractive = true;
        Answer([.. Enumerable.Repeat("", 12)]);

        var failure = await FailAsync();

        failure.Kind.Should().Be(FailureKind.Refused);
        _tried.Should().HaveCount(4);
    }

    // Fault 54: where nobody sits, nothing is read.
    [Fact]
    public async Task Without_a_terminal_the_flags_and_variables_are_named()
    {
        var failure = await FailAsync();

        failure.Next.Should().Contain("--postgres-user or REDB_POSTGRES_USER").And.Contain("REDB_POSTGRES_PASSWORD");
        _terminal.Asked.Should().BeEmpty();
        _tried.Should().ContainSingle();
    }

    [Fact]
    public async Task An_end_of_the_input_is_a_no()
    {
        _terminal.IsInteractive = true;

        (await FailAsync()).Kind.Should().Be(FailureKind.Declined);
    }

    private void Answer(params string[] answers) => Array.ForEach(answers, _terminal.Answers.Enqueue);

    private Task<PostgresConfiguration> FindAsync(Func<PostgresConfiguration, bool> isRight) =>
        new Administrator(
            new(),
            _terminal,
            isGuessing: false,
            (access, _) =>
            {
                _tried.Add(access);
                return Task.FromResult(
                    isRight(access)
                        ? null
                        : new DatabaseFailure(
                            DatabaseFailureKind.Credentials,
                            "PostgreSQL refuses",
                            "wrong password",
                            "see the password"
                        )
                );
            }
        ).FindAsync(TestContext.Current.CancellationToken);

    private async Task<Failure> FailAsync() =>
        (await FluentActions.Awaiting(() => FindAsync(_ => false)).Should().ThrowAsync<InitializationException>())
            .Which
            .Failure;
}
