<#
.SYNOPSIS
Receive side scaling of each adapter that can do it.
#>
[CmdletBinding()]
param()

$properties = @(
    'Name', 'InterfaceDescription', 'Enabled', 'NumberOfReceiveQueues', 'Profile', 'BaseProcessorGroup',
    'BaseProcessorNumber', 'MaxProcessorGroup', 'MaxProcessorNumber', 'MaxProcessors', 'NumaNode'
)
ConvertTo-Record -InputObject @(Get-NetAdapterRss) -Property $properties
