namespace Redb.Cli.Tests.Fakes;

/// <summary>What a command left behind.</summary>
internal sealed record CommandRun(ExitCode Code, string Output, string Error);
