<#
.SYNOPSIS
The queues of each adapter, and the MAC addresses that each serves now.
#>
[CmdletBinding()]
param()

$nested = @{
    FilterList = 'FilterID', 'MacAddress', 'VlanID'
}
$properties = @(
    'Name', 'InterfaceDescription', 'QueueID', 'QueueName', 'State', 'VmFriendlyName', 'VmID', 'MacAddress',
    'VlanID', 'NumFilters', 'FilterList'
)
ConvertTo-Record -InputObject @(Get-NetAdapterVmqQueue) -Property $properties -Nested $nested
