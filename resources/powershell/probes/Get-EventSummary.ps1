<#
.SYNOPSIS
How often storage and network drivers wrote each of their warnings and errors to the system log in the last 7 days.

.DESCRIPTION
One query, bounded in time and number; sources that this Windows does not have just do not occur. Where the bound was
reached, IsComplete is false: there were more, and older ones.
#>
[CmdletBinding()]
param()

$days = 7
$most = 3000
$sources = 'iScsiPrt', 'MSiSCSI', 'mpio', 'msdsm', 'disk', 'storport', 'stornvme', 'MsLbfoSysEvtProvider', 'Microsoft-Windows-Hyper-V-VmSwitch', 'Microsoft-Windows-FailoverClustering', 'Microsoft-Windows-SMBClient', 'Microsoft-Windows-Ntfs'
$names = ($sources | ForEach-Object -Process { "@Name='$_'" }) -join ' or '
$query = "*[System[Provider[$names] and (Level=1 or Level=2 or Level=3) and TimeCreated[timediff(@SystemTime) <= $($days * 86400000)]]]"
$events = @(Get-WinEvent -LogName 'System' -FilterXPath $query -MaxEvents $most -ErrorAction SilentlyContinue -ErrorVariable problems)
foreach ($problem in $problems) {
    if ($problem.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { Write-Error -ErrorRecord $problem }
}
$groups = [ordered] @{}
foreach ($entry in $events) {
    if ($null -eq $entry) { continue }
    $key = "$($entry.ProviderName)|$($entry.Id)|$($entry.Level)"
    if (-not $groups.Contains($key)) {
        $groups[$key] = @{ Entry = $entry; Count = 0; First = $entry.TimeCreated; Last = $entry.TimeCreated }
    }
    $group = $groups[$key]
    $group.Count += 1
    if ($entry.TimeCreated -lt $group.First) { $group.First = $entry.TimeCreated }
    if ($entry.TimeCreated -gt $group.Last) { $group.Last = $entry.TimeCreated }
}
foreach ($group in $groups.Values) {
    [pscustomobject] @{
        Source = [string] $group.Entry.ProviderName
        Id = [int] $group.Entry.Id
        Level = [int] $group.Entry.Level
        Count = $group.Count
        First = ConvertTo-PlainValue -Value $group.First
        Last = ConvertTo-PlainValue -Value $group.Last
        Days = $days
        IsComplete = $events.Count -lt $most
    }
}
