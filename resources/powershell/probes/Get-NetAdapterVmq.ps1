<#
.SYNOPSIS
Virtual machine queues of each adapter that can do it.
#>
[CmdletBinding()]
param()

$properties = @(
    'Name', 'InterfaceDescription', 'Enabled', 'NumberOfReceiveQueues', 'BaseProcessorGroup',
    'BaseProcessorNumber', 'MaxProcessorNumber', 'MaxProcessors', 'NumaNode'
)
ConvertTo-Record -InputObject @(Get-NetAdapterVmq) -Property $properties
