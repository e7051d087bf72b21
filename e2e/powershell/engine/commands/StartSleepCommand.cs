using System.Management.Automation;
using System.Threading;

namespace Microsoft.PowerShell.Commands;

/// <summary>Start-Sleep for milliseconds, as scripts of the product wait.</summary>
[Cmdlet(VerbsLifecycle.Start, "Sleep")]
public sealed class StartSleepCommand : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public int Milliseconds { get; set; }

    protected override void ProcessRecord() => Thread.Sleep(Milliseconds);
}
