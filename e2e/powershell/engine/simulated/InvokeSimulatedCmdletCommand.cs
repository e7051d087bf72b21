using System.Collections;
using System.Management.Automation;

namespace Switchyard.Engine.Simulated;

/// <summary>
/// Forwards a call to the simulated host and hands back what came, for the proxy function to write: errors then carry
/// the name of the command that the script called.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "SimulatedCmdlet")]
public sealed class InvokeSimulatedCmdletCommand : PSCmdlet
{
    private readonly ManualResetEventSlim stopped = new();

    [Parameter(Mandatory = true)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true)]
    public IDictionary Bound { get; set; } = new Hashtable();

    protected override void ProcessRecord()
    {
        var answer = SimulatedHost.Call(Name, Bound);
        if (answer.DelayMs > 0) stopped.Wait(answer.DelayMs);
        foreach (var warning in answer.Warnings) WriteWarning(warning);
        WriteObject(answer);
    }

    protected override void StopProcessing() => stopped.Set();
}
