<#
.SYNOPSIS
The timers and retries of Multipath I/O.

.DESCRIPTION
The command gives an object, or its lines as text; both become one item.
#>
[CmdletBinding()]
param()

Resolve-Mpio
$record = [ordered] @{}
foreach ($answer in @(Get-MPIOSetting)) {
    if ($answer -is [string]) {
        foreach ($line in $answer -split "`n") {
            if ($line -match '^\s*(\w+)\s*:\s*(.*?)\s*$') { $record[$Matches[1]] = $Matches[2] }
        }
    } elseif ($null -ne $answer) {
        $properties = @(
            'PathVerificationState', 'PathVerificationPeriod', 'PDORemovePeriod', 'RetryCount', 'RetryInterval',
            'UseCustomPathRecoveryTime', 'CustomPathRecoveryTime', 'DiskTimeoutValue'
        )
        ConvertTo-Record -InputObject $answer -Property $properties
    }
}
if ($record.Count -gt 0) { [pscustomobject] $record }
