<#
.SYNOPSIS
Reads the counters that drivers and services keep themselves: network adapters, iSCSI, Multipath I/O.

.DESCRIPTION
They do not stall together with the performance counters, so they have a process of their own.
#>

function Read-StatisticsCounter {
    <#
    .SYNOPSIS
    One reading of all of them: four questions, and a fifth where Multipath I/O does not tell its own counters.
    #>
    [CmdletBinding()]
    param()
    $ofSession = 'InstanceName', 'USID', 'UniqueAdapterId', 'BytesReceived', 'BytesSent', 'DigestErrors', 'ConnectionTimeoutErrors', 'FormatErrors'
    $ofConnection = 'InstanceName', 'USID', 'UniqueAdapterId', 'CID', 'BytesReceived', 'BytesSent'
    $classes = @(
        Read-Counter -Class 'MSFT_NetAdapterStatisticsSettingData' -Query {
            Get-NetAdapterStatistics -ErrorAction Stop
        } -Property 'InterfaceDescription', 'InstanceID', 'ReceivedBytes', 'SentBytes', 'ReceivedPacketErrors', 'OutboundPacketErrors', 'ReceivedDiscardedPackets', 'OutboundDiscardedPackets'
        Read-Counter -Class 'MSiSCSI_SessionStatistics' -Query {
            Get-CimInstance -Namespace 'root/wmi' -ClassName 'MSiSCSI_SessionStatistics' -Property $ofSession -ErrorAction Stop
        } -Property $ofSession
        Read-Counter -Class 'MSiSCSI_ConnectionStatistics' -Query {
            Get-CimInstance -Namespace 'root/wmi' -ClassName 'MSiSCSI_ConnectionStatistics' -Property $ofConnection -ErrorAction Stop
        } -Property $ofConnection
        $paths = Read-Counter -Class 'MPIO_DEVINSTANCE_HEALTH_INFO' -Query {
            Get-CimInstance -Namespace 'root/wmi' -ClassName 'MPIO_DEVINSTANCE_HEALTH_INFO' -ErrorAction Stop
        } -Property 'InstanceName' -List 'DevInstanceHealthPackets' -Inner 'PathId', 'NumberBytesRead', 'NumberBytesWritten', 'NumberReads', 'NumberWrites', 'NumberRetries', 'NumberIoErrors'
        $paths
        if ($null -ne $paths.Error) {
            Read-Counter -Class 'MSDSM_DEVICE_PERF' -Query {
                Get-CimInstance -Namespace 'root/wmi' -ClassName 'MSDSM_DEVICE_PERF' -ErrorAction Stop
            } -Property 'InstanceName' -List 'PerfInfo' -Inner 'PathId', 'BytesRead', 'BytesWritten', 'NumberReads', 'NumberWrites'
        }
    )
    Join-CounterReading -Class $classes
}
