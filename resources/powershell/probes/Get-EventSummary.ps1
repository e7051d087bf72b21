<#
.SYNOPSIS
How often storage and network drivers wrote each of their warnings and errors to the system log in the last 7 days.

.DESCRIPTION
Resets of network adapters (NDIS, event 10400) are counted for each adapter; their first value is its GUID, in every
language. One query, bounded in time and number; sources that this Windows does not have just do not occur. Where the bound was
reached, IsComplete is false: there were more, and older ones.
#>
[CmdletBinding()]
param()

$days = 7
$most = 3000
$sources = 'iScsiPrt', 'MSiSCSI', 'mpio', 'msdsm', 'disk', 'storport', 'stornvme', 'MsLbfoSysEvtProvider', 'Microsoft-Windows-Hyper-V-VmSwitch', 'Microsoft-Windows-FailoverClustering', 'Microsoft-Windows-SMBClient', 'Microsoft-Windows-Ntfs', 'Microsoft-Windows-NDIS'
$names = ($sources | ForEach-Object -Process { "@Name='$_'" }) -join ' or '
$query = "*[System[Provider[$names] and (Level=1 or Level=2 or Level=3) and TimeCreated[timediff(@SystemTime) <= $($days * 86400000)]]]"
$events = @(Get-WinEvent -LogName 'System' -FilterXPath $query -MaxEvents $most -ErrorAction SilentlyContinue -ErrorVariable problems)
foreach ($problem in $problems) {
    if ($problem.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { Write-Error -ErrorRecord $problem }
}
$groups = [ordered] @{}
foreach ($entry in $events) {
    if ($null -eq $entry) { continue }
    $adapter = $null
    if ($entry.ProviderName -eq 'Microsoft-Windows-NDIS' -and $entry.Id -eq 10400) {
        $values = @($entry.Properties)
        if ($values.Count -gt 0) { $adapter = ([string] $values[0].Value).Trim('{}').ToUpperInvariant() }
    }
    $key = "$($entry.ProviderName)|$($entry.Id)|$($entry.Level)|$adapter"
    if (-not $groups.Contains($key)) {
        $groups[$key] = @{ Entry = $entry; Adapter = $adapter; Count = 0; First = $entry.TimeCreated; Last = $entry.TimeCreated }
    }
    $group = $groups[$key]
    $group.Count += 1
    if ($entry.TimeCreated -lt $group.First) { $group.First = $entry.TimeCreated }
    if ($entry.TimeCreated -gt $group.Last) { $group.Last = $entry.TimeCreated }
}
foreach ($group in $groups.Values) {
    $summary = [ordered] @{
        Source = [string] $group.Entry.ProviderName
        Id = [int] $group.Entry.Id
        Level = [int] $group.Entry.Level
        Count = $group.Count
        First = ConvertTo-PlainValue -Value $group.First
        Last = ConvertTo-PlainValue -Value $group.Last
        Days = $days
        IsComplete = $events.Count -lt $most
    }
    if ($group.Adapter) { $summary['InterfaceGuid'] = "{$($group.Adapter)}" }
    [pscustomobject] $summary
}
