using Redb.Abstractions.Configuration;

namespace Redb.Initialization.Interview;

/// <summary>Asks how to reach PostgreSQL, question by question; an empty answer keeps what is there.</summary>
internal sealed class AccessInterview(ITerminal terminal)
{
    public async Task<PostgresConfiguration> AskAsync(PostgresConfiguration access, CancellationToken cancellationToken)
    {
        foreach (var question in AdministratorQuestions.All)
        {
            access = await AskAsync(question, access, cancellationToken);
        }

        return access;
    }

    private async Task<PostgresConfiguration> AskAsync(
        Question question,
        PostgresConfiguration access,
        CancellationToken cancellationToken
    )
    {
        var shown = question.IsSecret ? "" : $" [{question.Read(access)}]";
        while (true)
        {
            var answer =
                await terminal.AskAsync($"{question.Prompt}{shown}: ", question.IsSecret, cancellationToken)
                ?? throw new InitializationException(Unanswered(question));
            if (answer.Length == 0)
            {
                return access;
            }

            if (question.Take(access, answer) is { } taken)
            {
                return taken;
            }

            terminal.Say($"'{answer}' is no port: a number from 1 to 65535");
        }
    }

    private static Failure Unanswered(Question question) =>
        new(
            FailureKind.Declined,
            $"'{question.Prompt}' was not answered",
            "the input ended",
            $"start again, or answer with {question.Sources}"
        );
}
