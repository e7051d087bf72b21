<#
.SYNOPSIS
The traffic classes of data center bridging, and the share of bandwidth of each.
#>
[CmdletBinding()]
param()

Resolve-DataCenterBridging -Command 'Get-NetQosTrafficClass'
$properties = @(
    'Name', 'Algorithm', 'Bandwidth', 'BandwidthPercentage', 'Priority', 'PolicySet', 'InterfaceAlias',
    'InterfaceIndex'
)
ConvertTo-Record -InputObject @(Get-NetQosTrafficClass) -Property $properties
