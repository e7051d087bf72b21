<#
.SYNOPSIS
Every network interface that Windows does not hide.
#>
[CmdletBinding()]
param()

$properties = @(
    'Name', 'InterfaceDescription', 'InterfaceIndex', 'InterfaceGuid', 'DeviceID', 'MacAddress',
    'PermanentAddress', 'Status', 'AdminStatus', 'ifOperStatus', 'MediaConnectionState', 'LinkSpeed', 'Speed',
    'ReceiveLinkSpeed', 'TransmitLinkSpeed', 'FullDuplex', 'MtuSize', 'VlanID', 'Virtual',
    'HardwareInterface', 'ConnectorPresent', 'EndPointInterface', 'iSCSIInterface', 'InterfaceType',
    'MediaType', 'PhysicalMediaType', 'PnPDeviceID', 'ComponentID', 'DriverProvider', 'DriverDescription',
    'DriverDate', 'DriverVersionString', 'DriverFileName', 'HigherLayerInterfaceIndices',
    'LowerLayerInterfaceIndices'
)
ConvertTo-Record -InputObject @(Get-NetAdapter) -Property $properties
