<#
.SYNOPSIS
The virtual switches, and the adapters each stands on.
#>
[CmdletBinding()]
param()

Resolve-HyperV -Command 'Get-VMSwitch'
$nested = @{
    Extensions = 'Name', 'Enabled', 'ExtensionType'
}
$properties = @(
    'Name', 'Id', 'SwitchType', 'NetAdapterInterfaceDescription', 'NetAdapterInterfaceDescriptions',
    'NetAdapterInterfaceGuid', 'EmbeddedTeamingEnabled', 'AllowManagementOS', 'AllowNetLbfoTeams',
    'BandwidthReservationMode', 'BandwidthPercentage', 'DefaultFlowMinimumBandwidthAbsolute',
    'DefaultFlowMinimumBandwidthWeight', 'IovEnabled', 'IovSupport', 'PacketDirectEnabled',
    'DefaultQueueVrssEnabled', 'DefaultQueueVmmqEnabled', 'SoftwareRscEnabled', 'Extensions'
)
ConvertTo-Record -InputObject @(Get-VMSwitch) -Property $properties -Nested $nested
