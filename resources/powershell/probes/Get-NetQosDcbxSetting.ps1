<#
.SYNOPSIS
Whether the host takes its data center bridging settings from the switch.
#>
[CmdletBinding()]
param()

Resolve-DataCenterBridging -Command 'Get-NetQosDcbxSetting'
$properties = @(
    'Willing', 'PolicySet', 'InterfaceAlias', 'InterfaceIndex'
)
ConvertTo-Record -InputObject @(Get-NetQosDcbxSetting) -Property $properties
