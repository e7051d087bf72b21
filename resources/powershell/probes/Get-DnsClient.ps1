<#
.SYNOPSIS
Which interfaces register their addresses in DNS.
#>
[CmdletBinding()]
param()

$properties = @(
    'InterfaceIndex', 'InterfaceAlias', 'RegisterThisConnectionsAddress', 'UseSuffixWhenRegistering',
    'ConnectionSpecificSuffix'
)
ConvertTo-Record -InputObject @(Get-DnsClient) -Property $properties
