<#
.SYNOPSIS
The failover cluster that this host is a node of.
#>
[CmdletBinding()]
param()

Resolve-Cluster -Command 'Get-Cluster'
$properties = @(
    'Name', 'Id', 'Domain', 'S2DEnabled', 'ClusterFunctionalLevel', 'SharedVolumesRoot'
)
ConvertTo-Record -InputObject @(Get-Cluster) -Property $properties
