<#
.SYNOPSIS
The ports inside each adapter, and the MAC addresses that each serves now.
#>
[CmdletBinding()]
param()

$nested = @{
    FilterList = 'FilterID', 'MacAddress', 'VlanID'
}
$properties = @(
    'Name', 'InterfaceDescription', 'VPortID', 'SwitchID', 'FunctionID', 'State', 'MacAddress', 'VlanID',
    'NumFilters', 'FilterList', 'VmFriendlyName', 'VmID'
)
ConvertTo-Record -InputObject @(Get-NetAdapterVPort) -Property $properties -Nested $nested
