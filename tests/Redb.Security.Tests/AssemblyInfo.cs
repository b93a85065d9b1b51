// Silos of several tests on two cores would only wait for each other, and one test measures what a silo costs.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
