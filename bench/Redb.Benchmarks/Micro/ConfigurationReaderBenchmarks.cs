using BenchmarkDotNet.Attributes;
using Redb.Configuration;

namespace Redb.Benchmarks.Micro;

/// <summary>Reading and checking <c>config/config.yaml</c>, without the disk.</summary>
[MemoryDiagnoser]
public class ConfigurationReaderBenchmarks
{
    private ReaderInput _input = null!;

    [GlobalSetup]
    public void ReadFile()
    {
        const string file = "config/config.yaml";
        _input = ReaderInput.OfProcess(file) with { Content = File.ReadAllBytes(file), Dev = true };
    }

    [Benchmark]
    public int Reading_the_shipped_file() => ConfigurationReader.Read(_input).Problems.Length;
}
