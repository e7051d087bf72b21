<#
.SYNOPSIS
Single root I/O virtualisation of each adapter that can do it.
#>
[CmdletBinding()]
param()

$properties = @(
    'Name', 'InterfaceDescription', 'Enabled', 'SriovSupport', 'SwitchType', 'SwitchName', 'NumVFs',
    'NumAllocatedVFs', 'NumVPorts', 'NumActiveVPorts'
)
ConvertTo-Record -InputObject @(Get-NetAdapterSriov) -Property $properties
