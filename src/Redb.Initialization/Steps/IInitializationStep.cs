namespace Redb.Initialization.Steps;

/// <summary>One step of an initialization. Looking changes nothing; doing may be repeated after a kill at any moment.</summary>
internal interface IInitializationStep
{
    /// <summary>Its name in the progress file and on the screen; never changed.</summary>
    string Name { get; }

    /// <summary>Whether it is already so.</summary>
    Task<StepFinding> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Makes it so.</summary>
    Task DoAsync(CancellationToken cancellationToken);
}
