<#
.SYNOPSIS
Priority flow control, priority by priority.
#>
[CmdletBinding()]
param()

Resolve-DataCenterBridging -Command 'Get-NetQosFlowControl'
$properties = @(
    'Priority', 'Enabled', 'PolicySet', 'InterfaceAlias', 'InterfaceIndex'
)
ConvertTo-Record -InputObject @(Get-NetQosFlowControl) -Property $properties
