<#
.SYNOPSIS
The driver settings of each adapter.
#>
[CmdletBinding()]
param()

$properties = @(
    'Name', 'InterfaceDescription', 'RegistryKeyword', 'RegistryValue', 'DisplayName', 'DisplayValue',
    'DefaultRegistryValue'
)
ConvertTo-Record -InputObject @(Get-NetAdapterAdvancedProperty) -Property $properties
