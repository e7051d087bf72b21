<#
.SYNOPSIS
How each node reaches each cluster shared volume: directly, or through another node.

.NOTES
Windows: 2012R2+
#>
[CmdletBinding()]
param()

Resolve-Cluster -Command 'Get-ClusterSharedVolumeState'
$properties = @(
    'Name', 'Node', 'StateInfo', 'VolumeName', 'VolumeFriendlyName', 'FileSystemRedirectedIOReason',
    'BlockRedirectedIOReason'
)
ConvertTo-Record -InputObject @(Get-ClusterSharedVolumeState) -Property $properties
