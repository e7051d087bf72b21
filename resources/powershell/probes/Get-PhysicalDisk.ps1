<#
.SYNOPSIS
The physical disks that the storage service knows.
#>
[CmdletBinding()]
param()

$properties = @(
    'DeviceId', 'UniqueId', 'SerialNumber', 'FriendlyName', 'Manufacturer', 'Model', 'FirmwareVersion',
    'BusType', 'MediaType', 'Size', 'Usage', 'CanPool', 'OperationalStatus', 'HealthStatus', 'PhysicalLocation'
)
ConvertTo-Record -InputObject @(Get-PhysicalDisk) -Property $properties
