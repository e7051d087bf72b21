<#
.SYNOPSIS
The networks that live migration may use.
#>
[CmdletBinding()]
param()

Resolve-HyperV -Command 'Get-VMMigrationNetwork'
$properties = @(
    'Subnet', 'Priority'
)
ConvertTo-Record -InputObject @(Get-VMMigrationNetwork) -Property $properties
