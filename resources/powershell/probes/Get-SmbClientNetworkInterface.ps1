<#
.SYNOPSIS
The interfaces that the SMB client could use, with what each can do.
#>
[CmdletBinding()]
param()

$properties = @(
    'InterfaceIndex', 'FriendlyName', 'RssCapable', 'RdmaCapable', 'LinkSpeed', 'IpAddresses'
)
ConvertTo-Record -InputObject @(Get-SmbClientNetworkInterface) -Property $properties
