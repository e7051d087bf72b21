<#
.SYNOPSIS
The IPv4 and IPv6 side of each interface, as it is in use now.
#>
[CmdletBinding()]
param()

$properties = @(
    'InterfaceIndex', 'InterfaceAlias', 'AddressFamily', 'NlMtu', 'Dhcp', 'InterfaceMetric',
    'AutomaticMetric', 'ConnectionState', 'Forwarding', 'WeakHostSend', 'WeakHostReceive', 'CompartmentId',
    'PolicyStore'
)
ConvertTo-Record -InputObject @(Get-NetIPInterface -PolicyStore ActiveStore) -Property $properties
