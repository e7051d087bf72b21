<#
.SYNOPSIS
Starts to read a disk or a file within bounds; answers how far it is, or why it does not read.

.PARAMETER Disk
The number of a disk, where Path is empty.

.PARAMETER UniqueId
Of that disk.

.PARAMETER Size
Of that disk, in bytes.

.PARAMETER Path
A file on a share.
#>
[CmdletBinding()]
param(
    [ValidateRange(0, 100000)]
    [int] $Disk = 0,

    [string] $UniqueId = '',

    [long] $Size = 0,

    [string] $Path = '',

    [Parameter(Mandatory = $true)]
    [ValidateRange(1, 32)]
    [int] $Streams,

    [Parameter(Mandatory = $true)]
    [ValidateRange(1, 120)]
    [double] $Seconds,

    [Parameter(Mandatory = $true)]
    [ValidateRange(1, 1000000000000)]
    [long] $BytesPerSecond,

    [Parameter(Mandatory = $true)]
    [ValidateRange(1, 1000000000000)]
    [long] $Bytes,

    [ValidateRange(4096, 1048576)]
    [int] $Block = 262144,

    [long] $LeastSize = 67108864
)

Open-Load -Order @{
    Disk = $Disk; UniqueId = $UniqueId; Size = $Size; Path = $Path; Streams = $Streams; Seconds = $Seconds
    BytesPerSecond = $BytesPerSecond; Bytes = $Bytes; Block = $Block; LeastSize = $LeastSize
}
