<#
.SYNOPSIS
Where the virtual machines keep their disks.
#>
[CmdletBinding()]
param()

Resolve-HyperV -Command 'Get-VMHardDiskDrive'
$properties = @(
    'VMName', 'VMId', 'Path', 'DiskNumber', 'ControllerType', 'ControllerNumber', 'ControllerLocation'
)
ConvertTo-Record -InputObject @(Get-VMHardDiskDrive -VMName '*') -Property $properties
