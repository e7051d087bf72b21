<#
.SYNOPSIS
Reads the performance counters of Windows, by their classes, whose names are the same in every language.

.DESCRIPTION
Every quarter of an hour the service behind them starts anew on some hosts, and whoever asks then waits up to half a
minute. So they have a process of their own.
#>

function Read-PerformanceClass {
    <#
    .SYNOPSIS
    One performance class: the name of each instance, when it was read, and the named counters.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Name,

        [Parameter(Mandatory = $true)]
        [string[]] $Property
    )
    $class = "Win32_PerfRawData_$Name"
    $all = @('Name', 'Timestamp_PerfTime', 'Frequency_PerfTime') + $Property
    Read-Counter -Class $class -Query {
        Get-CimInstance -ClassName $class -Property $all -ErrorAction Stop
    } -Property $all
}

function Read-PerformanceCounter {
    <#
    .SYNOPSIS
    One reading of all of them: four questions, and a fifth where the adapters do not tell their own statistics.

    .PARAMETER WithAdapter
    Asks for the adapters too.
    #>
    [CmdletBinding()]
    param(
        [switch] $WithAdapter
    )
    $classes = @(
        Read-PerformanceClass -Name 'PerfDisk_PhysicalDisk' -Property 'DiskReadBytesPersec', 'DiskWriteBytesPersec',
        'DiskReadsPersec', 'DiskWritesPersec', 'AvgDiskReadQueueLength', 'AvgDiskWriteQueueLength', 'AvgDiskQueueLength'
        Read-PerformanceClass -Name 'Counters_SMBClientShares' -Property 'ReadBytesPersec', 'WriteBytesPersec'
        Read-PerformanceClass -Name 'Counters_RDMAActivity' -Property 'RDMAInboundBytesPersec', 'RDMAOutboundBytesPersec'
        Read-PerformanceClass -Name 'NvspNicStats_HyperVVirtualNetworkAdapter' -Property 'BytesReceivedPersec', 'BytesSentPersec'
        if ($WithAdapter) {
            Read-PerformanceClass -Name 'Tcpip_NetworkAdapter' -Property 'CurrentBandwidth', 'BytesReceivedPersec', 'BytesSentPersec'
        }
    )
    Join-CounterReading -Class $classes
}
