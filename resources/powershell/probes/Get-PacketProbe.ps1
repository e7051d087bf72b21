<#
.SYNOPSIS
Whether packets of full size pass from one address of this host to another end, in one piece.

.DESCRIPTION
Echoes that must not be fragmented: a small one first, which tells whether the other end answers at all, then the full
size, and where that stays without answer a size between, which tells a packet that is too large from an end that
answers small echoes only. Of ping's lines only those count that hold the other end's address, the size and a TTL: they
are the same in every language of Windows, and a router's "unreachable" is none of them.

.PARAMETER SourceAddress
IPv4 address of this host.

.PARAMETER DestinationAddress
IPv4 address of the other end.

.PARAMETER PacketBytes
The largest packet that the interface of the source sends, heads included.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $SourceAddress,

    [Parameter(Mandatory = $true)]
    [string] $DestinationAddress,

    [Parameter(Mandatory = $true)]
    [int] $PacketBytes
)

foreach ($address in $SourceAddress, $DestinationAddress) {
    if ($address -notmatch '^\d+\.\d+\.\d+\.\d+$') {
        Stop-Observation -Kind 'unexpected' -Message "$address is no IPv4 address."
    }
}

# What stands before the data: the heads of IPv4 and of ICMP.
$headBytes = 28
$smallBytes = 60
$between = 1280
if ($PacketBytes -gt 1500) { $between = 1500 }

$ping = Join-Path -Path $env:SystemRoot -ChildPath 'System32\ping.exe'
$began = [datetime]::UtcNow
$echoes = @(
    foreach ($step in @{ Bytes = $smallBytes; Count = 2 }, @{ Bytes = $PacketBytes; Count = 3 }, @{ Bytes = $between; Count = 2 }) {
        $size = $step.Bytes - $headBytes
        # An empty input instead of the session's own, from which the program would read the next request.
        $lines = @($null | & $ping -n $step.Count -w 1000 -f -l $size -S $SourceAddress $DestinationAddress)
        $answer = '(?<![0-9.])' + [regex]::Escape($DestinationAddress) + '(?![0-9.]*[0-9]).*=\s*' + $size + '(?![0-9]).*TTL\s*=\s*[0-9]'
        $answered = @(foreach ($line in $lines) { if ([string] $line -match $answer) { $line } }).Count
        [pscustomobject] @{ PacketBytes = $step.Bytes; Sent = $step.Count; Answered = $answered }
        if ($step.Bytes -eq $smallBytes -and $answered -eq 0) { break }
        if ($step.Bytes -eq $PacketBytes -and $answered -gt 0) { break }
    }
)
[pscustomobject] @{
    SourceAddress = $SourceAddress
    DestinationAddress = $DestinationAddress
    PacketBytes = $PacketBytes
    Echoes = $echoes
    At = ConvertTo-PlainValue -Value $began
    DurationMs = [int] ([datetime]::UtcNow - $began).TotalMilliseconds
}
