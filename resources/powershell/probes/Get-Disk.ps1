<#
.SYNOPSIS
The disks of the host, as Windows numbers them.
#>
[CmdletBinding()]
param()

$properties = @(
    'Number', 'UniqueId', 'UniqueIdFormat', 'SerialNumber', 'FriendlyName', 'Manufacturer', 'Model', 'BusType',
    'Size', 'PartitionStyle', 'OperationalStatus', 'HealthStatus', 'IsOffline', 'OfflineReason', 'IsReadOnly',
    'IsClustered', 'IsBoot', 'IsSystem', 'Path', 'Location'
)
ConvertTo-Record -InputObject @(Get-Disk) -Property $properties
