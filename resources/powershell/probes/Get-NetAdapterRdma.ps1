<#
.SYNOPSIS
Remote direct memory access of each adapter that can do it.
#>
[CmdletBinding()]
param()

$nested = @{
    RdmaAdapterInfo = 'VendorId', 'DeviceId', 'MajorVersionNumber', 'MinorVersionNumber', 'RdmaTechnology'
}
$properties = @(
    'Name', 'InterfaceDescription', 'Enabled', 'MaxQueuePairCount', 'OperationalState', 'PFC', 'ETS',
    'RdmaAdapterInfo'
)
ConvertTo-Record -InputObject @(Get-NetAdapterRdma) -Property $properties -Nested $nested
