// Chaos in one test must not be the noise of another; and each of them has a dozen processes on two cores.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
