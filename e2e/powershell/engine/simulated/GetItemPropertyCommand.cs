using System.Collections;
using System.Management.Automation;
using Switchyard.Engine.Simulated;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-ItemProperty of the registry: keys are asked from the simulated host, by the path as the script gave it.</summary>
[Cmdlet(VerbsCommon.Get, "ItemProperty", DefaultParameterSetName = "Path")]
public sealed class GetItemPropertyCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Position = 1)]
    public string[]? Name { get; set; }

    protected override void ProcessRecord()
    {
        var answer = SimulatedHost.Call("Get-ItemProperty", MyInvocation.BoundParameters);
        foreach (var value in answer.Output) WriteObject(value);
        foreach (var error in answer.Errors)
        {
            if (error.Terminating) ThrowTerminatingError(error.Record);
            WriteError(error.Record);
        }
    }
}
