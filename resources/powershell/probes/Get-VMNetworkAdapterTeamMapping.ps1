<#
.SYNOPSIS
Which member of a switch team each virtual adapter of the management OS is mapped to.

.NOTES
Windows: 2016+
#>
[CmdletBinding()]
param()

Resolve-HyperV -Command 'Get-VMNetworkAdapterTeamMapping' -FirstBuild 14393
$nested = @{
    ParentAdapter = 'Name', 'Id', 'IsManagementOs'
}
$properties = @(
    'NetAdapterName', 'NetAdapterDeviceId', 'DisableOnFailover', 'ParentAdapter'
)
ConvertTo-Record -InputObject @(Get-VMNetworkAdapterTeamMapping -ManagementOS) -Property $properties -Nested $nested
