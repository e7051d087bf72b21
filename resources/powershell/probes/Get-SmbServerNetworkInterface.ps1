<#
.SYNOPSIS
The interfaces that the SMB server offers to clients.
#>
[CmdletBinding()]
param()

$properties = @(
    'InterfaceIndex', 'ScopeName', 'FriendlyName', 'RssCapable', 'RdmaCapable', 'LinkSpeed', 'IpAddress'
)
ConvertTo-Record -InputObject @(Get-SmbServerNetworkInterface) -Property $properties
