<#
.SYNOPSIS
The routes that are in use now.
#>
[CmdletBinding()]
param()

$properties = @(
    'DestinationPrefix', 'NextHop', 'InterfaceIndex', 'InterfaceAlias', 'AddressFamily', 'RouteMetric',
    'InterfaceMetric', 'Protocol', 'PolicyStore'
)
ConvertTo-Record -InputObject @(Get-NetRoute -PolicyStore ActiveStore) -Property $properties
