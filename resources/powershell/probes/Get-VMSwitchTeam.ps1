<#
.SYNOPSIS
Switch Embedded Teaming: the members of each switch, and how it spreads traffic.

.NOTES
Windows: 2016+
#>
[CmdletBinding()]
param()

Resolve-HyperV -Command 'Get-VMSwitchTeam' -FirstBuild 14393
$properties = @(
    'Name', 'Id', 'NetAdapterInterfaceDescription', 'NetAdapterInterfaceGuid', 'TeamingMode',
    'LoadBalancingAlgorithm'
)
ConvertTo-Record -InputObject @(Get-VMSwitchTeam) -Property $properties
