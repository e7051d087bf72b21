<#
.SYNOPSIS
The network interfaces of the cluster nodes.
#>
[CmdletBinding()]
param()

Resolve-Cluster -Command 'Get-ClusterNetworkInterface'
$properties = @(
    'Name', 'Id', 'Node', 'Network', 'Adapter', 'AdapterId', 'Address', 'Ipv4Addresses', 'Ipv6Addresses',
    'DhcpEnabled', 'State'
)
ConvertTo-Record -InputObject @(Get-ClusterNetworkInterface) -Property $properties
