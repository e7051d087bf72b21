<#
.SYNOPSIS
The listings of mpclaim, where the classes of Multipath I/O say nothing about a disk.

.DESCRIPTION
Two calls for all disks, and none where every disk has its policy from the classes. The listings are words of the
host's language in columns; they are handed on as they are.
#>
[CmdletBinding()]
param()

Resolve-Mpio
$descriptors = @(Get-CimInstance -Namespace 'root/wmi' -ClassName MPIO_GET_DESCRIPTOR -ErrorAction SilentlyContinue -ErrorVariable problems)
$policies = @(Get-CimInstance -Namespace 'root/wmi' -ClassName DSM_QueryLBPolicy_V2 -ErrorAction SilentlyContinue)
$unknown = @(foreach ($problem in $problems) { if (-not (Test-WithoutDevice -Problem $problem)) { $problem } })
foreach ($problem in $unknown) {
    # mpclaim takes the same rights.
    if ([string] $problem.CategoryInfo.Category -eq 'PermissionDenied') {
        Write-Error -ErrorRecord $problem
        return
    }
}
if ($unknown.Count -eq 0 -and $policies.Count -ge $descriptors.Count) { return }

$mpclaim = Join-Path -Path $env:SystemRoot -ChildPath 'System32\mpclaim.exe'
$list = @($null | & $mpclaim -s -d)
if ($LASTEXITCODE) {
    Write-Error -Message "mpclaim -s -d ended with code $LASTEXITCODE. $list" -ErrorId 'MpclaimFailed'
    return
}
[pscustomobject] @{ Arguments = '-s -d'; Text = @(foreach ($line in $list) { [string] $line }) }
$snapshot = @($null | & $mpclaim -v)
if ($LASTEXITCODE) {
    Write-Error -Message "mpclaim -v ended with code $LASTEXITCODE. $snapshot" -ErrorId 'MpclaimFailed'
    return
}
[pscustomobject] @{ Arguments = '-v'; Text = @(foreach ($line in $snapshot) { [string] $line }) }
