<#
.SYNOPSIS
The networks of the cluster.
#>
[CmdletBinding()]
param()

Resolve-Cluster -Command 'Get-ClusterNetwork'
$properties = @(
    'Name', 'Id', 'Address', 'AddressMask', 'State', 'Role', 'Metric', 'AutoMetric', 'Ipv4Addresses',
    'Ipv4PrefixLengths', 'Ipv6Addresses', 'Ipv6PrefixLengths'
)
ConvertTo-Record -InputObject @(Get-ClusterNetwork) -Property $properties
