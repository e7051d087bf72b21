<#
.SYNOPSIS
Which protocols and filters each interface carries.
#>
[CmdletBinding()]
param()

$properties = @(
    'Name', 'InterfaceDescription', 'ComponentID', 'DisplayName', 'Enabled'
)
ConvertTo-Record -InputObject @(Get-NetAdapterBinding) -Property $properties
