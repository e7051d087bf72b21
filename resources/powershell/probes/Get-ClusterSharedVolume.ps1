<#
.SYNOPSIS
The cluster shared volumes and what they lie on.
#>
[CmdletBinding()]
param()

Resolve-Cluster -Command 'Get-ClusterSharedVolume'
$nested = @{
    SharedVolumeInfo = 'FriendlyVolumeName', 'FaultState', 'MaintenanceMode', 'RedirectedAccess', 'Partition'
    Partition = 'Name', 'FileSystem', 'Size', 'FreeSpace', 'UsedSpace', 'PercentFree'
}
$properties = @(
    'Name', 'Id', 'State', 'OwnerNode', 'SharedVolumeInfo'
)
ConvertTo-Record -InputObject @(Get-ClusterSharedVolume) -Property $properties -Nested $nested
