<#
.SYNOPSIS
The virtual adapters of the management OS and of all virtual machines.
#>
[CmdletBinding()]
param()

Resolve-HyperV -Command 'Get-VMNetworkAdapter'
$nested = @{
    BandwidthSetting = 'MinimumBandwidthAbsolute', 'MinimumBandwidthWeight', 'MaximumBandwidth'
}
$properties = @(
    'Name', 'Id', 'IsManagementOs', 'VMName', 'VMId', 'SwitchName', 'SwitchId', 'AdapterId', 'DeviceId',
    'MacAddress', 'Status', 'IPAddresses', 'Connected', 'IsLegacy', 'VmqWeight', 'VmqUsage', 'VrssEnabled',
    'VmmqEnabled', 'IovWeight', 'IovUsage', 'AllowTeaming', 'BandwidthPercentage', 'BandwidthSetting',
    'IeeePriorityTag', 'MandatoryFeatureId'
)
ConvertTo-Record -InputObject @(Get-VMNetworkAdapter -All) -Property $properties -Nested $nested
