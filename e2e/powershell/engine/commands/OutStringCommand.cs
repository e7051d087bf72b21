using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Out-String for plain values: the engine itself asks for it to write the input of a program.</summary>
[Cmdlet("Out", "String")]
public sealed class OutStringCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    public int Width { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null) WriteObject(InputObject.ToString());
    }
}
