using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Redb.Benchmarks.Micro;

/// <summary><c>micro</c>: BenchmarkDotNet over single decisions.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var rest = new Argument<string[]>("arguments")
        {
            Description = "For BenchmarkDotNet, such as --filter '*Group*'.",
            DefaultValueFactory = _ => ["--filter", "*"],
        };
        var command = new Command("micro", "Time and memory of single decisions.") { rest };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed =>
        {
            string[] arguments =
                parsed.UnmatchedTokens.Count > 0
                    ? [.. parsed.UnmatchedTokens, .. parsed.GetValue(rest)!]
                    : parsed.GetValue(rest)!;
            // In this process: the types under measurement are internal, and a generated project would not see them.
            var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
            var config = DefaultConfig.Instance.AddJob(job).WithArtifactsPath("artifacts/bench/micro");
            BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run(arguments, config);
        });
        return command;
    }
}
