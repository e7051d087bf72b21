using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Join-Path for one parent and one child, with the separator of Windows.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
public sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public string Path { get; set; } = "";

    [Parameter(Position = 1, Mandatory = true)]
    public string ChildPath { get; set; } = "";

    protected override void ProcessRecord() =>
        WriteObject(Path.TrimEnd('\\') + "\\" + ChildPath.TrimStart('\\'));
}
